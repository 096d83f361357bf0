"""Words of an article -> a citation that holds: code takes the quote from the text, so that it can't be false. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from qa.answering.told_dates import told_dates
from qa.records import Citation, Excerpt, Support
from vectorstore.records import StoredArticle


class Stretch(Protocol):
    """A stretch of an article: `article.text[start:end]`, in code points, not empty."""

    @property
    def article(self) -> StoredArticle:
        """The revision of the article that the offsets belong to."""
        ...

    @property
    def start(self) -> int:
        """Where the words begin."""
        ...

    @property
    def end(self) -> int:
        """Where they end, exclusive."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of an article, by itself."""

    article: StoredArticle
    start: int
    end: int


def cite(marker: int, stretch: Stretch, *, support: Support = "verified", also_in: Sequence[Stretch] = ()) -> Citation:
    """Return the citation of a stretch. marker: its number in the answer, from 1.

    The quote is cut from the article's text by the offsets that are given with it, and from nowhere else.
    """
    words = excerpt(stretch)
    return Citation(
        marker=marker,
        support=support,
        also_in=tuple(excerpt(other) for other in also_in),
        dates=told_dates(stretch.article, stretch.start, stretch.end),
        **asdict(words),
    )


def excerpt(stretch: Stretch) -> Excerpt:
    """Return the words of a stretch, with where they stand."""
    article = stretch.article
    return Excerpt(
        article_id=article.id,
        revision=article.revision,
        title=article.title,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        quote=article.text[stretch.start : stretch.end],
        start=stretch.start,
        end=stretch.end,
    )
