"""Dates in news sentences, and what must not be taken for one."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.dates import DateKind, DateMention, find_dates

DAY, MONTH, YEAR, DECADE, WEEKDAY, RELATIVE = DateKind


def parts(mention: DateMention) -> tuple[DateKind, int | None, int | None, int | None, int | None]:
    return (mention.kind, mention.year, mention.month, mention.day, mention.weekday)


@pytest.mark.parametrize(
    ("text", "shown", "expected"),
    [
        ("on August 13, 2021, the", "August 13, 2021", (DAY, 2021, 8, 13, None)),
        ("on Aug. 13, 2021, the", "Aug. 13, 2021", (DAY, 2021, 8, 13, None)),
        ("on 13 August 2021.", "13 August 2021", (DAY, 2021, 8, 13, None)),
        ("on 13 AUGUST 2021.", "13 AUGUST 2021", (DAY, 2021, 8, 13, None)),
        ("the 13th of August", "13th of August", (DAY, None, 8, 13, None)),
        ("on Friday, August 13, 2021", "Friday, August 13, 2021", (DAY, 2021, 8, 13, 4)),
        ("on Fri 13 Aug 2021", "Fri 13 Aug 2021", (DAY, 2021, 8, 13, 4)),
        (" date 2021-08-13 As the Taliban", "2021-08-13", (DAY, 2021, 8, 13, None)),
        ("13/08/2021", "13/08/2021", (DAY, 2021, 8, 13, None)),
        ("08/13/2021", "08/13/2021", (DAY, 2021, 8, 13, None)),
        ("05/06/2021", "05/06/2021", (YEAR, 2021, None, None, None)),
        ("to a close by September 11.", "September 11", (DAY, None, 9, 11, None)),
        ("evacuate their people on Friday.", "Friday", (WEEKDAY, None, None, None, 4)),
        ("On Thursday night, Washington", "Thursday night", (WEEKDAY, None, None, None, 3)),
        ("Since May, when US-led forces", "May", (MONTH, None, 5, None, None)),
        ("in March, he", "March", (MONTH, None, 3, None, None)),
        ("late in Sept. he", "Sept.", (MONTH, None, 9, None, None)),
        ("in June 2021,", "June 2021", (MONTH, 2021, 6, None, None)),
        ("in mid-August", "August", (MONTH, None, 8, None, None)),
        ("in 2019, the", "2019", (YEAR, 2019, None, None, None)),
        ("the 2019-20 season", "2019-20", (YEAR, 2019, None, None, None)),
        ("1975 — he won", "1975", (YEAR, 1975, None, None, None)),
        ("the 1990s", "1990s", (DECADE, 1990, None, None, None)),
        ("the '90s", "'90s", (DECADE, 1990, None, None, None)),
        ("in the last week.", "last week", (RELATIVE, None, None, None, None)),
        ("Yesterday he said", "Yesterday", (RELATIVE, None, None, None, None)),
    ],
)
def test_dates(
    text: str, shown: str, expected: tuple[DateKind, int | None, int | None, int | None, int | None]
) -> None:
    (mention,) = find_dates(text)
    assert text[mention.start : mention.end] == shown
    assert parts(mention) == expected


def test_two_years_are_two_dates() -> None:
    assert [mention.year for mention in find_dates("from 2019 to 2021, or 2019-2021, or 2019–2021")] == [2019, 2021] * 3


@pytest.mark.parametrize(
    "text",
    [
        "he may march on Kabul",
        "May I? March on! Sun shines.",
        "Theresa May said the Sun reported",
        "Mar met Jan",
        "Black Friday and Good Friday",
        "2000 people, 2,000, £2021, 2021%, 20210, 1799, a2021",
        "2000 miles",
        "15,000 people at 17:30",
        "nowhere",
        "",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text) == ()


def test_the_day_of_publication_resolves_what_is_told_from_it() -> None:
    text = (
        "Thursday, Friday, next Monday, yesterday, last month, next year, last week, in May, by September 11, in 2019"
    )
    found = find_dates(text, date(2021, 8, 13))
    assert [(mention.year, mention.month, mention.day) for mention in found] == [
        (2021, 8, 12),
        (2021, 8, 13),
        (2021, 8, 16),
        (2021, 8, 12),
        (2021, 7, None),
        (2022, None, None),
        (None, None, None),
        (2021, 5, None),
        (2021, 9, 11),
        (2019, None, None),
    ]


def test_a_month_near_new_year_is_in_the_nearest_year() -> None:
    (mention,) = find_dates("in December", date(2022, 1, 3))
    assert mention.year == 2021
    (mention,) = find_dates("last month", date(2022, 1, 3))
    assert (mention.year, mention.month) == (2021, 12)


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_ends_of_time_are_survived(published: date) -> None:
    assert len(find_dates("yesterday, tomorrow, Friday, next Monday", published)) == 4


_PARTS = [
    "2021",
    "-08-",
    "13",
    " August ",
    "Aug. ",
    "Fri",
    "day",
    ", ",
    "the ",
    "1990s",
    "'90s",
    "/",
    ".",
    "May",
    " of ",
]
PIECES = st.sampled_from([*_PARTS, "İ", "\ud800"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join)), st.one_of(st.none(), st.dates()))
def test_spans_stand_in_the_text_in_order_and_apart(text: str, published: date | None) -> None:
    at = 0
    for mention in find_dates(text, published):
        assert at <= mention.start < mention.end <= len(text)
        at = mention.end


@given(
    st.dates(date(1800, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%a %d %b %Y"]),
)
def test_any_day_is_read_back(day: date, form: str) -> None:
    (mention,) = find_dates(f"It was on {day.strftime(form)}.")
    assert (mention.year, mention.month, mention.day) == (day.year, day.month, day.day)
    assert mention.weekday in (None, day.weekday())


@pytest.mark.parametrize(
    "piece", ["1", "2021-", "2021 ", "May ", "Mon, ", "13 ", "13 of ", "'", "last ", "1/1/", "August 2021 "]
)
def test_long_hostile_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    began = time.process_time()
    find_dates(piece * 20_000)
    assert time.process_time() - began < 5.0  # some 0.1 s; a quadratic pattern takes minutes
