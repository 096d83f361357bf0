"""Filters that a question itself names, where that is unmistakable: "by 2 June 2024", "according to The National"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from qa.language.terms import content_words
from qa.question.asked_days import DayLimit, day_limits, names_days
from qa.question.asked_sources import SourceLimit, names_sources, source_limits
from qa.question.told_filters import understood_of
from qa.records import UnderstoodFilters
from vectorstore.records import Filters

_EDGES = " ,;:"
_SPACES = re.compile(r"\s+(?=[?!.,;:)])")


class Library(Protocol):
    """What is known of all articles, as the store knows it."""

    def sources(self) -> tuple[str, ...]:
        """The publishers."""
        ...

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of publication; None where no article has one."""
        ...


@dataclass(frozen=True, slots=True)
class Limited:
    """What a question is searched by: the filters given and those that its words name.

    question: without those words. understood: what they name; None where they name nothing.
    """

    question: str
    filters: Filters
    understood: UnderstoodFilters | None = None


def limited(question: str, given: Filters, library: Library) -> Limited:
    """Read the filters that a question names. What was given wins: days over days, publishers over publishers."""
    days = None if given.since or given.until or given.as_of or not names_days(question) else library.days()
    timed = day_limits(question, days) if days else []
    credited = source_limits(question, library.sources()) if not given.sources and names_sources(question) else []
    since = max((limit.since for limit in timed if limit.since), default=None)
    until = min((limit.until for limit in timed if limit.until), default=None)
    if since and until and since > until:
        timed, since, until = [], None, None
    if not timed and not credited:
        return Limited(question, given)
    sources = tuple(dict.fromkeys(source for limit in credited for source in limit.sources))
    return Limited(
        question=_without(question, [*timed, *credited]),
        filters=replace(
            given, since=given.since or since, until=given.until or until, sources=given.sources or sources
        ),
        understood=understood_of(since, until, sources),
    )


def _without(question: str, limits: Sequence[DayLimit | SourceLimit]) -> str:
    """A question without the words that limit it; as it is where nothing would be left to ask."""
    left, at = "", 0
    for limit in sorted(limits, key=lambda limit: limit.start):
        left += question[at : limit.start] + (limit.instead if isinstance(limit, SourceLimit) else "")
        at = limit.end
    left = _SPACES.sub("", " ".join((left + question[at:]).split())).strip(_EDGES)
    left = left.replace(",?", "?").replace(",.", ".")
    return left[:1].upper() + left[1:] if content_words(left) else question
