"""Which figures are the same, and which bear out which."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from qa.language.figures import Quantity, find_quantities
from qa.language.figures_compare import same_value, supports


def figure(text: str) -> Quantity:
    (found,) = find_quantities(text)
    return found


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("15,000", "fifteen thousand"),
        ("15,000", "15k"),
        ("a dozen", "12"),
        ("$15m", "15 million dollars"),
        ("87%", "87 per cent"),
        ("3rd", "third"),
        ("24 to 48", "24-48"),
        ("up to 600", "600"),
    ],
)
def test_same_values(a: str, b: str) -> None:
    assert same_value(figure(a), figure(b))
    assert same_value(figure(b), figure(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [("15,000", "1,500"), ("$15m", "£15m"), ("$15m", "15m"), ("third", "3"), ("87%", "87"), ("24 to 48", "24")],
)
def test_other_values(a: str, b: str) -> None:
    assert not same_value(figure(a), figure(b))


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("12 provincial capitals", "a dozen provincial capitals"),
        ("15,000 people", "fifteen thousand people"),
        ("15,000 people", "15,000 evacuees"),
        ("600 British troops", "600 troops"),
        ("600 troops", "600 British soldiers"),
        ("600 UK troops", "600 British troops"),
        ("600 troops", "600 people"),
        ("600", "about 600"),
        ("612 troops", "about 600 troops"),
        ("about 600", "around 600"),
        ("nearly 600", "about 600"),
        ("600", "up to 600"),
        ("600", "at least 600"),
        ("15,200 people", "more than 15,000 people"),
        ("more than 90 other countries", "over 90 countries"),
        ("more than 90 countries", "at least 90 countries"),
        ("987 people", "nearly 1,000 people"),
        ("an estimated 800 to 1,100 Afghans", "between 800 and 1,100 Afghans"),
        ("an estimated 800 to 1,100 Afghans", "up to 1,100 Afghans"),
        ("800 Afghans", "800 Afghan citizens"),
        ("600 troops", "hundreds of troops"),
        ("hundreds of troops", "hundreds of soldiers"),
        ("several thousand troops", "several thousand soldiers"),
        ("an eight-day blitz", "eight days"),
        ("a 21-year-old", "21 years"),
        ("15 dead", "15 people"),
        ("11 of the capitals", "11"),
    ],
)
def test_supported(source: str, claim: str) -> None:
    assert supports(figure(source), figure(claim))


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("11 provincial capitals", "a dozen provincial capitals"),
        ("87%", "85%"),
        ("up to 600 troops", "more than 600 troops"),
        ("up to 600 troops", "600 troops"),
        ("about 600 troops", "600 troops"),
        ("more than 600 troops", "about 600 troops"),
        ("at least 90", "more than 90"),
        ("nearly two weeks", "two weeks"),
        ("600 British troops", "600 US troops"),
        ("600 British troops", "600 American soldiers"),
        ("800 Afghans", "800 Britons"),
        ("15,000 people", "15,000 troops"),
        ("15 dead", "15 injured"),
        ("15 confirmed cases", "15 suspected cases"),
        ("3,000 troops", "more than 10 troops"),
        ("612", "600"),
        ("an estimated 800 to 1,100 Afghans", "1,100 Afghans"),
        ("800 to 1,100 Afghans", "800 to 1,200 Afghans"),
        ("hundreds of troops", "600 troops"),
        ("several thousand troops", "1,000 troops"),
        ("hundreds of troops", "thousands of troops"),
        ("24 hours", "24 days"),
        ("$15m", "15m"),
        ("third", "3"),
    ],
)
def test_not_supported(source: str, claim: str) -> None:
    assert not supports(figure(source), figure(claim))


BOUNDS = st.sampled_from(["", "about ", "up to ", "at least ", "more than ", "fewer than ", "nearly ", "over "])


@given(BOUNDS, st.integers(2, 10**9))
def test_every_figure_bears_itself_out(bound: str, value: int) -> None:
    said = figure(f"{bound}{value:,} people")
    assert supports(said, said)


@given(BOUNDS, st.integers(10**4, 10**9), st.integers(10**4, 10**9))
@example("", 999_999_999, 10**9)
def test_no_other_exact_figure_is_ever_borne_out(bound: str, value: int, other: int) -> None:
    assume(value != other)
    assert not supports(figure(f"{bound}{value:,} people"), figure(f"{other:,} people"))
