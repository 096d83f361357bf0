"""Who holds the office that a question asks about, by what a sentence says of the persons in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.names import find_names
from qa.question.offices import ANOTHER, Office, find_holders, read_office

FLORIDA = "Who is the governor of Florida?"
MICROSOFT = "Who is the CEO of Microsoft?"


def office(head: str, *owners: str, kind: tuple[str, ...] = (), other: bool = False) -> Office:
    return Office(head, frozenset(kind), frozenset(owners), other)


def holders(question: str, sentence: str) -> dict[str, float]:
    asked = read_office(question)
    assert asked is not None
    return {sentence[one.start : one.end]: one.fit for one in find_holders(asked, sentence, find_names(sentence))}


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who is the governor of Texas?", office("governor", "texa")),
        ("who is currently the governor of texas", office("governor", "texa")),
        ("Who is Peru's president?", office("presid", "=peru")),
        ("Who is Britain's current prime minister?", office("minist", "=united kingdom", kind=("prime",))),
        ("Who is CEO of Apple?", office("ceo", "appl")),
        ("Who is the chief executive officer of Apple?", office("ceo", "appl")),
        ("Who was named CEO of Twitter?", office("ceo", "twitter")),
        ("What is the name of the mayor of Chicago?", office("mayor", "chicago")),
        ("Who is the US Secretary of State?", office("secretari", "=united states", kind=("state",))),
        ("Who is the former mayor of Chicago?", office("mayor", "chicago", kind=("former",), other=True)),
        ("Who's the governor of New Jersey?", office("governor", "new", "jersey")),
        (
            "Who is the French ambassador to Afghanistan who landed on Sunday?",
            office("ambassador", "=france", "=afghanistan"),
        ),
    ],
)
def test_the_office_that_is_asked_about(question: str, asked: Office) -> None:
    assert read_office(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Who is leading the talks?",
        "Who is the artist?",
        "Who are the Taliban?",
        "Who is?",
        "Who met the president?",
        "What is the governor of Texas planning?",
        "",
    ],
)
def test_what_asks_for_no_holder(question: str) -> None:
    assert read_office(question) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Florida Gov. Ron DeSantis signed it.",
        "Florida's Republican governor, Ron DeSantis, signed it.",
        "The governor of Florida, Ron DeSantis, signed it.",
        "Ron DeSantis, the governor of Florida, signed it.",
        "Ron DeSantis, Florida's popular governor, signed it.",
        "Ron DeSantis is the governor of Florida.",
    ],
)
def test_just_that_office(sentence: str) -> None:
    assert holders(FLORIDA, sentence) == {"Ron DeSantis": 1.0}


@pytest.mark.parametrize(
    "sentence",
    [
        "Microsoft CEO Satya Nadella spoke.",
        "Microsoft chief executive Satya Nadella spoke.",
        "Microsoft founder and CEO Satya Nadella spoke.",
        "Satya Nadella, chief executive officer of Microsoft, spoke.",
        "Satya Nadella, chairman and CEO of Microsoft, spoke.",
    ],
)
def test_a_chief_executive_is_the_ceo(sentence: str) -> None:
    assert holders(MICROSOFT, sentence) == {"Satya Nadella": 1.0}


def test_each_of_a_list_holds_their_own() -> None:
    assert holders(MICROSOFT, "Timothy Cook, CEO of Apple; Satya Nadella, CEO of Microsoft; and others.") == {
        "Timothy Cook": ANOTHER,
        "Satya Nadella": 1.0,
    }
    sentence = "There were Texas governor Greg Abbott, Florida Senator Rick Scott and Ohio Governor Mike DeWine."
    assert holders(FLORIDA, sentence) == {"Greg Abbott": ANOTHER, "Rick Scott": 0.4, "Mike DeWine": ANOTHER}


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (FLORIDA, "The governor of Texas, Greg Abbott, sent them to Florida."),
        (FLORIDA, "Former Florida Gov. Jeb Bush spoke."),
        (FLORIDA, "Florida Lt. Gov. Jeanette Nunez spoke."),
        ("Who is the UK Foreign Secretary?", "The UK's Defence Secretary Ben Wallace spoke."),
        ("Who is the defence secretary?", "Labour's shadow defence secretary, John Healey, spoke."),
    ],
)
def test_another_office_or_anothers(question: str, sentence: str) -> None:
    assert set(holders(question, sentence).values()) == {ANOTHER}


def test_whose_it_is_may_go_without_saying() -> None:
    assert holders(FLORIDA, "Gov. Ron DeSantis spoke in Florida.") == {"Ron DeSantis": 0.9}
    assert holders(FLORIDA, "Gov. Ron DeSantis spoke.") == {"Ron DeSantis": 0.8}
    assert holders("Who is the governor?", "Florida Gov. Ron DeSantis spoke.") == {"Ron DeSantis": 1.0}


@pytest.mark.parametrize(
    "sentence",
    [
        "The governor of Florida spoke to Ned Price.",
        "Simon Gass, envoy of the governor of Florida, spoke.",
        "Ron DeSantis said the governor of Florida would speak.",
        "He told the Des Moines Register, saying he will appear with Florida's governor.",
    ],
)
def test_the_office_beside_a_person_is_not_theirs(sentence: str) -> None:
    assert all(fit < 0.45 for fit in holders(FLORIDA, sentence).values())


WORDS = st.lists(st.sampled_from("the Gov. Ron DeSantis, of Florida governor is former and CEO ( ) ' . who".split()))


@given(WORDS, WORDS)
def test_whatever_is_asked_of_whatever_holders_are_in_the_sentence(asked: list[str], told: list[str]) -> None:
    sentence = " ".join(told)
    if found := read_office(" ".join(["Who is the", *asked])):
        for one in find_holders(found, sentence, find_names(sentence)):
            assert 0 <= one.start < one.end <= len(sentence)
            assert ANOTHER <= one.fit <= 1
