"""Hybrid search: the candidates of both indexes, scored alike, of current revisions only.

BM25 finds, similarity refines. Measured on news (docs/decisions.md): fusing the two rankings as equals is worse than
BM25 alone; BM25's scores with a lighter share of similarity, over the candidates of both, are better than either, and
a share for standing near the lead adds more than similarity does.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.passages import NO_LIMITS, Candidates, Limits, PassageReader
from vectorstore.records import Filters, Hit, SearchResult

LEXICAL_CANDIDATES = 60
DENSE_CANDIDATES = 20
SIMILARITY_WEIGHT = 0.5
LEAD_WEIGHT = 0.15

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


def fuse(bm25: NDArray[np.float32], similarity: NDArray[np.float32], ordinal: NDArray[np.int64]) -> NDArray[np.float32]:
    """Scores, higher is better, from BM25 scores (0 where a passage shares no word), cosines and places in the article.

    BM25 has no fixed scale, so it counts as a share of the best. News puts what matters first, so passages lose a
    little by their distance from the lead. All are (n,):
    fuse([20, 10, 0], [.2, .6, .6], [0, 2, 0]) is [1 + .1 + .15, .5 + .3 + .05, 0 + .3 + .15].
    """
    best = bm25.max(initial=0.0)
    share = bm25 / best if best > 0 else bm25
    return (share + SIMILARITY_WEIGHT * similarity + LEAD_WEIGHT / (1 + ordinal)).astype(np.float32)


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
    ) -> SearchResult:
        """The best passages for a question and its vector, (d,) of unit norm. Raises IndexDamagedError."""
        limits = Limits.of(filters)
        counts = self._reader.counts(limits)
        if not counts.passages or limit < 1:
            return SearchResult(hits=(), searched=counts)
        dense, lexical = indexes
        wide = max(limit, LEXICAL_CANDIDATES)
        scores = dict(lexical.search(question, wide, limits))
        near = self._nearest(vector, dense, max(limit, DENSE_CANDIDATES), limits)
        found = self._reader.candidates({*scores, *near}, limits)
        if len(found.ids) < min(limit, counts.passages):
            # The indexes named passages that are gone, or too few that pass: every hit there is, is given.
            near = self._reader.nearest(vector, limit, limits)
            found = self._reader.candidates({*scores, *near}, limits)
        return SearchResult(hits=self._hits(found, scores, vector, limit), searched=counts)

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

    def _hits(
        self, found: Candidates, bm25: Mapping[int, float], vector: NDArray[np.float32], limit: int
    ) -> tuple[Hit, ...]:
        """The best of the candidates, with their articles; what was deleted or replaced in between is left out."""
        if not found.ids:
            return ()
        lexical = np.array([bm25.get(number, 0.0) for number in found.ids], np.float32)
        similarity = found.vectors @ vector
        scores = fuse(lexical, similarity, found.ordinals)
        best = np.argsort(-scores, kind="stable")[:limit].tolist()
        passages = [found.passage(number) for number in best]
        articles = self._reader.articles(passage.article_id for passage in passages)
        return tuple(
            Hit(
                passage=passage,
                article=article,
                score=float(scores[number]),
                bm25=float(lexical[number]),
                similarity=float(similarity[number]),
            )
            for number, passage in zip(best, passages, strict=True)
            if (article := articles.get(passage.article_id)) is not None and article.revision == passage.revision
        )
