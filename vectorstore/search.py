"""Hybrid search: the candidates of both indexes, scored alike, of current revisions only.

BM25 finds, similarity refines, and the best are read. Measured on news (docs/decisions.md): fusing the two rankings as
equals is worse than BM25 alone; BM25's scores with a lighter share of similarity, over the candidates of both, are
better than either, and a share for standing near the lead adds more than similarity does. What is read tells more than
scores do: whether one sentence says it all, in the question's words, under a heading that says it too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.changes import heading, index_text
from vectorstore.limits import NO_LIMITS, Limits
from vectorstore.passages import Candidates, PassageReader
from vectorstore.recency import asks_for_news, recency
from vectorstore.records import Filters, Hit, Place, SearchResult, Span
from vectorstore.rows import aloud
from vectorstore.wording import Wording, compare

LEXICAL_CANDIDATES = 60
DENSE_CANDIDATES = 20
READ_CANDIDATES = 16
SIMILARITY_WEIGHT = 0.9
LEAD_WEIGHT = 0.5
SENTENCE_WEIGHT = 0.8
PASSAGE_WEIGHT = 0.2
PAIRS_WEIGHT = 0.6
HEADING_WEIGHT = 0.5
RECENCY_WEIGHT = 0.5

# Up to as many passages, reading each stored vector is exact, and faster than looking further in the index.
_FEW = 4_000
_SPARE = 2
_WIDEST = 1_000


class VectorSearch(Protocol):
    """The vector index, as a search needs it."""

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[int]:
        """Ids, nearest first."""
        ...


class LexicalSearch(Protocol):
    """The lexical index, as a search needs it."""

    def search(self, question: str, limit: int, limits: Limits) -> list[tuple[int, float]]:
        """(id, BM25 score), best first."""
        ...

    def scores(self, question: str, ids: Sequence[int]) -> dict[int, float]:
        """The BM25 scores of these passages."""
        ...

    def scores_of(self, question: str, texts: Mapping[int, str]) -> dict[int, float]:
        """The BM25 scores of passages that it doesn't hold, by their texts."""
        ...

    def weights(self, text: str) -> dict[str, float]:
        """The stems that a text is searched by, each with how telling it is."""
        ...

    def stem(self, word: str) -> str:
        """The stem of a word in lower case."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in the texts of n passages; all (n,), from 0 to 1.

    sentence, passage, heading: how much of the question's words is in the best sentence, in all of the passage, and in
    the article's heading.
    pairs: how many of the question's words stand side by side as they do in it. recency: how new the article is; 0
    where the question doesn't ask for what is new.
    """

    sentence: NDArray[np.float32]
    passage: NDArray[np.float32]
    heading: NDArray[np.float32]
    pairs: NDArray[np.float32]
    recency: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as it is searched for."""

    vector: NDArray[np.float32]
    wording: Wording
    for_news: bool


def fuse(bm25: NDArray[np.float32], similarity: NDArray[np.float32], ordinal: NDArray[np.int64]) -> NDArray[np.float32]:
    """Scores, higher is better, from BM25 scores (0 where a passage shares no word), cosines and places in the article.

    BM25 has no fixed scale, so it counts as a share of the best. News puts what matters first, so passages lose a
    little by their distance from the lead. All are (n,):
    fuse([20, 10, 0], [.2, .6, .6], [0, 2, 0]) is [1 + .18 + .5, .5 + .54 + .17, 0 + .54 + .5].
    """
    best = bm25.max(initial=0.0)
    share = bm25 / best if best > 0 else bm25
    return (share + SIMILARITY_WEIGHT * similarity + LEAD_WEIGHT / (1 + ordinal)).astype(np.float32)


def refine(scores: NDArray[np.float32], reading: Reading) -> NDArray[np.float32]:
    """Scores (n,), higher is better, from those of `fuse` and what was found by reading.

    refine([1, 1], Reading(sentence=[.5, .5], passage=[1, .5], heading=[0, 1], pairs=[.5, 0], recency=[0, 1])) is
    [1 + .4 + .2 + 0 + .3 + 0, 1 + .4 + .1 + .5 + 0 + .5].
    """
    refined: NDArray[np.float32] = (
        scores
        + SENTENCE_WEIGHT * reading.sentence
        + PASSAGE_WEIGHT * reading.passage
        + HEADING_WEIGHT * reading.heading
        + PAIRS_WEIGHT * reading.pairs
        + RECENCY_WEIGHT * reading.recency
    )
    return refined


class Search:
    """Searches the indexes and the library. Thread-safe where they are."""

    def __init__(self, reader: PassageReader) -> None:
        self._reader = reader

    def find(
        self,
        question: str,
        vector: NDArray[np.float32],
        indexes: tuple[VectorSearch, LexicalSearch],
        limit: int,
        filters: Filters,
        also: Sequence[Place] = (),
    ) -> SearchResult:
        """The best passages for a question and its vector, (d,) of unit norm. Raises IndexDamagedError.

        also: stretches whose passages are candidates in any case, and scored like the others.
        """
        limits = Limits.of(filters)
        counts = self._reader.counts(limits)
        if not counts.passages or limit < 1:
            return SearchResult(hits=(), searched=counts)
        lexical = indexes[1]
        known = self._reader.holding(also)
        scores, near = self._named(question, vector, indexes, limit, limits)
        scores |= lexical.scores(question, [number for number in known if number not in scores])
        named = {*scores, *near, *known}
        older = self._older(vector, named, limits)
        found = self._reader.candidates({*named, *older}, limits)
        if not limits.as_of and (gone := named.difference(found.ids)):
            # Some may have been replaced just now, and the indexes named nothing yet of what came.
            found = self._reader.candidates({*named, *self._reader.successors(gone)}, limits)
        if len(found.ids) < min(limit, counts.passages):
            # The indexes named passages that are gone, or too few that pass: every hit there is, is given.
            found = self._reader.candidates({*named, *older, *self._reader.nearest(vector, limit, limits)}, limits)
        if older:
            scores |= lexical.scores_of(question, self._texts(found, set(older)))
        wording = Wording.of(question, lexical.weights(question), lexical.stem)
        asked = _Asked(vector, wording, asks_for_news(question))
        return SearchResult(hits=tuple(self._hits(asked, found, scores, limit)), searched=counts)

    def _named(
        self,
        question: str,
        vector: NDArray[np.float32],
        indexes: tuple[VectorSearch, LexicalSearch],
        limit: int,
        limits: Limits,
    ) -> tuple[dict[int, float], Sequence[int]]:
        """What the indexes name: passages with their BM25 scores, and the nearest.

        They know only what is current. Of a moment they are asked twice: also among what had been published by then.
        """
        dense, lexical = indexes
        wide = max(limit, LEXICAL_CANDIDATES)
        scores = dict(lexical.search(question, wide, limits))
        if limits.as_of:
            scores |= dict(lexical.search(question, wide, limits.published_by_then))
        return scores, self._nearest(vector, dense, max(limit, DENSE_CANDIDATES), limits)

    def _older(self, vector: NDArray[np.float32], named: Collection[int], limits: Limits) -> Sequence[int]:
        return self._reader.older(vector, named, LEXICAL_CANDIDATES, limits) if limits.as_of else ()

    def _texts(self, found: Candidates, ids: Collection[int]) -> dict[int, str]:
        """The texts of those of the candidates, as they would be indexed."""
        passages = [found.passage(place) for place, number in enumerate(found.ids) if number in ids]
        articles = self._reader.articles((one.article_id, one.revision) for one in passages)
        texts = {}
        for one in passages:
            if (article := articles.get((one.article_id, one.revision))) is not None:
                texts[one.id] = index_text(article.title, article.text, Span(one.start, one.end))
        return texts

    def _nearest(self, vector: NDArray[np.float32], dense: VectorSearch, limit: int, limits: Limits) -> Sequence[int]:
        """The nearest passages that pass. The index knows no filters (asking it costs more than the search itself):
        where few pass they are read one by one, where many pass more are taken and the rest is dropped."""
        if limits.none:
            return dense.nearest(vector, limit)
        passing = self._reader.counts(limits).passages
        if passing > _FEW:
            total = self._reader.counts(NO_LIMITS).passages
            wide = min(_WIDEST, _SPARE * limit * total // passing)
            near = self._reader.passing(dense.nearest(vector, wide), limits)
            if len(near) >= limit:
                return near[:limit]
        return self._reader.nearest(vector, limit, limits)

    def _hits(self, asked: _Asked, found: Candidates, bm25: Mapping[int, float], limit: int) -> list[Hit]:
        """The best of the candidates, with their articles; what was deleted or replaced in between is left out."""
        if not found.ids:
            return []
        lexical = np.array([bm25.get(number, 0.0) for number in found.ids], np.float32)
        similarity = found.vectors @ asked.vector
        scores = fuse(lexical, similarity, found.ordinals)
        best = np.argsort(-scores, kind="stable")[: max(limit, READ_CANDIDATES)].tolist()
        passages = [found.passage(number) for number in best]
        articles = self._reader.articles((passage.article_id, passage.revision) for passage in passages)
        hits = [
            Hit(
                passage=passage,
                article=article,
                score=float(scores[number]),
                bm25=float(lexical[number]),
                similarity=float(similarity[number]),
            )
            for number, passage in zip(best, passages, strict=True)
            if (article := articles.get((passage.article_id, passage.revision))) is not None
        ]
        refined = refine(np.array([hit.score for hit in hits], np.float32), _read(asked, hits))
        order = np.argsort(-refined, kind="stable")[:limit].tolist()
        return [replace(hits[number], score=float(refined[number])) for number in order]


def _read(asked: _Asked, hits: Sequence[Hit]) -> Reading:
    """Read the passages of hits, and their articles' headings."""
    headings = [heading(hit.article.title, hit.article.text) for hit in hits]
    likeness = compare([_aloud(hit) for hit in hits] + headings, asked.wording)
    articles = [hit.article for hit in hits]
    return Reading(
        sentence=likeness.sentence[: len(hits)],
        passage=likeness.whole[: len(hits)],
        heading=likeness.whole[len(hits) :],
        pairs=likeness.pairs[: len(hits)],
        recency=recency(articles) if asked.for_news else np.zeros(len(hits), np.float32),
    )


def _aloud(hit: Hit) -> str:
    return aloud(hit.article.text, hit.passage.start, hit.passage.end)
