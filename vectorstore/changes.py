"""What the indexes are made from: the library's passages with their vectors, whole or since a revision."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, func, select, update

from vectorstore.database import Database, get_meta, set_meta
from vectorstore.embedder import Embedder
from vectorstore.errors import FolderError
from vectorstore.fresh_vectors import FreshVectors
from vectorstore.identity import published_day
from vectorstore.records import Span
from vectorstore.rows import aloud
from vectorstore.tables import passages, remember_embedding, removals, retired, revisions

_BATCH = 500  # between two of them whoever writes may give up
_WHAT_TO_DO = "Put back a backup (`qa restore DIR`); `qa doctor` tells what is wrong."
RECIPE = "3"
"""How `index_text` prepares what is embedded: counted up with each change of it, so that a reindex embeds anew.

2: an article without a title has its beginning as its heading; before, it had none. 3: rows of tables and items of
lists are read with what they are of."""
_HEADING = 200  # characters of it that stand in each passage
_READ = ("article", "revision", "title", "text", "published_at", "source", "language")


@dataclass(frozen=True, slots=True)
class IndexBatch:
    """Passages for the indexes, in the order of their ids.

    texts: what is indexed and embedded (see `index_text`). days: like 20210813. sources: case folded.
    languages: of their articles, as tags such as "pt-BR"; empty: none is known. vectors: (n, d) float32, unit norm.
    """

    ids: list[int]
    texts: list[str]
    days: list[int | None]
    sources: list[str | None]
    vectors: NDArray[np.float32]
    languages: list[str | None] = field(default_factory=list)

    def only(self, ids: Collection[int]) -> Self:
        """Those of them with these ids."""
        rows = [row for row, number in enumerate(self.ids) if number in ids]
        return type(self)(
            ids=[self.ids[row] for row in rows],
            texts=[self.texts[row] for row in rows],
            days=[self.days[row] for row in rows],
            sources=[self.sources[row] for row in rows],
            vectors=self.vectors[rows],
            languages=[self.languages[row] for row in rows] if self.languages else [],
        )


def index_text(title: str | None, text: str, span: Span) -> str:
    """A passage as it is embedded and indexed: the title stands inside it, which finds more than a field of its own."""
    return f"{heading(title, text)}\n{aloud(text, span.start, span.end)}"


def heading(title: str | None, text: str) -> str:
    """What says in short what an article is about: its title, or its beginning where it has none."""
    return (title or text)[:_HEADING]


class Changes:
    """The library as the indexes see it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def position(self) -> tuple[int, int]:
        """(the library's revision number, the one that the indexes have caught up with)."""
        with self._database.reading() as connection:
            return int(get_meta(connection, "revision") or 0), int(get_meta(connection, "indexed") or 0)

    def folder_number(self, index: str) -> int:
        """Which of its folders an index is in; 0 for the one without a number."""
        with self._database.reading() as connection:
            return int(get_meta(connection, f"{index}_folder") or 0)

    @contextmanager
    def moving(self, folders: Mapping[str, int]) -> Iterator[Connection]:
        """One transaction at whose end the indexes named are in the folders of these numbers."""
        with self._database.writing() as connection:
            yield connection
            for index, number in folders.items():
                set_meta(connection, f"{index}_folder", number)

    def mark_indexed(self, number: int) -> None:
        """Remember that both indexes hold everything up to a revision number of the library."""
        with self._database.writing() as connection:
            set_meta(connection, "indexed", number)
            connection.execute(delete(removals).where(removals.c.removed <= number))

    def uncleaned(self) -> int:
        """The revision number of the last deletion that the indexes' files may still hold something of; 0: of none."""
        with self._database.reading() as connection:
            return int(get_meta(connection, "uncleaned") or 0)

    def mark_clean(self, number: int) -> None:
        """Remember that the indexes' files hold nothing of what was deleted up to a revision number."""
        with self._database.writing() as connection:
            if int(get_meta(connection, "uncleaned") or 0) <= number:
                set_meta(connection, "uncleaned", 0)

    def added_since(self, number: int) -> Iterator[IndexBatch]:
        """The passages that came after a revision number and are still current; 0 for all of them."""
        last = 0
        while True:
            with self._database.reading() as connection:
                batch = self._batch(connection, and_(passages.c.added > number, passages.c.id > last))
            if not batch.ids:
                return
            last = batch.ids[-1]
            yield batch

    def removed_since(self, number: int) -> list[int]:
        """The ids of the passages that went after a revision number."""
        query = select(removals.c.passage).where(removals.c.removed > number)
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def count(self) -> int:
        """How many passages are current."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(passages)).scalar_one()

    def sample(self, size: int) -> IndexBatch:
        """Indexed passages spread over all their ids, the oldest and the newest among them."""
        with self._database.reading() as connection:
            taken = passages.c.added <= int(get_meta(connection, "indexed") or 0)
            bounds = select(func.min(passages.c.id), func.max(passages.c.id)).where(taken)
            low, high = connection.execute(bounds).one()
            marks = np.linspace(low or 0, high or 0, size).astype(int).tolist()
            nearest = [
                connection.execute(select(func.max(passages.c.id)).where(taken, passages.c.id <= mark)).scalar()
                for mark in dict.fromkeys(marks)
            ]
            return self._batch(connection, passages.c.id.in_([number for number in nearest if number is not None]))

    def embedded_by(self, embedder: Embedder) -> bool:
        """Whether the passages' vectors are those of this model and of texts as they are prepared now.

        Its dimensions must be known by now.
        """
        with self._database.reading() as connection:
            if get_meta(connection, "recipe") != RECIPE:
                return False
            length = get_meta(connection, "dimensions")
            same = embedder.dimensions is None or length in (None, str(embedder.dimensions))
            return same and get_meta(connection, "embedding") in (None, embedder.name)

    def every(self) -> Iterator[IndexBatch]:
        """All passages, in batches."""
        return self.added_since(0)

    def embedded_anew(self, embedder: Embedder, fresh: FreshVectors) -> Iterator[IndexBatch]:
        """All passages with vectors of another model, in batches. fresh: takes them, for `replace_embeddings`.

        Those of older revisions are embedded anew with them, and not given: no index has them. Raises EmbeddingError or
        StorageError.
        """
        for batch in self.every():
            vectors = embedder.embed_passages(batch.texts).astype("<f4", copy=False)
            fresh.put(batch.ids, vectors)
            yield replace(batch, vectors=vectors)
        for batch in self._older():
            fresh.put(batch.ids, embedder.embed_passages(batch.texts).astype("<f4", copy=False))

    def replace_embeddings(self, connection: Connection, embedder: Embedder, fresh: FreshVectors) -> None:
        """Let these vectors take the place of those that the passages had. Raises StorageError."""
        for ids, vectors in fresh:
            rows = [{"passage": number, "embedding": row.tobytes()} for number, row in zip(ids, vectors, strict=True)]
            for table in (passages, retired):  # no id is in both
                connection.execute(update(table).where(table.c.id == bindparam("passage")), rows)
        remember_embedding(connection, embedder.name, embedder.dimensions)
        set_meta(connection, "recipe", RECIPE)

    def _older(self) -> Iterator[IndexBatch]:
        """The passages of older revisions, in batches."""
        last = 0
        while True:
            with self._database.reading() as connection:
                batch = self._batch(connection, retired.c.id > last, retired)
            if not batch.ids:
                return
            last = batch.ids[-1]
            yield batch

    def _batch(self, connection: Connection, which: ColumnElement[bool], table: Table = passages) -> IndexBatch:
        rows = connection.execute(select(table).where(which).order_by(table.c.id).limit(_BATCH)).all()
        read = revisions_of(connection, {(row.article, row.revision) for row in rows})
        if {(row.article, row.revision) for row in rows} > read.keys():
            raise FolderError(f"The library is damaged: it has passages of an article without a text. {_WHAT_TO_DO}")
        told = [read[row.article, row.revision] for row in rows]
        return IndexBatch(
            ids=[row.id for row in rows],
            texts=[
                index_text(one.title, one.text, Span(row.start, row.end)) for one, row in zip(told, rows, strict=True)
            ],
            days=[published_day(one.published_at) for one in told],
            sources=[None if one.source is None else one.source.casefold() for one in told],
            vectors=stacked([row.embedding for row in rows]),
            languages=[one.language for one in told],
        )


def revisions_of(connection: Connection, wanted: Collection[tuple[int, int]]) -> dict[tuple[int, int], Any]:
    """Rows of these revisions, (article, number), current or older: what stands in the indexes of each."""
    query = select(*(revisions.c[name] for name in _READ))
    pks, found = sorted({article for article, _ in wanted}), {}
    for start in range(0, len(pks), 500):
        some = revisions.c.article.in_(pks[start : start + 500])
        numbers = revisions.c.revision.in_(sorted({number for _, number in wanted}))
        found.update({(row.article, row.revision): row for row in connection.execute(query.where(some, numbers))})
    return found


def stacked(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    """Stored embeddings as (n, d) float32; (0, 0) where there are none. Read-only. Raises FolderError."""
    if not blobs:
        return np.zeros((0, 0), np.float32)
    if len({len(blob) for blob in blobs}) > 1:
        raise FolderError(f"The library is damaged: vectors of its passages have different lengths. {_WHAT_TO_DO}")
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1)
