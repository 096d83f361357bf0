"""How near words and sentences are in meaning: cosines of a local embedding of words."""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedder import Embedder

Floats = NDArray[np.float32]


class Similarity:
    """Cosines between words, whose vectors are kept, since news uses the same ones over and over. Thread-safe.

    embedding: a local model. It need not be the one that the passages are embedded by: its vectors are compared only
    with each other, and a remote model would cost a call for every question.
    """

    def __init__(self, embedding: Embedder, *, kept_words: int = 20_000) -> None:
        self._embedding = embedding
        self._dimensions = int(embedding.dimensions or 0)
        self._kept_words = kept_words
        self._lock = threading.Lock()
        self._forget(0)

    def nearest(self, question: Sequence[str], sentences: Sequence[Sequence[str]]) -> Floats:
        """(q, n): for each of q words the cosine of the nearest word of each of n sentences, from -1 to 1.

        sentences: each as its words that carry meaning; 0 where it has none.
        """
        if not question or not any(sentences):
            return np.zeros((len(question), len(sentences)), np.float32)
        # A sentence without words gets the empty one, near to nothing, so that every sentence has its columns.
        flat = [word for words in sentences for word in (words or ("",))]
        lengths = np.array([max(1, len(words)) for words in sentences])
        vectors = self._vectors_of([*question, *flat])
        cosines = vectors[: len(question)] @ vectors[len(question) :].T
        return np.asarray(np.maximum.reduceat(cosines, np.cumsum(lengths) - lengths, axis=1), np.float32)

    def between(self, left: Sequence[str], right: Sequence[str]) -> Floats:
        """Return the cosines of each word with each other, (left, right); an empty word is near to nothing."""
        vectors = self._vectors_of([*left, *right])
        cosines: Floats = vectors[: len(left)] @ vectors[len(left) :].T
        return cosines

    def of_words(self, left: str, right: str) -> float:
        """Return the cosine of two words."""
        first, second = self._vectors_of([left, right])
        return float(first @ second)

    def of_texts(self, left: str, right: str) -> float | None:
        """Return the cosine of two texts of a few sentences; None where of one of them no word is known."""
        first, second = self._embedding.embed_passages([left, right])
        if not first.any() or not second.any():
            return None
        return float(first @ second / (np.linalg.norm(first) * np.linalg.norm(second)))

    def _vectors_of(self, words: Sequence[str]) -> Floats:
        with self._lock:
            unknown = [word for word in dict.fromkeys(words) if word not in self._rows]
            if len(self._rows) + len(unknown) > len(self._vectors):
                self._forget(len(set(words)))
                unknown = [word for word in dict.fromkeys(words) if word]
            if unknown:
                first = len(self._rows)
                self._vectors[first : first + len(unknown)] = self._embedding.embed_passages(unknown)
                self._rows.update(zip(unknown, range(first, first + len(unknown)), strict=True))
            return self._vectors[[self._rows[word] for word in words]]

    def _forget(self, needed: int) -> None:
        self._rows = {"": 0}
        self._vectors = np.zeros((max(self._kept_words, needed + 1), self._dimensions), np.float32)
