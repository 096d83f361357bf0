import pytest

from qa.conversations.standalone import stand_alone
from qa.records import Exchange

KABUL = "How many people were evacuated from Kabul?"
EVACUATED = [Exchange(KABUL, KABUL, "In Operation Pitting, 15,000 people were evacuated from Kabul.", "15,000 people")]
SENT = [Exchange("How many UK troops were sent?", "How many UK troops were sent?", "600 UK troops were sent.", "600")]
WARNED = [Exchange("Who warned?", "Who warned of a vacuum?", "Nick Carter warned, and Ben Wallace agreed.")]


@pytest.mark.parametrize(
    ("asked", "alone"),
    [
        ("by whom?", "by whom? (people were evacuated from Kabul)"),
        ("and how many were left behind?", "and how many were left behind? (people were evacuated from Kabul)"),
        ("when was that?", "when was that? (people were evacuated from Kabul; 15,000 people)"),
        ("why?", "why? (people were evacuated from Kabul)"),
        ("in 2020?", f"{KABUL} (in 2020)"),
        ("no, I meant the UK troops", f"{KABUL} (the UK troops)"),
    ],
)
def test_what_a_follow_up_lacks_is_carried_over(asked: str, alone: str) -> None:
    assert stand_alone(asked, EVACUATED).question == alone


@pytest.mark.parametrize(
    ("asked", "alone"),
    [
        ("what about the US?", "How many US troops were sent?"),
        ("and the French troops?", "How many French troops were sent?"),
        ("sorry, I meant US troops", "How many US troops were sent?"),
    ],
)
def test_a_part_takes_the_place_of_one_of_its_kind(asked: str, alone: str) -> None:
    assert stand_alone(asked, SENT).question == alone


def test_a_day_and_a_person_take_the_place_of_theirs() -> None:
    asked = "What did Nick Carter say in 2019?"
    before = [Exchange(asked, asked, "")]
    assert stand_alone("and in 2020?", before).question == "What did Nick Carter say in 2020?"
    assert stand_alone("what about Ben Wallace?", before).question == "What did Ben Wallace say in 2019?"


@pytest.mark.parametrize(
    "asked",
    ["Who leads the talks in Doha?", "Did the Rangers win the cup in Glasgow?", "How tall is the Eiffel Tower?"],
)
def test_a_new_topic_carries_nothing_over(asked: str) -> None:
    assert stand_alone(asked, EVACUATED).question == asked


def test_what_somebody_merely_said_is_not_adopted() -> None:
    claimed = "Isn't it true that Boris Johnson resigned over it?"
    before = [*EVACUATED, Exchange(claimed, claimed, "")]
    alone = stand_alone("when?", before).question
    assert alone.startswith("when? (")


def test_tell_me_more_asks_the_last_question_again() -> None:
    more = stand_alone("Tell me more", EVACUATED)
    assert (more.question, more.more) == (KABUL, True)


def test_he_is_who_was_spoken_of() -> None:
    asked = "Who warned of a vacuum?"
    before = [Exchange(asked, asked, "General Nick Carter warned of a vacuum.", "Nick Carter")]
    assert stand_alone("what did he say?", before).question == "what did Nick Carter say?"
    assert stand_alone("what is his job?", before).question == "what is Nick Carter's job?"


def test_of_two_men_neither_is_guessed() -> None:
    asked = stand_alone("what did he say?", WARNED)
    assert asked.unclear == "It isn't clear who is meant by “he”: Nick Carter or Ben Wallace."
    assert asked.suggestions == ("what did Nick Carter say?", "what did Ben Wallace say?")


@pytest.mark.parametrize("asked", ["How many?", "why?", "What did he say?", "What are the fees of this credit card?"])
def test_a_first_question_that_points_nowhere_is_asked_back(asked: str) -> None:
    assert stand_alone(asked, []).unclear


@pytest.mark.parametrize(
    "asked", [KABUL, "UK troops", "Who resigned this week?", "What did Nick Carter say he would do?", "Is it raining?"]
)
def test_a_first_question_that_stands_alone_is_left_as_it_is(asked: str) -> None:
    alone = stand_alone(asked, [])
    assert (alone.question, alone.unclear) == (asked, None)


def test_a_follow_up_leans_on_the_askers_own_turn() -> None:
    other = "Who resigned in Paris?"
    before = [
        Exchange("How many UK troops were sent?", "How many UK troops were sent?", "", asker="ada"),
        Exchange(other, other, "", asker="tom"),
    ]
    assert stand_alone("what about the US?", before, "ada").question == "How many US troops were sent?"


def test_what_was_carried_once_is_carried_on() -> None:
    whom = stand_alone("by whom?", EVACUATED).question
    before = [*EVACUATED, Exchange("by whom?", whom, "It was done by UK troops.", "UK troops")]
    alone = stand_alone("and how many were left behind?", before).question
    assert alone == "and how many were left behind? (people were evacuated from Kabul)"


def test_a_question_of_few_words_is_told_by_what_was_answered() -> None:
    asked = "how many were evacuated"
    before = [
        Exchange(asked, asked, "In Operation Pitting, 15,000 people were evacuated by UK troops.", "15,000 people")
    ]
    whom = stand_alone("by whom?", before).question
    assert whom == "by whom? (evacuated; Operation Pitting)"
    before = [*before, Exchange("by whom?", whom, "")]
    left = stand_alone("and how many were left behind?", before).question
    assert left == "and how many were left behind? (evacuated; Operation Pitting)"
    before = [*before, Exchange("and how many were left behind?", left, "")]
    assert stand_alone("what about the US?", before).question == "and how many were left behind? (the US)"


def test_he_is_nobody_where_nobody_was_spoken_of() -> None:
    assert stand_alone("what did he say?", SENT).unclear == "It isn't clear who is meant by “he”. Name the person."


def test_an_answer_must_meet_the_follow_ups_own_words() -> None:
    asked = stand_alone("and how many were left behind?", EVACUATED)
    assert asked.answered == "and how many were left behind?"
    whom = stand_alone("by whom?", EVACUATED)
    assert whom.answered == whom.question


def test_the_askers_own_brackets_are_part_of_the_question() -> None:
    asked = "How many Afghans (and their families) were evacuated?"
    one = Exchange(asked, asked, "")
    assert (one.outside, one.inside) == (asked, "")
    put = Exchange("by whom?", "by whom? (Afghans were evacuated; Kabul)", "")
    assert (put.outside, put.inside) == ("by whom?", "Afghans were evacuated; Kabul")
    named = Exchange("what did he say?", "what did Nick Carter say? (in Kabul)", "")
    assert named.outside == "what did Nick Carter say?"
    assert "families" in stand_alone("by whom?", [one]).question
