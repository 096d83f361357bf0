"""Filters as an answer keeps and tells them: those it was asked with, and those its question names itself. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from qa.records import GivenFilters, UnderstoodFilters
from vectorstore.records import Filters


def given_of(filters: Filters) -> GivenFilters | None:
    """The filters that a question is asked with; None where there are none."""
    if filters == Filters():
        return None
    return GivenFilters(
        since=_iso(filters.since),
        until=_iso(filters.until),
        as_of=_iso(filters.as_of),
        sources=filters.sources,
        told=_told(filters, "filters say"),
    )


def understood_of(since: date | None, until: date | None, sources: Sequence[str]) -> UnderstoodFilters:
    """The filters that a question names itself, one at least."""
    named = Filters(since=since, until=until, sources=tuple(sources))
    return UnderstoodFilters(_iso(since), _iso(until), named.sources, _told(named, "question says"))


def _told(filters: Filters, as_who: str) -> str:
    """The filters, of which one is set at least, in a sentence for people."""
    limits = [
        f"of {' and '.join(filters.sources)}" if filters.sources else "",
        f"since {_day(filters.since)}" if filters.since else "",
        f"until {_day(filters.until)}" if filters.until else "",
    ]
    only = " ".join(filter(None, limits))
    stood = f"as they stood on {_moment(filters.as_of)}" if filters.as_of else ""
    if not only:
        return f"The articles {stood}, as the {as_who}."
    return f"Only articles {', '.join(filter(None, [only, stood]))}, as the {as_who}."


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: date) -> str:
    if not isinstance(moment, datetime):
        return _day(moment)
    at = moment.astimezone(UTC)
    timespec = "auto" if at.second or at.microsecond else "minutes"
    return f"{_day(at)} at {at.time().isoformat(timespec)} UTC"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
