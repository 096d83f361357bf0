import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.terms import key_of
from qa.question import understand
from qa.short_answer.wanted import WAYS, Wanted, want


def wanted(question: str) -> Wanted:
    return want(understand(question))


def way(question: str) -> str:
    return WAYS[wanted(question).signs[: len(WAYS)].argmax()]


@pytest.mark.parametrize(
    ("question", "expected", "focus"),
    [
        ("What year did Kabul fall?", "what_noun", "year"),
        ("Which operation was it?", "which", "operation"),
        ("What is the capital of France?", "what_be", "capital"),
        ("What was Watt's partner?", "what_be", "partner"),
        ("What type of gas is it?", "what_noun", "gas"),
        ("What did Carter say?", "what_do", None),
        ("What caused the fall?", "what_verb", None),
        ("What leads to it?", "what_verb", None),
        ("Who led it?", "who", "person"),
        ("When did it fall?", "when", "year"),
        ("Where is Kabul?", "where", "place"),
        ("How many troops go?", "how_many", "troops"),
        ("How much oil was sold?", "how_many", "oil"),
        ("How did he die?", "how", None),
        ("Why did they leave?", "why", None),
        ("It is named after whom?", "whom", "person"),
        ("Name the capital", "none", None),
    ],
)
def test_how_a_question_asks_and_for_what(question: str, expected: str, focus: str | None) -> None:
    assert (way(question), wanted(question).focus) == (expected, focus)


@pytest.mark.parametrize(
    ("question", "verb"),
    [("Who led the talks?", "led"), ("What did the embassy demand?", "demand"), ("What was built in Kabul?", "built")],
)
def test_its_verb_is_found(question: str, verb: str) -> None:
    found = wanted(question)
    assert found.verb is not None
    assert found.words[found.verb] == verb


def test_what_stands_around_the_asking_words_is_kept() -> None:
    found = wanted("He flew to which city on Sunday?")
    assert (found.left, found.right) == ([key_of("flew"), "to"], ["on", "sunday"])


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from("what who is the 's year of which how many did ? fell".split())).map(" ".join)
)
def test_any_question_has_the_same_number_of_signs(question: str) -> None:
    assert wanted(question).signs.shape == wanted("who?").signs.shape
