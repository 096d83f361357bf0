"""The vector index, in Chroma: ids and vectors, nothing else. Derived from the library, and disposable.

The only import of Chroma: of its engine, without the Python package around it. That only checks arguments on the way
there, and its telemetry, gRPC and embedding functions cost a first question half a second to import. Whatever the
engine raises comes out as IndexDamagedError: the store then rebuilds the index.
"""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from chromadb_rust_bindings import Bindings, MigrationHash, MigrationMode, SqliteDBConfig
from numpy.typing import NDArray

from vectorstore.errors import IndexDamagedError
from vectorstore.guard import guarded

if TYPE_CHECKING:
    from vectorstore.changes import IndexBatch

Vectors = NDArray[np.float32]

# A write holds the GIL, and no signal ends it: 100 rows keep a server's loop waiting for some 20 ms. 12,000 rows take
# 8.1 s of one core by 100, 7.1 s by 500 or 1,000, 7.4 s by 2,000.
SERVING_BATCH = 100
BULK_BATCH = 500
_COLLECTION = "passages"
_IDS = "index_metadata.pickle"
# As the Python package would make it, so that either opens what the other made.
_CONFIGURATION = json.dumps({"hnsw": {"space": "cosine"}, "spann": None, "embedding_function": {"type": "legacy"}})
_GRAPHS_OPEN = 16  # at once, of one collection each
_NEAR = 1e-3  # cosine distance: the same vector after its way through Chroma
_LEAST_FOUND = 0.75


class VectorIndex:
    """Passage ids by the nearness of their vectors (cosine)."""

    def __init__(self, folder: Path, rows_a_write: int = BULK_BATCH) -> None:
        """Open the index in a folder, or make one there. Raises IndexDamagedError."""
        self.rows_a_write = rows_a_write
        self._folder = folder
        self._is_clean = False
        with _guarded():
            self._engine = _engine(folder)
            try:
                made = self._engine.create_collection(_COLLECTION, _CONFIGURATION, get_or_create=True)
            except BaseException:
                del self._engine
                raise
        self._collection = str(made.id)

    def add(self, batch: "IndexBatch") -> None:
        """Add or replace vectors."""
        names = [str(number) for number in batch.ids]
        step = self.rows_a_write
        with _guarded():
            for start in range(0, len(names), step):
                rows = slice(start, start + step)
                self._engine.upsert(self._collection, names[rows], batch.vectors[rows])
        if names and not self._is_clean:
            _clear_unset(self._folder)
            self._is_clean = True

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors; an unknown id is no error."""
        step = self.rows_a_write
        with _guarded():
            for start in range(0, len(ids), step):
                self._engine.delete(self._collection, [str(number) for number in ids[start : start + step]])

    def commit(self) -> None:
        """Nothing: what Chroma has taken is durable."""

    def nearest(self, vector: Vectors, limit: int) -> list[int]:
        """The ids of the nearest vectors, nearest first. vector: (d,)."""
        with _guarded():
            found = self._engine.query(self._collection, None, vector[np.newaxis], limit, include=[])
            return [int(name) for name in found.ids[0]]

    def count(self) -> int:
        """How many vectors it says it has. (Not a proof: torn files lose vectors and keep the count.)"""
        with _guarded():
            count: int = self._engine.count(self._collection)
            return count

    def proves(self, sample: "IndexBatch") -> bool:
        """Whether each of these vectors is stored under its id, and a search for itself finds most of them.

        Not all: among thousands of near-duplicates Chroma's graph leads to some from nowhere (171 of 6,000, measured).
        """
        if not sample.ids:
            return True
        names, vectors = [str(number) for number in sample.ids], sample.vectors
        with _guarded():
            got = self._engine.get(self._collection, names, include=["embeddings"])
            if got.embeddings is None or set(got.ids) != set(names):
                return False
            stored = dict(zip(got.ids, np.asarray(got.embeddings), strict=True))
        same = all(np.allclose(stored[name], vector, atol=_NEAR) for name, vector in zip(names, vectors, strict=True))
        near = sum(bool(row) and row[0] < _NEAR for row in self._distances(vectors))
        return same and near >= _LEAST_FOUND * len(names)

    def _distances(self, vectors: Vectors) -> list[list[float]]:
        """The distance of what is nearest to each; an empty list where nothing is found.

        Equal vectors (reprints) may stand before a vector's own id, so that the distance is what is asked for.
        """
        with _guarded():
            found = self._engine.query(self._collection, None, vectors, 1, include=["distances"])
            return found.distances or []

    def close(self) -> None:
        """Let go of its files; every call after that raises IndexDamagedError."""
        with _guarded():
            del self._engine


def _engine(folder: Path) -> Bindings:
    database = SqliteDBConfig(
        hash_type=MigrationHash.MD5, migration_mode=MigrationMode.Apply, url=str(folder / "chroma.sqlite3")
    )
    return Bindings(
        allow_reset=False, sqlite_db_config=database, hnsw_cache_size=_GRAPHS_OPEN, persist_path=str(folder)
    )


def _clear_unset(folder: Path) -> None:
    """Overwrite the graph's files as Chroma first makes them: memory that it never set, with any words of the process.

    Until a graph is first saved, with the file of its ids, it has no content; its files keep their length.
    """
    for graph in folder.glob("*/header.bin"):
        if (graph.parent / _IDS).exists():
            continue
        for path in (graph.with_name("data_level0.bin"), graph.with_name("length.bin")):
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))


def _guarded() -> AbstractContextManager[None]:
    return guarded("The vector index", IndexDamagedError)
