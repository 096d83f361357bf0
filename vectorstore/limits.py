"""Filters as the library and the indexes apply them, and which passages pass: today's, or those of a moment."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, Subquery, Table, and_, false, or_, select, union_all

from vectorstore.records import Filters
from vectorstore.tables import articles, passages, retired, revisions

_LIMITS_KEPT = 100


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that is asked as of. at: in UTC, in the form of `revisions.ingested_at`; day: like 20210813."""

    at: str
    day: int

    @classmethod
    def of(cls, as_of: date | datetime) -> Self:
        """A day ends at midnight, in UTC."""
        moment = as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time.max, UTC)
        return cls(moment.astimezone(UTC).isoformat(timespec="microseconds"), _day(moment))


@dataclass(frozen=True, slots=True)
class Limits:
    """Filters as the library and the indexes apply them.

    since, until: days like 20210813, both inclusive. sources: case folded. as_of: None for now.
    """

    since: int | None
    until: int | None
    sources: tuple[str, ...]
    as_of: Moment | None = None

    @classmethod
    def of(cls, filters: Filters) -> Self:
        """The limits that filters set."""
        return cls(
            since=None if filters.since is None else _day(filters.since),
            until=None if filters.until is None else _day(filters.until),
            sources=tuple(source.casefold() for source in filters.sources),
            as_of=None if filters.as_of is None else Moment.of(filters.as_of),
        )

    @property
    def none(self) -> bool:
        """Whether everything passes that is current."""
        return self == NO_LIMITS

    @property
    def published_by_then(self) -> "Limits":
        """Of a moment: the same for what had been published by then, as of now."""
        if self.as_of is None:
            return self
        day = self.as_of.day
        return replace(self, until=day if self.until is None else min(day, self.until), as_of=None)


NO_LIMITS = Limits(since=None, until=None, sources=())


@lru_cache(_LIMITS_KEPT)
def passing(limits: Limits) -> Subquery:
    """The passages that pass, of the revisions that are current, or were at the moment asked for.

    Columns: id, article_id, revision, ordinal, start, end, embedding, article. What is staged beside a current revision
    never passes (see `writing`).
    """
    current = and_(articles.c.pk == passages.c.article, articles.c.revision == passages.c.revision)
    now = _rows(passages).join(articles, current).where(*_conditions(limits, articles))
    if limits.as_of is None:
        return now.subquery()
    of_revision = and_(revisions.c.article == passages.c.article, revisions.c.revision == passages.c.revision)
    earlier = revisions.alias()
    before = and_(earlier.c.article == revisions.c.article, earlier.c.revision < revisions.c.revision)
    first = ~select(earlier.c.revision).where(before).exists()
    there = or_(revisions.c.ingested_at <= limits.as_of.at, and_(articles.c.day <= limits.as_of.day, first))
    return union_all(now.join(revisions, of_revision).where(there), select(passing_older(limits))).subquery()


@lru_cache(_LIMITS_KEPT)
def passing_older(limits: Limits) -> Subquery:
    """Those of them that are of older revisions: none, where no moment is asked for."""
    query = _rows(retired).join(articles, articles.c.pk == retired.c.article)
    if limits.as_of is None:
        return query.where(false()).subquery()
    there = or_(retired.c.came <= limits.as_of.at, and_(retired.c.day <= limits.as_of.day, retired.c.first))
    return query.where(retired.c.went > limits.as_of.at, there, *_conditions(limits, retired)).subquery()


def _rows(of: Table) -> Select[Any]:
    columns = (of.c.revision, of.c.ordinal, of.c.start, of.c.end, of.c.embedding, of.c.article)
    return select(of.c.id, articles.c.id.label("article_id"), *columns)


def _conditions(limits: Limits, of: Table) -> list[ColumnElement[bool]]:
    """What the day and the publisher must fulfil; of: whose they are."""
    found: list[ColumnElement[bool]] = []
    if limits.since is not None:
        found.append(of.c.day >= limits.since)
    if limits.until is not None:
        found.append(of.c.day <= limits.until)
    if limits.sources:
        found.append(of.c.source.in_(limits.sources))
    return found


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
