"""How recent articles are, for questions that ask for what is new."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from vectorstore.identity import published_day
from vectorstore.records import StoredArticle

Day = tuple[int, int, int]
"""A year, a month and a day."""

_FADE_YEARS = 2.0
_NOW = re.compile(
    r"\b(?:(?:this|last|past) (?:week|weekend|month|year|season|spring|summer|autumn|fall|winter)"
    r"|recent(?:ly)?|now|currently|latest|newly|soon|today|yesterday|tomorrow"
    r"|current(?= (?!(?:in|of|on|at|to|from|through|across|between|is|and|or|flows?)\b)\w)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:(?:electric(?:al)?|alternating|direct|ocean) current"
    r"|(?:black|good|super|ash|cyber) (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b[12]\d{3}\b")
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-])")


def asks_for_news(question: str) -> bool:
    """Whether a question says that it is about the present: "this week", "recently", "on Monday".

    Where it names a year it says itself when. "Electric current" and "Black Friday" are names of things.
    """
    return _YEAR.search(question) is None and _NOW.search(_NAMED.sub("", question)) is not None


def recency(articles: Sequence[StoredArticle], today: date | None = None) -> NDArray[np.float32]:
    """Return (n,), 1 for the newest of these articles, 1/e for one that is two years older, 0 for one without a date.

    It fades slowly: what was asked a while ago is not answered by what came after. Nothing shows that an article
    without a date is new, and no old one is to gain by keeping quiet about it. A date later than the day after today
    (in UTC, if not given; somewhere it is tomorrow already) is false, and counts as none: as the newest it would make
    all others old.
    """
    tomorrow = (today or datetime.now(UTC).date()) + timedelta(days=1)
    years = np.array([_fraction(published(article)) for article in articles], np.float64)
    years[years > _fraction((tomorrow.year, tomorrow.month, tomorrow.day))] = np.nan
    if np.isnan(years).all():
        return np.zeros(len(articles), np.float32)
    return np.nan_to_num(np.exp((years - np.nanmax(years)) / _FADE_YEARS)).astype(np.float32)


def published(article: StoredArticle) -> Day | None:
    """When an article was published; by its URL where it doesn't say so itself, whose day may be missing."""
    day = published_day(article.published_at)
    if day is not None:
        return day // 10_000, day // 100 % 100, day % 100
    found = _IN_URL.search(article.url or "")
    return (int(found[1]), int(found[2]), int(found[3] or 1)) if found else None


def _fraction(day: Day | None) -> float:
    """A day in years, about; NaN for none."""
    return np.nan if day is None else day[0] + (day[1] - 1) / 12 + (day[2] - 1) / 372
