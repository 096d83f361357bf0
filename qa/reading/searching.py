"""Searching without an answer: the passages for people who want to read, and for tools that bring their own model."""

from dataclasses import dataclass

from qa.records import Searched, UnderstoodFilters
from vectorstore.records import Hit, SearchResult


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that a search found: `text` is `article.text[start:end]` of that revision.

    current: whether that is the newest revision; it may not be where the search is as of a moment.
    score: what it was ranked by, higher is better, comparable within one search only.
    """

    article_id: str
    revision: int
    title: str | None
    url: str | None
    source: str | None
    published_at: str | None
    text: str
    start: int
    end: int
    score: float
    current: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first. question: as it was searched. searched: what the filters let through.

    understood_filters: what the question's own words limited it to; None: nothing.
    """

    question: str
    passages: tuple[FoundPassage, ...]
    searched: Searched
    understood_filters: UnderstoodFilters | None = None


def found_of(question: str, result: SearchResult, understood: UnderstoodFilters | None = None) -> Found:
    """The result of a search as every surface gives it."""
    searched = Searched(result.searched.articles, result.searched.passages)
    return Found(question, tuple(map(_passage, result.hits)), searched, understood)


def _passage(hit: Hit) -> FoundPassage:
    article, passage = hit.article, hit.passage
    return FoundPassage(
        article_id=article.id,
        revision=article.revision,
        title=article.title,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        text=hit.text,
        start=passage.start,
        end=passage.end,
        score=round(hit.score, 4),
        current=article.current,
    )
