"""The records that pass between the parts of the vector store: small and frozen."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a reader gives it, before the library has it.

    key: what makes it the same article the next time it is read: its id or URL where it has one, else the file's path.
    text: as it is read; the store makes its canonical text of it (see `canonical`), in which every offset of the
    product counts Unicode code points, 0-based, end-exclusive.
    published_at: an ISO 8601 date, or date and time with zone. author: who wrote it, in words.
    language: a tag such as "en" or "pt-BR", as the article itself says.
    """

    key: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published_at: str | None = None
    author: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """One revision of an article, as the library holds it.

    revision: from 1; current: whether it is the newest of an article that has not been deleted.
    signature: the sketch of its text, by which near-duplicates (reprints) are told; see `duplicates`. cluster: a number
    that it shares with its near-duplicates; None where it isn't current, or was taken in by an older version.
    language: a tag such as "en" or "pt-BR", by its text (see `languages`); None where that tells nothing.
    """

    id: str
    revision: int
    current: bool
    text: str = field(repr=False)
    title: str | None
    url: str | None
    source: str | None
    published_at: str | None
    ingested_at: datetime
    signature: bytes = field(repr=False)
    author: str | None = None
    language: str | None = None
    cluster: int | None = None

    @property
    def published(self) -> date | None:
        """The day of publication, by the article's own clock; None where it isn't known."""
        try:
            return date.fromisoformat((self.published_at or "")[:10])
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article in a listing: everything but its text. characters: the length of the text, in code points."""

    id: str
    revision: int
    title: str | None
    url: str | None
    source: str | None
    published_at: str | None
    ingested_at: datetime
    characters: int
    author: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a listing. total: how many articles there are in all; next_cursor: null on the last page."""

    items: tuple[ArticleSummary, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text: `text[start:end]`, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a revision of an article: `article.text[start:end]`, in code points."""

    article_id: str
    revision: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article of whole sentences, some 180 words: what is embedded, indexed and found.

    id: the library's own, never used twice, even after a deletion. ordinal: its place in the article, from 0.
    """

    id: int
    article_id: str
    revision: int
    ordinal: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, best first.

    score: what it was ranked by, higher is better, comparable within one search only.
    bm25: its BM25 score, 0 where the lexical index did not name it. similarity: the cosine of question and passage.
    """

    passage: Passage
    article: StoredArticle
    score: float
    bm25: float
    similarity: float

    @property
    def text(self) -> str:
        """The passage's own words."""
        return self.article.text[self.passage.start : self.passage.end]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to; None and () mean no limit.

    since, until: days of publication, both inclusive; an undated article passes neither.
    as_of: as if asked then, on a day (by its end, in UTC) or at a moment (with its zone): of each article the revision
    that was current then. One that was taken in later counts by its first revision, if that had been published by that
    day. sources: publishers' names, case folded.
    """

    since: date | None = None
    until: date | None = None
    as_of: date | datetime | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """What the library holds now: current revisions only."""

    articles: int
    passages: int


Outcome = Literal["added", "updated", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What became of one article. name: the file or record it came from; reason: why it failed, and what to do."""

    name: str
    outcome: Outcome
    article_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader yields for each article it meets: the article, or why there is none.

    name: the file, and within a dump the line, in words a person can find it by.
    """

    name: str
    article: Article | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found: hits, best first, and how much was searched (what the filters let through)."""

    hits: tuple[Hit, ...]
    searched: Counts


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the store can answer now. detail: a line for each part ("library", "chroma", "tantivy")."""

    ready: bool
    detail: dict[str, str]
