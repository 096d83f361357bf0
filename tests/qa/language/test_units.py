"""Figures with their units."""

import pytest

from qa.language.units import is_unit, measures_of


def read(text: str) -> list[tuple[str, str | None]]:
    """Each figure of a text with its unit as written, and the sort of unit."""
    return [(text[one.start : one.counted_end], sort) for one, sort in measures_of(text)]


@pytest.mark.parametrize(
    ("text", "figure", "sort"),
    [
        ("It is 300 metres high.", "300 metres", "length"),
        ("It is 300 m high.", "300 m", "length"),
        ("A 300m tower.", "300m", "length"),
        ("A 300-foot-tall tower.", "300-foot-tall", "length"),
        ("The 7-foot-5 centre.", "7-foot-5", "length"),
        ("He is 6ft 2in.", "6ft 2in", "length"),
        ("He is 6 feet 2 inches.", "6 feet 2 inches", "length"),
        ("Some 4.2 light years away.", "4.2 light years", "length"),
        ("Winds of 1,150 miles per hour blew.", "1,150 miles per hour", "speed"),
        ("Winds of 150 miles an hour blew.", "150 miles an hour", "speed"),
        ("It did 240km/h.", "240km/h", "speed"),
        ("Winds of 150 mph blew.", "150 mph", "speed"),
        ("It covers 300 square miles.", "300 square miles", "area"),
        ("It holds 300 cubic metres.", "300 cubic metres", "volume"),
        ("It weighs 2,656 lbs.", "2,656 lbs", "weight"),
        ("It weighs 90kg.", "90kg", "weight"),
        ("It was 40C.", "40C", "heat"),
        ("It was 40.3°C.", "40.3°C", "heat"),
        ("It was 40 degrees Celsius.", "40 degrees Celsius", "heat"),
        ("It fell to minus 40 degrees.", "minus 40 degrees", "heat"),
        ("It fell to -40C.", "-40C", "heat"),
        ("It is half a mile away.", "half a mile", "length"),
        ("It is half a metre away.", "half a metre", "length"),
        ("It took half a million ships.", "half a million ships", None),
        ("It took 20 minutes.", "20 minutes", "time"),
        ("It took 20 ships.", "20 ships", None),
        ("It took 300m people.", "300m people", None),
        ("It took 20 in all.", "20", None),
    ],
)
def test_measures(text: str, figure: str, sort: str | None) -> None:
    assert read(text) == [(figure, sort)]


def test_figures_stand_in_order_and_money_and_shares_are_none() -> None:
    text = "After 3 days and £300m, 40% of it was 40C, with 2 ships."
    assert read(text) == [("3 days", "time"), ("40C", "heat"), ("2 ships", None)]


def test_units_are_told_in_any_form() -> None:
    assert all(map(is_unit, ("mile", "miles", "feet", "kilometres", "kilometers", "centuries", "mph")))
    assert not any(map(is_unit, ("people", "ships", "stones", "in")))


def test_a_degree_below_zero_is_less_than_none() -> None:
    ((quantity, _),) = measures_of("It fell to minus 40 degrees.")
    assert (quantity.low, quantity.high) == (-40, -40)
