"""Figures in real news sentences, and what must not be taken for one."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.language.figures import Bound, Kind, Quantity, find_quantities

NUMBER, PERCENT, MONEY, ORDINAL = Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.ORDINAL

# sentence -> (figure with what it counts, low, high, bound, counted)
SEEDS = [
    ("15,000 people were evacuated from Afghanistan", "15,000 people", 15000, 15000, Bound.EXACT, "people"),
    ("Fifteen thousand people were evacuated", "Fifteen thousand people", 15000, 15000, Bound.EXACT, "people"),
    ("up to 600 British troops will be deployed", "600 British troops", 600, 600, Bound.AT_MOST, "British troops"),
    ("AROUND 600 troops are to be deployed", "600 troops", 600, 600, Bound.ABOUT, "troops"),
    ("that 3,000 US troops will be deployed", "3,000 US troops", 3000, 3000, Bound.EXACT, "US troops"),
    ("in the next 24 to 48 hours, but", "24 to 48 hours", 24, 48, Bound.EXACT, "hours"),
    ("control of 11 provincial capitals in", "11 provincial capitals", 11, 11, Bound.EXACT, "provincial capitals"),
    (
        "control of a dozen provincial capitals",
        "a dozen provincial capitals",
        12,
        12,
        Bound.EXACT,
        "provincial capitals",
    ),
    ("the total under their control to 11.", "11", 11, 11, Bound.EXACT, None),
    ("two more cities, Ghazni and Herat", "two more cities", 2, 2, Bound.EXACT, "more cities"),
    ("an estimated 800 to 1,100 Afghans who couldn't", "800 to 1,100 Afghans", 800, 1100, Bound.ABOUT, "Afghans"),
    ("more than 90 other countries, it was", "90 other countries", 90, 90, Bound.MORE, "other countries"),
    ("to three neighbouring countries. ", "three neighbouring countries", 3, 3, Bound.EXACT, "neighbouring countries"),
    ("over the course of nearly two weeks in", "two weeks", 2, 2, Bound.NEARLY, "weeks"),
    ("Following an eight-day blitz into", "eight-day", 8, 8, Bound.EXACT, "day"),
    ("the two-decade-long war", "two-decade-long", 2, 2, Bound.EXACT, "decade-long"),
    (
        "15 UK crisis response specialists have been deployed",
        "15 UK crisis response specialists",
        15,
        15,
        Bound.EXACT,
        "UK crisis response specialists",
    ),
]


@pytest.mark.parametrize(("text", "shown", "low", "high", "bound", "counted"), SEEDS)
def test_the_figures_of_the_seeds(
    text: str, shown: str, low: float, high: float, bound: Bound, counted: str | None
) -> None:
    (figure,) = find_quantities(text)
    assert (text[figure.start : figure.counted_end], figure.low, figure.high) == (shown, low, high)
    assert (figure.bound, figure.counted, figure.kind, figure.unit) == (bound, counted, NUMBER, None)


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("it cost $15.5m", 15.5e6, MONEY, "USD"),
        ("it cost US$15.5 million", 15.5e6, MONEY, "USD"),
        ("worth £2bn", 2e9, MONEY, "GBP"),
        ("worth €1,250.50", 1250.5, MONEY, "EUR"),
        ("about A$3.2 million", 3.2e6, MONEY, "AUD"),
        ("15,000 dollars", 15000, MONEY, "USD"),
        ("fifteen million pounds", 15e6, MONEY, "GBP"),
        ("2.5 million Canadian dollars", 2.5e6, MONEY, "CAD"),
        ("USD 40 million", 40e6, MONEY, "USD"),
        ("87%", 87, PERCENT, "%"),
        ("87 per cent", 87, PERCENT, "%"),
        ("sixty-five percent", 65, PERCENT, "%"),
        ("0.5 percentage points", 0.5, PERCENT, "%"),
        ("the 21st time", 21, ORDINAL, None),
        ("the twenty-first time", 21, ORDINAL, None),
        ("the country’s second largest city", 2, ORDINAL, None),
        ("phase 3 trials", 3, ORDINAL, None),
        ("No. 10 said", 10, ORDINAL, None),
        ("15k followers", 15000, NUMBER, None),
        ("1\u202f100 people", 1100, NUMBER, None),
        ("800\xa0000 people", 800000, NUMBER, None),
        ("2.4 million barrels", 2.4e6, NUMBER, None),
        ("half a million people", 5e5, NUMBER, None),
        ("half a dozen boats", 6, NUMBER, None),
        ("three dozen boats", 36, NUMBER, None),
        ("a hundred and fifty-two people", 152, NUMBER, None),
        ("six million three hundred thousand people", 6.3e6, NUMBER, None),
        ("two and a half years", 2.5, NUMBER, None),
        ("one and a half million people", 1.5e6, NUMBER, None),
        ("three-quarters of voters", 0.75, NUMBER, None),
        ("a third of voters", 1 / 3, NUMBER, None),
        ("half of the voters", 0.5, NUMBER, None),
        ("2000 people", 2000, NUMBER, None),
        ("0 goals", 0, NUMBER, None),
    ],
)
def test_values_and_units(text: str, value: float, kind: Kind, unit: str | None) -> None:
    (figure,) = find_quantities(text)
    assert figure.low == figure.high == pytest.approx(value)
    assert (figure.kind, figure.unit) == (kind, unit)


@pytest.mark.parametrize(
    "text",
    [
        "on 13 August 2021",
        "on Aug. 13, 2021, in May",
        "by September 11",
        "in 2021 and the 2019-20 season",
        "from 2019 to 2021",
        "since the 1990s, in his 20s",
        "on 2021-08-13 or 13/08/2021",
        "at 5pm, at 17:30, at 5.30 a.m., by 2100 GMT",
        "COVID-19, the G7, 9/11, an F-16, a Boeing 737, an A380, the iPhone 14 and Article 50",
        "one of the worst, no one, one another, this one, and that is one",
        "call 0800 123 4567 or +44 20 7946 0958 or (020) 7946 0958 or 555-123-4567",
        "the Second World War and the First Minister",
        "at first, it seemed, and first of all",
        "open 24/7, agent 007, version 3.11.2",
        "the 100m final",
        "nobody knows the number",
        "",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("as many as 600 troops", Bound.AT_MOST),
        ("no more than 600 troops", Bound.AT_MOST),
        ("up to about 600 troops", Bound.AT_MOST),
        ("at least another 600 troops", Bound.AT_LEAST),
        ("no fewer than 600 troops", Bound.AT_LEAST),
        ("600+ troops", Bound.AT_LEAST),
        ("600 or more troops", Bound.AT_LEAST),
        ("more than 600 troops", Bound.MORE),
        ("just over 600 troops", Bound.MORE),
        ("fewer than 600 troops", Bound.LESS),
        ("close to 600 troops", Bound.NEARLY),
        ("just under 600 troops", Bound.NEARLY),
        ("Some 600 troops", Bound.ABOUT),
        ("(about 600 troops)", Bound.ABOUT),
        ("the 600 troops", Bound.EXACT),
        ("over the next 24 hours", Bound.EXACT),
    ],
)
def test_bounds(text: str, bound: Bound) -> None:
    (figure,) = find_quantities(text)
    assert figure.bound is bound


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("11 of the provincial capitals fell", "provincial capitals"),
        ("a dozen of its U.S. allies", "U.S. allies"),
        ("11 of them fell", None),
        ("15 had been killed", None),
        ("600 were sent to Kabul", None),
        ("15 dead and many hurt", "dead"),
        ("15 injured people", "injured people"),
        ("600 Taliban were there", "Taliban"),
        ("40 police officers said", "police officers"),
        ("the 15 crew were", "crew"),
        ("a 21-year-old man", "year-old"),
        ("one British soldier died", "British soldier"),
        ("hundreds of troops", "troops"),
        ("10 miles of coast", "miles"),
        ("seven of the top 10", None),
        ("at that point 15 people fled", "people"),
        ("60% of the poorest countries", "poorest countries"),
        ("a 23% increase in prices", None),
    ],
)
def test_what_is_counted(text: str, counted: str | None) -> None:
    figure = find_quantities(text)[0]
    assert figure.counted == counted
    assert counted is None or text[: figure.counted_end].endswith(counted)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("800 to 1,100 people", [(800, 1100)]),
        ("between 5 and 10 people", [(5, 10)]),
        ("5 and 10 people", [(5, 5), (10, 10)]),
        ("15-20 people", [(15, 20)]),
        ("15–20%", [(15, 20)]),
        ("$5-10 million", [(5e6, 10e6)]),
        ("five to ten million people", [(5e6, 10e6)]),
        ("$5 million to $10 million", [(5e6, 10e6)]),
        ("two or three boats", [(2, 3)]),
        ("rose from 5 to 10", [(5, 5), (10, 10)]),
        ("won 3-1", [(3, 3), (1, 1)]),
        ("hundreds of boats", [(200, 1000)]),
        ("hundreds of thousands of boats", [(2e5, 1e6)]),
        ("several thousand boats", [(2e3, 1e4)]),
        ("a few hundred boats", [(200, 1000)]),
        ("several dozen boats", [(24, 120)]),
        ("several boats", []),
        ("several million-dollar boats", [(1e6, 1e6)]),
        ("a quarter of a million boats", [(250_000, 250_000)]),
    ],
)
def test_ranges(text: str, ranges: list[tuple[float, float]]) -> None:
    assert [(figure.low, figure.high) for figure in find_quantities(text)] == ranges


_PARTS = [
    "15,000",
    "fifteen",
    " thousand",
    " of the ",
    "£",
    "$5",
    "%",
    "-",
    "–",
    " to ",
    " and a half",
    "İ",
    "ſix",
    "one ",
]
_PARTS += [
    "2021",
    "May ",
    "13 ",
    "people",
    " troops",
    "US ",
    "\ud800",
    "👩‍👩‍👧",
    "\u0301",
    "\xa0",
    "dozen",
    "a ",
    "half ",
]
PIECES = st.sampled_from([*_PARTS, "third", "9" * 400, ":", "."])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)))
@example("DOZEN THOUSAND")
def test_spans_stand_in_the_text_in_order_and_apart(text: str) -> None:
    figures: tuple[Quantity, ...] = find_quantities(text)
    at = 0
    for figure in figures:
        assert at <= figure.start < figure.end <= figure.counted_end <= len(text)
        assert figure.low <= figure.high < float("inf")
        assert figure.counted is None or text[: figure.counted_end].endswith(figure.counted)
        at = figure.end


@given(st.integers(0, 10**9), st.sampled_from(["people", "British troops", "of the homes"]))
def test_any_number_with_commas_is_read_back(value: int, noun: str) -> None:
    (figure,) = find_quantities(f"There were {value:,} {noun} there.")
    assert figure.low == figure.high == value
    assert figure.counted is not None
    assert figure.counted in noun


@pytest.mark.parametrize(
    "piece",
    ["1", "1-", "1,", "1 ", "1/", "01 ", "$", "1.", "1,000,", "one ", "one-", "hundred and ", "a ", "half a ", "1 to ",
     "May ", "Mon, ", "A.", "A'", "A-", "A of ", "Aa ", "İ", "1990s ", "tens of ", "600 a", "600 Aa "],
)  # fmt: skip
def test_long_hostile_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    began = time.process_time()
    find_quantities(piece * 20_000)
    assert time.process_time() - began < 5.0  # some 0.1 s; a quadratic pattern takes minutes
