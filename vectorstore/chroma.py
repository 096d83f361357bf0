"""The vector index, in Chroma: ids and vectors, nothing else. Derived from the library, and disposable.

The only import of chromadb. Whatever it raises comes out as IndexDamagedError: the store then rebuilds the index.
"""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

# onnxruntime, which comes with chromadb, would write a device id and report on import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
from chromadb.api.client import Client
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings
from numpy.typing import NDArray

from vectorstore.errors import IndexDamagedError
from vectorstore.guard import guarded

if TYPE_CHECKING:
    from vectorstore.changes import IndexBatch

Vectors = NDArray[np.float32]

# A write holds the GIL: 100 rows keep a server's loop waiting for some 20 ms, 2,000 write a third faster.
SERVING_BATCH = 100
BULK_BATCH = 2_000
_COLLECTION = "passages"
_NEAR = 1e-3  # cosine distance: the same vector after its way through Chroma
_LEAST_FOUND = 0.75


class VectorIndex:
    """Passage ids by the nearness of their vectors (cosine)."""

    def __init__(self, folder: Path, rows_a_write: int = BULK_BATCH) -> None:
        """Open the index in a folder, or make one there. Raises IndexDamagedError."""
        self.rows_a_write = rows_a_write
        with _guarded():
            self._client = _client(folder)
            try:
                self._collection = self._client.get_or_create_collection(
                    _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
                )
            except BaseException:
                self._client.close()
                raise

    def add(self, batch: "IndexBatch") -> None:
        """Add or replace vectors."""
        names = [str(number) for number in batch.ids]
        step = self.rows_a_write
        with _guarded():
            for start in range(0, len(names), step):
                self._collection.upsert(ids=names[start : start + step], embeddings=batch.vectors[start : start + step])

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors; an unknown id is no error."""
        step = self.rows_a_write
        with _guarded():
            for start in range(0, len(ids), step):
                self._collection.delete(ids=[str(number) for number in ids[start : start + step]])

    def commit(self) -> None:
        """Nothing: what Chroma has taken is durable."""

    def nearest(self, vector: Vectors, limit: int) -> list[int]:
        """The ids of the nearest vectors, nearest first. vector: (d,)."""
        with _guarded():
            found = self._collection.query(query_embeddings=vector[np.newaxis], n_results=limit, include=[])
            return [int(name) for name in found["ids"][0]]

    def count(self) -> int:
        """How many vectors it says it has. (Not a proof: torn files lose vectors and keep the count.)"""
        with _guarded():
            return self._collection.count()

    def proves(self, sample: "IndexBatch") -> bool:
        """Whether each of these vectors is stored under its id, and a search for itself finds most of them.

        Not all: among thousands of near-duplicates Chroma's graph leads to some from nowhere (171 of 6,000, measured).
        """
        if not sample.ids:
            return True
        names, vectors = [str(number) for number in sample.ids], sample.vectors
        with _guarded():
            got = self._collection.get(ids=names, include=["embeddings"])
            if got["embeddings"] is None or set(got["ids"]) != set(names):
                return False
            stored = dict(zip(got["ids"], np.asarray(got["embeddings"]), strict=True))
            # Equal vectors (reprints) may stand before its own id, so that the distance is what is asked for.
            found = self._collection.query(query_embeddings=vectors, n_results=1, include=["distances"])
        same = all(np.allclose(stored[name], vector, atol=_NEAR) for name, vector in zip(names, vectors, strict=True))
        near = sum(bool(row) and row[0] < _NEAR for row in found["distances"] or [])
        return same and near >= _LEAST_FOUND * len(names)

    def close(self) -> None:
        """Let go of its files."""
        with _guarded():
            self._client.close()


def _client(folder: Path) -> Client:
    settings = Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
    try:
        return Client(settings=settings)
    except BaseException:
        # Chroma keeps what it opened by folder, even what failed to start, and would hand that out the next time.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)  # noqa: SLF001
        raise


def _guarded() -> AbstractContextManager[None]:
    return guarded("The vector index", IndexDamagedError)
