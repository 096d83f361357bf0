"""How near words and sentences are in meaning: cosines of a local embedding of words."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import Embedder

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Nearness:
    """What `Similarity.compare` found for q words of a question and n sentences; cosines, from -1 to 1.

    words: (q, n), for each word of the question the nearest word of each sentence. sentences: (n,), the cosine of the
    question's and the sentence's mean vectors.
    """

    words: Floats
    sentences: Floats


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

    def compare(self, question: Sequence[str], sentences: Sequence[Sequence[str]]) -> Nearness:
        """Hold the words of a question against those of sentences, each given as its words that carry meaning."""
        if not question or not any(sentences):
            empty = np.zeros((len(question), len(sentences)), np.float32)
            return Nearness(empty, np.zeros(len(sentences), np.float32))
        # A sentence without words gets the empty one, near to nothing, so that every sentence has its columns.
        flat = [word for words in sentences for word in (words or ("",))]
        starts = np.cumsum([0] + [max(1, len(words)) for words in sentences[:-1]])
        vectors = self._vectors_of([*question, *flat])
        asked, held = vectors[: len(question)], vectors[len(question) :]
        words = np.maximum.reduceat(asked @ held.T, starts, axis=1)
        sums = np.add.reduceat(held, starts, axis=0)
        norms = np.linalg.norm(sums, axis=1) * np.linalg.norm(asked.sum(axis=0))
        return Nearness(words, (sums @ asked.sum(axis=0)) / np.maximum(norms, 1e-6))

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
