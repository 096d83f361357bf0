"""Durations in news sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.durations import find_durations
from qa.language.figures import Bound


@pytest.mark.parametrize(
    ("text", "shown", "low", "high", "unit", "bound"),
    [
        ("over the course of nearly two weeks in", "two weeks", 2, 2, "week", Bound.NEARLY),
        ("in the next 24 to 48 hours", "24 to 48 hours", 24, 48, "hour", Bound.EXACT),
        ("Following an eight-day blitz", "eight-day", 8, 8, "day", Bound.EXACT),
        ("the two-decade-long war", "two-decade-long", 2, 2, "decade", Bound.EXACT),
        ("for 20 years", "20 years", 20, 20, "year", Bound.EXACT),
        ("11 provincial capitals in less than a week.", "a week", 1, 1, "week", Bound.LESS),
        ("waited half an hour", "half an hour", 0.5, 0.5, "hour", Bound.EXACT),
        ("for three more months", "three more months", 3, 3, "month", Bound.EXACT),
        ("after two and a half centuries", "two and a half centuries", 2.5, 2.5, "century", Bound.EXACT),
    ],
)
def test_durations(text: str, shown: str, low: float, high: float, unit: str, bound: Bound) -> None:
    found = find_durations(text)[-1]
    assert (text[found.start : found.end], found.low, found.high) == (shown, low, high)
    assert (found.unit, found.bound) == (unit, bound)


@pytest.mark.parametrize(
    "text", ["a 21-year-old man", "aged 21 years old", "twice a week", "$5 a day", "600 troops", "a day"]
)
def test_no_durations(text: str) -> None:
    assert find_durations(text) == ()


@given(st.text())
def test_spans_stand_in_the_text(text: str) -> None:
    for found in find_durations(text):
        assert 0 <= found.start < found.end <= len(text)
