"""Fakes and helpers for the store's tests."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.records import Article, Source

WORDS = 64


class FakeEmbedder:
    """Vectors that can be worked out by hand: dimension 0 is always 0.1, and each word adds 1 to one of the others.

    calls: the texts of each call. failures: errors to raise, one a call, before anything else (None: go on).
    """

    def __init__(self, name: str = "fake", dimensions: int = WORDS) -> None:
        self.name = name
        self.dimensions: int | None = dimensions
        self.calls: list[list[str]] = []
        self.failures: list[Exception | None] = []

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls.append(list(texts))
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
        size = self.dimensions or WORDS
        vectors = np.zeros((len(texts), size), np.float32)
        for row, text in enumerate(texts):
            vectors[row, 0] = 0.1
            for word in text.casefold().split():
                vectors[row, place(word, size)] += 1
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def embed_question(self, text: str) -> NDArray[np.float32]:
        first: NDArray[np.float32] = self.embed_passages([text])[0]
        return first


def place(word: str, size: int = WORDS) -> int:
    """The dimension that a word adds to."""
    return 1 + hashlib.sha256(word.encode()).digest()[0] % (size - 1)


def source(key: str, text: str, **fields: str) -> Source:
    """A source with one article, named after its key."""
    return Source(key, Article(key=key, text=text, **fields))
