"""Whether the sources of an answer agree or differ: decided here once, for every surface to say. Pure."""

from collections.abc import Callable, Sequence
from itertools import combinations
from urllib.parse import urlsplit

from qa.records import Citation, Concord, Figure
from vectorstore.duplicates import independent
from vectorstore.records import StoredArticle


def concord_of(
    citations: Sequence[Citation],
    figures: Sequence[Figure],
    independent_sources: int,
    of_one_event: Callable[[Figure, Figure], bool],
) -> Concord | None:
    """Return whether sources agree, differ, or tell of a figure that changed in time; None where one speaks alone, or
    where one article gives both figures.

    Two figures of one article count two things ("600 UK", "3,000 US troops"): nobody differs; nor do those of two
    events. Where no two articles with different figures are of the same day, or of a day that isn't known, time passed
    ("at first 36, later 106").
    """
    if len({str(figure.value) for figure in figures}) < 2:
        return "agree" if independent_sources > 1 else None
    articles = {one.marker: {one.article_id, *(other.article_id for other in one.also_in)} for one in citations}
    bearing = [set[str]().union(*(articles.get(marker, ()) for marker in one.markers)) for one in figures]
    apart = [
        (one, other)
        for one, other in combinations(range(len(figures)), 2)
        if bearing[one].isdisjoint(bearing[other]) and of_one_event(figures[one], figures[other])
    ]
    if not apart:
        return None
    at_once = any(_is_of_one_day(figures[one], figures[other]) for one, other in apart)
    return "differ" if at_once else "changed"


def _is_of_one_day(one: Figure, other: Figure) -> bool:
    """Whether two figures were published on the same day, or may have been."""
    return one.as_of is None or other.as_of is None or one.as_of[:10] == other.as_of[:10]


def sources_of(articles: Sequence[StoredArticle]) -> int:
    """Count the independent sources among articles: those of one publisher are one, and so are near-duplicates."""
    return independent(
        [article.signature for article in articles],
        [_publisher(article) for article in articles],
        [article.cluster for article in articles],
    )


def _publisher(article: StoredArticle) -> str | None:
    """Who published an article: its source, else the host of its address; None where neither is known."""
    if article.source:
        return " ".join(article.source.casefold().split())
    return (urlsplit(article.url).hostname or "").removeprefix("www.") or None if article.url else None
