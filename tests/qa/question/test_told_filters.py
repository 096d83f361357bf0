from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from qa.question.told_filters import given_of, understood_of
from qa.records import GivenFilters, UnderstoodFilters
from vectorstore.records import Filters

DAY, LATER = date(2021, 8, 12), date(2021, 8, 13)


def test_where_no_filter_is_given_nothing_is_told() -> None:
    assert given_of(Filters()) is None


def test_the_filters_are_kept_as_they_were_given() -> None:
    moment = datetime(2021, 8, 20, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    kept = given_of(Filters(DAY, LATER, moment, ("meridian WIRE",)))
    assert kept == GivenFilters(
        since="2021-08-12",
        until="2021-08-13",
        as_of="2021-08-20T09:30:00+02:00",
        sources=("meridian WIRE",),
        told="Only articles of meridian WIRE since 12 August 2021 until 13 August 2021, "
        "as they stood on 20 August 2021 at 07:30 UTC, as the filters say.",
    )


@pytest.mark.parametrize(
    ("filters", "told"),
    [
        (Filters(since=DAY), "Only articles since 12 August 2021, as the filters say."),
        (Filters(until=LATER), "Only articles until 13 August 2021, as the filters say."),
        (Filters(sources=("A", "B", "C")), "Only articles of A and B and C, as the filters say."),
        (Filters(as_of=DAY), "The articles as they stood on 12 August 2021, as the filters say."),
        (
            Filters(as_of=datetime(2021, 8, 12, 23, 5, 9, tzinfo=UTC)),
            "The articles as they stood on 12 August 2021 at 23:05:09 UTC, as the filters say.",
        ),
    ],
)
def test_they_are_told_in_a_sentence(filters: Filters, told: str) -> None:
    kept = given_of(filters)
    assert kept
    assert kept.told == told


def test_what_the_question_names_is_told_as_its_own() -> None:
    told = "Only articles of A until 13 August 2021, as the question says."
    assert understood_of(None, LATER, ("A",)) == UnderstoodFilters(None, "2021-08-13", ("A",), told)
