"""Which lengths of time, or of things, a question for how long takes."""

import pytest

from qa.question.understand import understand
from qa.reading.spans.answer_span import FITTING
from qa.reading.spans.durations import find_lengths


def fits(question: str, sentence: str) -> dict[str, float]:
    """How well each stretch of a sentence fits a question for how long."""
    found = find_lengths(understand(question), sentence)
    return {sentence[span.start : span.end]: span.fit for span in found}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The war lasted 20 years.", "20 years"),
        ("They fought for two decades.", "two decades"),
        ("For the last two decades they fought.", "two decades"),
        ("It was an eight-day war.", "eight-day"),
        ("The fighting took less than a week.", "a week"),
    ],
)
def test_lengths_of_time(sentence: str, words: str) -> None:
    assert fits("How long did the war last?", sentence) == {words: 1.0}


@pytest.mark.parametrize(
    "sentence",
    [
        "Two weeks before the war they met.",
        "It ended two weeks ago.",
        "Two polls in the last two weeks were of the war.",
        "He died two weeks later.",
    ],
)
def test_how_far_off_something_was_fits_less(sentence: str) -> None:
    ((words, fit),) = fits("How long did the war last?", sentence).items()
    assert words.lower() == "two weeks"
    assert fit == 0.5


def test_how_long_another_thing_took_fits_less() -> None:
    assert fits("How long did the war last?", "He held a two-hour speech on the 20-year war.") == {
        "two-hour": 0.5, "20-year": 1.0,
    }  # fmt: skip


def test_how_far_off_something_was_fits_where_that_is_asked() -> None:
    assert fits("How long before the war did they meet?", "They met two weeks before the war.") == {"two weeks": 1.0}
    assert fits("How long after the war did he die?", "He died two weeks later.") == {"two weeks": 1.0}


@pytest.mark.parametrize(
    ("sentence", "words"),
    [("The war, now two decades old, goes on.", "two decades"), ("The two-decade-old war goes on.", "two-decade-old")],
)
def test_the_age_of_what_goes_on_is_its_length(sentence: str, words: str) -> None:
    assert fits("How long has the war lasted?", sentence) == {words: 0.8}


@pytest.mark.parametrize("sentence", ["The soldier is 21 years old.", "A 21-year-old soldier fought."])
def test_ages_of_people_are_none(sentence: str) -> None:
    assert fits("How long has the war lasted?", sentence) == {}


def test_how_long_a_thing_is_may_be_a_length() -> None:
    sentence = "The river is 300 miles long and 20 feet deep."
    assert fits("How long is the river?", sentence) == {"300 miles": 0.9, "20 feet": 0.3}
    assert fits("How long did the flood last?", sentence) == {}
    assert fits("How long is the bridge?", "The 300-foot-long bridge took 3 years.")["300-foot-long"] >= FITTING


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        (
            "How much longer is the new bridge than the old one?",
            "The bridge, which took three years to build, is 340 metres longer than the old one of 90 metres.",
            "340 metres",
        ),
        (
            "How much longer did the work take than planned?",
            "The work took nine months, two weeks longer than planned.",
            "two weeks",
        ),
    ],
)
def test_how_much_longer_than_another_is_the_difference(question: str, sentence: str, words: str) -> None:
    assert [text for text, fit in fits(question, sentence).items() if fit >= FITTING] == [words]


def test_how_much_longer_something_goes_on_is_any_length_of_time() -> None:
    assert fits("How much longer will the work take?", "The work will take two weeks.") == {"two weeks": 1.0}
