import time

import pytest

from qa.language.reasons import asks_reason, reason_given
from qa.language.terms import keys_of


def given(sentence: str, asked: str, named: str = "") -> float:
    return reason_given(sentence, frozenset(keys_of(asked)), frozenset(keys_of(named)))


@pytest.mark.parametrize(
    "question",
    [
        "Why did the ferry sink?",
        "How come the ferry sank?",
        "What caused the fire?",
        "What led to the strike?",
        "What has prompted the recall?",
        "What was the reason for the delay?",
        "What was the main cause of the crash?",
        "What is behind the rise in rents?",
    ],
)
def test_a_question_for_a_reason_is_told(question: str) -> None:
    assert asks_reason(question)


@pytest.mark.parametrize(
    "question",
    [
        "How did the ferry sink?",
        "What fire caused the damage?",
        "What was behindhand?",
        "Who led the strike?",
        "What is no dish that causes harm?",
    ],
)
def test_other_questions_ask_for_none(question: str) -> None:
    assert not asks_reason(question)


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry sank because a hatch was open.",
        "Because a hatch was open, the ferry sank.",
        "The ferry sank due to a leak.",
        "An open hatch caused the ferry to sink.",
        "A steering fault was to blame, and the ferry sank.",
        "It came after a hatch was left open.",
        "The ferry sank for technical reasons.",
        "The ferry sank after a hatch was left open.",
        "The ferry sank, as a hatch was open.",
        "The closure comes amid a row.",
    ],
)
def test_a_sentence_that_gives_the_reason_counts(sentence: str) -> None:
    assert given(sentence, "ferry sink") >= 0.6


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry sank on Monday.",
        "The ferry sank over the weekend.",
        "The mayor wants it known that the ferry sank.",
        "After the ferry sank.",
    ],
)
def test_a_sentence_without_one_does_not(sentence: str) -> None:
    assert given(sentence, "ferry sink") == 0.0


def test_what_something_led_to_is_not_its_reason() -> None:
    assert given("The strike led to delays.", "strike") < given("Low pay led to the strike.", "strike")
    assert given("Delays were caused by the strike.", "strike") < given("The strike was caused by low pay.", "strike")


def test_a_reason_of_something_else_that_the_same_person_did_counts_less() -> None:
    assert given("Roe sang because it was her birthday.", "Roe resign", "Roe") < 0.5
    assert given("Roe resigned because she was ill.", "Roe resign", "Roe") == 1.0


def test_a_reason_that_says_nothing_new_is_none() -> None:
    assert given("Roe resigned because of it.", "Roe resign") == 0.0


def test_plain_signs_count_more_than_those_that_may_tell_the_order_of_things() -> None:
    assert given("The fair closed after a storm.", "fair close") < given(
        "The fair closed because of a storm.", "fair close"
    )


@pytest.mark.parametrize("piece", ["due to ", "caused ", "because over a to "])
def test_long_hostile_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    text = piece * (80_000 // len(piece))
    began = time.process_time()
    given(text, "fire")
    assert time.process_time() - began < 1.0  # some 0.1 s; each sign held against each word takes 5
