"""Which figures of a sentence measure what a question asks by."""

import pytest

from qa.question.understand import understand
from qa.reading.spans.answer_span import FITTING
from qa.reading.spans.measures import find_measures


def fits(question: str, sentence: str) -> dict[str, float]:
    """How well each figure of a sentence fits a question for a measure."""
    found = find_measures(understand(question), sentence)
    return {sentence[span.start : span.end]: span.fit for span in found}


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How tall is it?", "300 metres"),
        ("How heavy is it?", "7,000 tonnes"),
        ("How fast is it?", "20 mph"),
        ("How hot is it?", "40C"),
        ("How cold is it?", "40C"),
        ("How old is it?", "120 years"),
    ],
)
def test_units_suit_the_adjective(question: str, figure: str) -> None:
    found = fits(question, "It is 300 metres of 7,000 tonnes, 120 years old, at 40C and 20 mph with 4 sails.")
    assert [words for words, fit in found.items() if fit == 0.9] == [figure]
    assert max(fit for words, fit in found.items() if words != figure) <= 0.5


def test_how_big_takes_any_size_and_things() -> None:
    found = fits("How big is it?", "It has 500 acres, 30 miles and 20 staff, and took 3 years.")
    assert [fit >= FITTING for fit in found.values()] == [True, True, True, False]
    assert found["500 acres"] > found["20 staff"]


def test_how_high_takes_shares_and_money() -> None:
    assert fits("How high is inflation?", "It is 9%, after a 40-year low.") == {"9%": 0.7, "40-year": 0.2}


def test_how_far_and_how_fast_may_be_told_by_a_time() -> None:
    found = fits("How far is it?", "It is 30 miles and two hours away.")
    assert found["30 miles"] > found["two hours"] >= FITTING


def test_a_temperature_needs_no_unit_and_a_length_does() -> None:
    assert fits("How deep is it?", "It struck Ada Holt, 32.") == {"32": 0.2}
    assert fits("How hot did it get?", "Temperatures reached 40 with 3 storms.") == {"40": 0.5, "3 storms": 0.2}


def test_other_adjectives_take_any_unit() -> None:
    assert fits("How strong was it?", "The 7.8 quake lasted 20 seconds.") == {"7.8": 0.5, "20 seconds": 0.9}


def test_the_old_tower_is_asked_its_height() -> None:
    assert fits("How tall is the old tower?", "It is 30 metres.") == {"30 metres": 0.9}


@pytest.mark.parametrize("sentence", ["Ben Wallace, 51, sent 600 troops.", "Wallace, aged 51, sent 600 troops."])
def test_how_old_is_an_age(sentence: str) -> None:
    assert fits("How old is Ben Wallace?", sentence) == {"51": 0.9, "600 troops": 0.2}
