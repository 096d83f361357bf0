"""How recent articles are, for questions that ask for what is new."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.identity import published_day
from vectorstore.records import StoredArticle

_FADE_YEARS = 2.0
_NOW = re.compile(
    r"\b(?:(?:this|last|past) (?:week|weekend|month|year|season|spring|summer|autumn|fall|winter)"
    r"|recent(?:ly)?|now|current(?:ly)?|latest|newly|soon|today|yesterday|tomorrow"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-])")


def asks_for_news(question: str) -> bool:
    """Whether a question says that it is about the present: "this week", "recently", "on Monday"."""
    return _NOW.search(question) is not None


def recency(articles: Sequence[StoredArticle]) -> NDArray[np.float32]:
    """Return (n,), 1 for the newest of these articles, 1/e for one that is two years older or has no date.

    It fades slowly: what was asked a while ago is not answered by what came after.
    """
    years = np.array([_year(article) for article in articles], np.float64)
    if np.isnan(years).all():
        return np.zeros(len(articles), np.float32)
    age = (np.nanmax(years) - years) / _FADE_YEARS
    return np.exp(-np.nan_to_num(age, nan=1.0)).astype(np.float32)


def _year(article: StoredArticle) -> float:
    """When an article was published, in years, to the day; by its URL where it doesn't say so itself."""
    day = published_day(article.published_at)
    if day is None and (found := _IN_URL.search(article.url or "")):
        day = int(found[1]) * 10_000 + int(found[2]) * 100 + int(found[3] or 1)
    return np.nan if day is None else day // 10_000 + (day // 100 % 100 - 1) / 12 + (day % 100 - 1) / 372
