"""Fakes and helpers for the answerer's tests: hits, evidence and embeddings made by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import numpy as np
from numpy.typing import NDArray

from qa.language.similarity import Similarity
from qa.question.understand import understand
from qa.reading.candidates import candidates_of
from qa.reading.coverage import Met, meet, terms_of
from qa.reading.evidence import Evidence
from qa.reading.spans.answer_span import AnswerSpan
from qa.records import Answer, Citation, Excerpt
from vectorstore.chunking import cut_passages
from vectorstore.duplicates import signature
from vectorstore.records import Counts, Filters, Hit, Passage, Place, SearchResult, StoredArticle
from vectorstore.sentences import split_sentences
from vectorstore.store import Store


@dataclass
class FakeEmbedder:
    """Gives each word the vector that it was given, and one of zeros to all others: near to nothing.

    calls: the texts of each call.
    """

    known: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    dimensions: int = 2
    name: str = "fake"
    calls: list[list[str]] = field(default_factory=list)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls.append(list(texts))
        nothing = (0.0,) * self.dimensions
        return np.array([self.known.get(text, nothing) for text in texts], np.float32).reshape(-1, self.dimensions)

    def embed_question(self, text: str) -> NDArray[np.float32]:
        raise AssertionError("the answerer compares words and sentences only")


def quotes_of(answer: Answer) -> list[Citation | Excerpt]:
    """All words that an answer cites, those of other articles too."""
    quotes: list[Citation | Excerpt] = []
    for citation in answer.citations:
        quotes += [citation, *citation.also_in]
    return quotes


def nothing_alike() -> Similarity:
    return Similarity(FakeEmbedder())


def article(text: str, name: str = "a", **fields: str | None) -> StoredArticle:
    given: dict[str, str | None] = {"title": None, "url": None, "source": None, "published_at": None, **fields}
    return StoredArticle(
        id=name,
        revision=1,
        current=True,
        text=text,
        title=given["title"],
        url=given["url"],
        source=given["source"],
        published_at=given["published_at"],
        ingested_at=datetime(2026, 1, 1, tzinfo=UTC),
        signature=signature(text),
    )


def hit(of: StoredArticle, start: int = 0, end: int | None = None, *, number: int = 1, score: float = 1.0) -> Hit:
    """A passage of an article, all of it unless start and end say otherwise. number: the passage's own."""
    passage = Passage(number, of.id, of.revision, 0, start, len(of.text) if end is None else end)
    return Hit(passage=passage, article=of, score=score, bm25=score, similarity=0.6)


def hits(*texts: str) -> list[Hit]:
    """One passage for each text, of articles "a", "b", ..., all of one score."""
    return [hit(article(text, chr(ord("a") + place)), number=place) for place, text in enumerate(texts)]


def _all_met() -> Met:
    """What a sentence that holds every word of a question meets of it."""
    (one,) = candidates_of(hits("The ferry burned."))
    asked = understand("Why did the ferry burn?")
    return meet(asked, terms_of(asked, lambda _: 1.0), one, {"ferri": 0.0, "burn": 0.0})


ALL_MET = _all_met()


def evidence(
    sentence: str,
    of: StoredArticle | None = None,
    *,
    score: float = 0.8,
    met: Met = ALL_MET,
    spans: Sequence[AnswerSpan] = (),
) -> Evidence:
    """A sentence as evidence, of an article that is only it unless one that holds it is given."""
    held = of or article(sentence, sentence)
    start = held.text.index(sentence)
    before = [span.start for span in split_sentences(held.text) if span.start < start]
    return Evidence(held, start, start + len(sentence), score, met, tuple(spans), before[-1] if before else None)


def span(sentence: str, words: str, value: str | None = None, fit: float = 1.0) -> AnswerSpan:
    start = sentence.index(words)
    return AnswerSpan(start, start + len(words), words if value is None else value, fit)


@dataclass
class FakeStore:
    """Finds all passages of its articles whatever is asked, the first first, all words equally telling."""

    held: Sequence[StoredArticle]
    database: None = None

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        filters: Filters | None = None,
        also: Sequence[Place] = (),
        language: str = "en",
    ) -> SearchResult:
        cut = [(one, passage) for one in self.held for passage in cut_passages(one.text)]
        found = tuple(
            hit(one, passage.start, passage.end, number=number, score=1 / (1 + number))
            for number, (one, passage) in enumerate(cut[:limit])
        )
        return SearchResult(found, Counts(len(self.held), len(cut)))

    def reprints(self, article: StoredArticle, filters: Filters | None = None) -> list[StoredArticle]:
        return []

    def rarity(self, word: str) -> float:
        return 1.0

    def counts(self) -> Counts:
        return Counts(len(self.held), sum(len(cut_passages(one.text)) for one in self.held))

    def sources(self) -> tuple[str, ...]:
        return tuple(one.source for one in self.held if one.source)

    def when_deleting(self, forget: object) -> None:
        pass

    def close(self) -> None:
        pass

    def as_store(self) -> Store:
        return cast("Store", self)
