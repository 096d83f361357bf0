"""What the indexes are made from: the library's passages with their vectors, whole or since a revision."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, select, update

from vectorstore.database import Database, get_meta, set_meta
from vectorstore.embedder import Embedder
from vectorstore.errors import FolderError
from vectorstore.records import Span
from vectorstore.tables import articles, passages, remember_embedding, removals, revisions

_BATCH = 2_000
_WHAT_TO_DO = "Put back a backup (`qa restore DIR`); `qa doctor` tells what is wrong."
RECIPE = "2"
"""How `index_text` prepares what is embedded: counted up with each change of it, so that a reindex embeds anew.

2: an article without a title has its beginning as its heading; before, it had none."""
_HEADING = 200  # characters of it that stand in each passage


@dataclass(frozen=True, slots=True)
class IndexBatch:
    """Passages for the indexes, in the order of their ids.

    texts: what is indexed and embedded (see `index_text`). days: like 20210813. sources: case folded.
    vectors: (n, d) float32, unit norm.
    """

    ids: list[int]
    texts: list[str]
    days: list[int | None]
    sources: list[str | None]
    vectors: NDArray[np.float32]

    def only(self, ids: Collection[int]) -> Self:
        """Those of them with these ids."""
        rows = [row for row, number in enumerate(self.ids) if number in ids]
        return type(self)(
            ids=[self.ids[row] for row in rows],
            texts=[self.texts[row] for row in rows],
            days=[self.days[row] for row in rows],
            sources=[self.sources[row] for row in rows],
            vectors=self.vectors[rows],
        )


def index_text(title: str | None, text: str, span: Span) -> str:
    """A passage as it is embedded and indexed: the title stands inside it, which finds more than a field of its own."""
    return f"{heading(title, text)}\n{text[span.start : span.end]}"


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
        with self._database.writing(at_once=False) as connection:
            yield connection
            for index, number in folders.items():
                set_meta(connection, f"{index}_folder", number)

    def mark_indexed(self, number: int) -> None:
        """Remember that both indexes hold everything up to a revision number of the library."""
        with self._database.writing() as connection:
            set_meta(connection, "indexed", number)
            connection.execute(delete(removals).where(removals.c.removed <= number))

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

    def every(self, connection: Connection) -> Iterator[IndexBatch]:
        """All passages, in batches."""
        last = 0
        while (batch := self._batch(connection, passages.c.id > last)).ids:
            last = batch.ids[-1]
            yield batch

    def embedded_anew(
        self, connection: Connection, embedder: Embedder, progress: Callable[[int], None] | None = None
    ) -> Iterator[IndexBatch]:
        """All passages with vectors of another model, which take the place of those they had; in batches.

        progress: called with how many more passages have been embedded. Raises EmbeddingError or StorageError.
        """
        new = update(passages).where(passages.c.id == bindparam("passage"))
        for batch in self.every(connection):
            vectors = embedder.embed_passages(batch.texts).astype("<f4", copy=False)
            rows = zip(batch.ids, vectors, strict=True)
            connection.execute(new, [{"passage": number, "embedding": row.tobytes()} for number, row in rows])
            if progress is not None:
                progress(len(batch.ids))
            yield replace(batch, vectors=vectors)
        remember_embedding(connection, embedder.name, embedder.dimensions)
        set_meta(connection, "recipe", RECIPE)

    def _batch(self, connection: Any, which: ColumnElement[bool]) -> IndexBatch:
        fields = (passages.c.id, passages.c.article, passages.c.start, passages.c.end, passages.c.embedding)
        query = select(*fields, articles.c.day, articles.c.source).join(articles, articles.c.pk == passages.c.article)
        rows = connection.execute(query.where(which).order_by(passages.c.id).limit(_BATCH)).all()
        texts = self._texts(connection, list(dict.fromkeys(row.article for row in rows)))
        return IndexBatch(
            ids=[row.id for row in rows],
            texts=[index_text(*_text_of(row.article, texts), Span(row.start, row.end)) for row in rows],
            days=[row.day for row in rows],
            sources=[row.source for row in rows],
            vectors=stacked([row.embedding for row in rows]),
        )

    def _texts(self, connection: Any, pks: Sequence[int]) -> dict[int, tuple[str | None, str]]:
        """(title, text) of the current revision of each of these articles."""
        current = and_(articles.c.pk == revisions.c.article, articles.c.revision == revisions.c.revision)
        query = select(revisions.c.article, revisions.c.title, revisions.c.text).join(articles, current)
        found = {}
        for start in range(0, len(pks), 500):
            rows = connection.execute(query.where(revisions.c.article.in_(pks[start : start + 500])))
            found.update({row.article: (row.title, row.text) for row in rows})
        return found


def stacked(blobs: Sequence[bytes]) -> NDArray[np.float32]:
    """Stored embeddings as (n, d) float32; (0, 0) where there are none. Read-only. Raises FolderError."""
    if not blobs:
        return np.zeros((0, 0), np.float32)
    if len({len(blob) for blob in blobs}) > 1:
        raise FolderError(f"The library is damaged: vectors of its passages have different lengths. {_WHAT_TO_DO}")
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1)


def _text_of(article: int, texts: Mapping[int, tuple[str | None, str]]) -> tuple[str | None, str]:
    if article not in texts:
        raise FolderError(f"The library is damaged: it has passages of an article without a text. {_WHAT_TO_DO}")
    return texts[article]
