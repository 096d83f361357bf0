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
from vectorstore.graph_file import HEADER, clear_unset
from vectorstore.guard import guarded
from vectorstore.seal import seal, unseal

if TYPE_CHECKING:
    from vectorstore.changes import IndexBatch

Vectors = NDArray[np.float32]

# A write holds the GIL, and no signal ends it: 100 rows keep a server's loop waiting for some 20 ms. 12,000 rows take
# 8.1 s of one core by 100, 7.1 s by 500 or 1,000, 7.4 s by 2,000. By 250 they take what they take by 500, and the
# longest write 0.22 s in the place of 0.36: so much sooner does a process end that is told to.
SERVING_BATCH = 100
BULK_BATCH = 250
DATABASE = "chroma.sqlite3"
_COLLECTION = "passages"
# As the Python package would make it, so that either opens what the other made.
_CONFIGURATION = json.dumps({"hnsw": {"space": "cosine"}, "spann": None, "embedding_function": {"type": "legacy"}})
_SYNC_ROWS, _SYNC_OFTEN = 1_000, 2  # after how many rows Chroma takes its queue into the graph's files
_GRAPHS_OPEN = 16  # at once, of one collection each
_NEAR = 1e-3  # cosine distance: the same vector after its way through Chroma
_LEAST_FOUND = 0.75
_WIDELY = 1_000  # candidates, where the nearest found is not the vector itself
_IDS_AT_A_TIME = 10_000


class VectorIndex:
    """Passage ids by the nearness of their vectors (cosine)."""

    def __init__(self, folder: Path, rows_a_write: int = BULK_BATCH, *, tried: bool = False) -> None:
        """Open the index in a folder, or make one there. Raises IndexDamagedError.

        tried: open it even if it is torn, which may end the process; see `seal`.
        """
        if not tried:
            unseal(folder)
        self._folder = folder
        self.rows_a_write = rows_a_write
        self._cleared: dict[Path, int] = {}
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
        self._clear_unset()

    def remove(self, ids: Sequence[int]) -> None:
        """Remove vectors; an unknown id is no error."""
        step = self.rows_a_write
        with _guarded():
            for start in range(0, len(ids), step):
                self._engine.delete(self._collection, [str(number) for number in ids[start : start + step]])

    def commit(self) -> None:
        """Nothing: what Chroma has taken is durable."""

    def sync_often(self, often: bool) -> None:
        """From its next opening on, let what is written be in the graph's files at once, or as Chroma has it."""
        rows = _SYNC_OFTEN if often else _SYNC_ROWS
        with _guarded():
            self._engine.update_collection(
                self._collection, new_configuration_json_str=json.dumps({"hnsw": {"sync_threshold": rows}})
            )

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
        near = sum(map(_is_near, self._distances(sample.vectors)))
        return not self._not_stored(sample) and near >= _LEAST_FOUND * len(sample.ids)

    def missing(self, batch: "IndexBatch") -> list[int]:
        """Those of these passages whose vectors are not stored under their ids, or that no search leads to.

        A vector of which there are others very near is searched for more widely: see `proves`.
        """
        lost = set(self._not_stored(batch))
        for start in range(0, len(batch.ids), self.rows_a_write):
            rows = batch.vectors[start : start + self.rows_a_write]
            for place, row in enumerate(self._distances(rows), start):
                if batch.ids[place] not in lost and not _is_near(row):
                    [wider] = self._distances(batch.vectors[place : place + 1], _WIDELY)
                    if not _is_near(wider):
                        lost.add(batch.ids[place])
        return sorted(lost)

    def ids(self) -> set[int]:
        """The ids of all vectors."""
        found: set[int] = set()
        with _guarded():
            while True:
                got = self._engine.get(self._collection, limit=_IDS_AT_A_TIME, offset=len(found), include=[])
                found.update(int(name) for name in got.ids)
                if len(got.ids) < _IDS_AT_A_TIME:
                    return found

    def try_out(self, searches: int) -> None:
        """Search for so many of its own vectors, spread over all. Raises IndexDamagedError."""
        names = sorted(self.ids())
        some = [str(number) for number in names[:: len(names) // searches + 1]]
        with _guarded():
            got = self._engine.get(self._collection, some, include=["embeddings"])
        if some:
            self._distances(np.asarray(got.embeddings, np.float32))

    def _clear_unset(self) -> None:
        """Overwrite what Chroma saved with its graph and never set, where it was saved since: words of the process."""
        for header in self._folder.glob(f"*/{HEADER}"):
            saved = header.stat().st_mtime_ns
            if self._cleared.get(header) != saved:
                clear_unset(header.parent)
                self._cleared[header] = saved

    def _not_stored(self, batch: "IndexBatch") -> list[int]:
        """Those of these passages whose vectors are not stored under their ids."""
        with _guarded():
            got = self._engine.get(self._collection, [str(number) for number in batch.ids], include=["embeddings"])
            stored = {} if got.embeddings is None else dict(zip(got.ids, np.asarray(got.embeddings), strict=True))
        pairs = ((number, stored.get(str(number)), own) for number, own in zip(batch.ids, batch.vectors, strict=True))
        return [number for number, kept, own in pairs if kept is None or not np.allclose(kept, own, atol=_NEAR)]

    def _distances(self, vectors: Vectors, limit: int = 1) -> list[list[float]]:
        """The distances of the nearest so many to each, the nearest first; an empty list where nothing is found.

        Equal vectors (reprints) may stand before a vector's own id, so that the distance is what is asked for.
        """
        with _guarded():
            found = self._engine.query(self._collection, None, vectors, limit, include=["distances"])
            return found.distances or []

    def close(self) -> None:
        """Let go of its files; every call after that raises IndexDamagedError."""
        with _guarded():
            del self._engine
        seal(self._folder)


def _is_near(distances: list[float]) -> bool:
    """Whether the first of them is that of the same vector."""
    return bool(distances) and distances[0] < _NEAR


def _engine(folder: Path) -> Bindings:
    database = SqliteDBConfig(
        hash_type=MigrationHash.MD5, migration_mode=MigrationMode.Apply, url=str(folder / DATABASE)
    )
    return Bindings(
        allow_reset=False, sqlite_db_config=database, hnsw_cache_size=_GRAPHS_OPEN, persist_path=str(folder)
    )


def _guarded() -> AbstractContextManager[None]:
    return guarded("The vector index", IndexDamagedError)
