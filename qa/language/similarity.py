"""How near words and sentences are in meaning: cosines of a local embedding of words."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedder import Embedder

Floats = NDArray[np.float32]
_WINDOW = 8  # words


@dataclass(frozen=True, slots=True)
class Nearness:
    """What `Similarity.compare` found for q words of a question and n sentences; cosines, from -1 to 1.

    words: (q, n), for each word of the question the nearest word of each sentence. sentences: (n,), the cosine of the
    question's and the sentence's mean vectors, the question's words weighted. windows: (n,), the same for the nearest
    eight words of the sentence.
    """

    words: Floats
    sentences: Floats
    windows: Floats


class Similarity:
    """Cosines between words, whose vectors are kept, since news uses the same ones over and over. Thread-safe.

    A sentence's vector is the mean of its words': WordLlama pools in the same way, and taking the words from memory
    saves it from cutting up 16 sentences anew for every question.
    embedding: a local model. It need not be the one that the passages are embedded by: its vectors are compared only
    with each other, and a remote model would cost a call for every question.
    """

    def __init__(self, embedding: Embedder, *, kept_words: int = 20_000) -> None:
        self._embedding = embedding
        self._dimensions = int(embedding.dimensions or 0)
        self._kept_words = kept_words
        self._lock = threading.Lock()
        self._forget(0)

    def compare(
        self, question: Sequence[str], sentences: Sequence[Sequence[str]], weights: Sequence[float] | None = None
    ) -> Nearness:
        """Hold the words of a question against those of sentences, each given as its words that carry meaning.

        weights: how much each word of the question counts for the mean; all alike by default.
        """
        if not question or not any(sentences):
            nothing = np.zeros(len(sentences), np.float32)
            return Nearness(np.zeros((len(question), len(sentences)), np.float32), nothing, nothing)
        # A sentence without words gets the empty one, near to nothing, so that every sentence has its columns.
        flat = [word for words in sentences for word in (words or ("",))]
        lengths = np.array([max(1, len(words)) for words in sentences])
        starts = np.cumsum(lengths) - lengths
        vectors = self._vectors_of([*question, *flat])
        asked, held = vectors[: len(question)], vectors[len(question) :]
        meant = asked.sum(axis=0) if weights is None else np.asarray(weights, np.float32) @ asked
        words = np.maximum.reduceat(asked @ held.T, starts, axis=1)
        sums = np.add.reduceat(held, starts, axis=0)
        first, last, of = _windows(starts, lengths)
        upto = np.concatenate([np.zeros((1, held.shape[1]), np.float32), held])
        for before, here in pairwise(upto):  # row by row: `cumsum` goes down the columns, and takes six times as long
            here += before
        windows = np.maximum.reduceat(_cosines(upto[last] - upto[first], meant), of)
        return Nearness(words, _cosines(sums, meant), windows)

    def between(self, left: Sequence[str], right: Sequence[str]) -> Floats:
        """Return the cosines of each word with each other, (left, right); an empty word is near to nothing."""
        vectors = self._vectors_of([*left, *right])
        cosines: Floats = vectors[: len(left)] @ vectors[len(left) :].T
        return cosines

    def of_words(self, left: str, right: str) -> float:
        """Return the cosine of two words."""
        first, second = self._vectors_of([left, right])
        return float(first @ second)

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


def _windows(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Where the windows of sentences begin and end (m,), one at every second word, and each sentence's first (n,)."""
    counts = 1 + np.maximum(0, (lengths - _WINDOW + 1) // 2)
    of = np.cumsum(counts) - counts
    place = np.arange(counts.sum()) - np.repeat(of, counts)
    first = np.repeat(starts, counts) + 2 * place
    return first, np.minimum(first + _WINDOW, np.repeat(starts + lengths, counts)), of


def _cosines(rows: Floats, one: Floats) -> Floats:
    cosines: Floats = (rows @ one) / np.maximum(np.linalg.norm(rows, axis=1) * np.linalg.norm(one), 1e-6)
    return cosines
