"""The source of truth: articles, their revisions and their passages, in SQL. What it has committed is acknowledged."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, RowMapping, and_, func, select

from vectorstore.changes import RECIPE
from vectorstore.cursors import number_of
from vectorstore.database import Database, get_meta, set_meta
from vectorstore.duplicates import is_signature, signature
from vectorstore.errors import ArticleNotFoundError, EmbeddingChangedError
from vectorstore.held import held_vectors
from vectorstore.records import ArticleSummary, IngestResult, Page, StoredArticle
from vectorstore.tables import articles, passages, remember_embedding, revisions
from vectorstore.writing import Prepared, erase, next_number, stage, unstage, write

_KEYS_A_QUERY = 500

Forgetting = Callable[[Connection, str], None]
"""Called with the transaction and the id of the article that it deletes."""


class Library:
    """Articles in, articles out. One transaction a batch; one writer at a time (the store sees to that)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def bind(self, name: str, dimensions: int | None) -> None:
        """See that the passages are those of this embedding model, or remember it where there are none yet.

        Raises EmbeddingChangedError.
        """
        with self.database.writing() as connection:
            check_embedding(connection, name, dimensions)
            remember_embedding(connection, name, dimensions)
            if get_meta(connection, "recipe") != RECIPE and not _has_passages(connection):
                set_meta(connection, "recipe", RECIPE)

    def known(self, keys: Iterable[str]) -> dict[str, tuple[str, str]]:
        """(id, content hash) of the articles among these keys that the library holds now."""
        wanted, found = list(keys), {}
        with self.database.reading() as connection:
            for start in range(0, len(wanted), _KEYS_A_QUERY):
                among = articles.c.key.in_(wanted[start : start + _KEYS_A_QUERY])
                query = select(articles.c.key, articles.c.id, articles.c.content).where(among, ~articles.c.deleted)
                found.update({row.key: (row.id, row.content) for row in connection.execute(query)})
        return found

    def embedded(self, keys: Sequence[str], embedding: str) -> dict[str, NDArray[np.float32]]:
        """The vectors that this model gave for passages of these articles, current or older, by what was embedded."""
        with self.database.reading() as connection:
            if get_meta(connection, "embedding") != embedding or get_meta(connection, "recipe") != RECIPE:
                return {}
            return held_vectors(connection, keys)

    def stage(self, batch: Sequence[Prepared], embedding: str) -> bool:
        """Put the next revisions of known articles beside their current ones, for the indexes to take in.

        True where there are any: they count from `commit` on. Raises StorageError or EmbeddingChangedError.
        """
        with self.database.writing() as connection:
            _see_to_embedding(connection, batch, embedding)
            return stage(connection, batch)

    def unstage(self) -> None:
        """Take away what was staged and never committed."""
        with self.database.writing() as connection:
            unstage(connection)

    def commit(self, batch: Sequence[Prepared], embedding: str, *, bring_back: bool = True) -> list[IngestResult]:
        """Write a batch in one transaction. When this returns, its articles are acknowledged.

        embedding: the name of the model that the vectors are of. bring_back: write articles that were deleted, too.
        Raises StorageError or EmbeddingChangedError: then nothing of the batch is in.
        """
        with self.database.writing() as connection:
            _see_to_embedding(connection, batch, embedding)
            number = next_number(connection)
            results = [write(connection, prepared, number, bring_back=bring_back) for prepared in batch]
            set_meta(connection, "staged", 0)
        return results

    def delete(self, public_id: str, also: Iterable[Forgetting] = ()) -> None:
        """Take an article and all its revisions away. Its key, ingested again, gets the next revision number.

        also: what else forgets it in the same transaction. Raises ArticleNotFoundError.
        """
        with self.database.writing() as connection:
            found = find(connection, public_id)
            erase(connection, found.pk)
            for forget in also:
                forget(connection, found.id)

    def article(self, public_id: str, revision: int | None = None) -> StoredArticle:
        """An article's current revision, or an older one. Raises ArticleNotFoundError."""
        with self.database.reading() as connection:
            found = find(connection, public_id)
            wanted = found.revision if revision is None else revision
            here = and_(revisions.c.article == found.pk, revisions.c.revision == wanted)
            # A number beyond the newest may be one that no database can hold.
            known = 1 <= wanted <= found.revision
            row = connection.execute(select(revisions).where(here)).mappings().first() if known else None
        if row is None:
            raise ArticleNotFoundError(
                f"Article {public_id!r} has no revision {str(wanted)[:20]}; its newest is {found.revision}."
            )
        cluster = found.cluster if wanted == found.revision else None
        return stored_article(found.id, row, current=wanted == found.revision, cluster=cluster)

    def page(self, limit: int, cursor: str | None) -> Page:
        """Articles, the last added first. limit: 1 or more. Raises BadCursorError."""
        current = and_(revisions.c.article == articles.c.pk, revisions.c.revision == articles.c.revision)
        fields = [column for column in revisions.c if column.name not in {"text", "signature"}]
        query = select(articles.c.pk, articles.c.id, *fields).join(revisions, current).where(~articles.c.deleted)
        if cursor is not None:
            query = query.where(articles.c.pk < number_of(cursor))
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(articles.c.pk.desc()).limit(limit + 1)).mappings().all()
            total = connection.execute(
                select(func.count()).select_from(articles).where(~articles.c.deleted)
            ).scalar_one()
        items = tuple(_summary(row) for row in rows[:limit])
        return Page(items=items, total=total, next_cursor=str(rows[limit - 1]["pk"]) if len(rows) > limit else None)


def _see_to_embedding(connection: Connection, batch: Iterable[Prepared], embedding: str) -> None:
    """See that a batch is embedded as the library is, or remember how it is where that holds nothing yet."""
    for dimensions in {prepared.vectors.shape[1] for prepared in batch if prepared.spans}:
        check_embedding(connection, embedding, dimensions)
        remember_embedding(connection, embedding, dimensions)


def check_embedding(connection: Connection, name: str, dimensions: int | None) -> None:
    """Raise EmbeddingChangedError where the library holds passages that were embedded otherwise."""
    known = get_meta(connection, "embedding")
    length = get_meta(connection, "dimensions")
    same = known in (None, name) and (dimensions is None or length in (None, str(dimensions)))
    if not same and _has_passages(connection):
        raise EmbeddingChangedError(
            f"The articles were embedded by {_model(known, length)}, and QA_EMBEDDING is now "
            f"{_model(name, dimensions)}. Run `qa reindex` to embed them anew, or set QA_EMBEDDING back."
        )


def _has_passages(connection: Connection) -> bool:
    return connection.execute(select(passages.c.id).limit(1)).first() is not None


def _model(name: str | None, dimensions: str | int | None) -> str:
    """A model in words, with its dimensions where they are known: a remote one tells them with its first vector."""
    return f"{name}" if dimensions is None else f"{name} ({dimensions} dimensions)"


def stored_article(public_id: str, row: RowMapping, *, current: bool, cluster: int | None) -> StoredArticle:
    """A row of revisions as a record; its signature as it is made now."""
    return StoredArticle(
        id=public_id,
        revision=row["revision"],
        current=current,
        text=row["text"],
        title=row["title"],
        url=row["url"],
        source=row["source"],
        published_at=row["published_at"],
        ingested_at=datetime.fromisoformat(row["ingested_at"]),
        signature=row["signature"] if is_signature(row["signature"]) else signature(row["text"]),
        author=row["author"],
        language=row["language"],
        cluster=cluster,
    )


def _summary(row: RowMapping) -> ArticleSummary:
    return ArticleSummary(
        id=row["id"],
        revision=row["revision"],
        title=row["title"],
        url=row["url"],
        source=row["source"],
        published_at=row["published_at"],
        ingested_at=datetime.fromisoformat(row["ingested_at"]),
        characters=row["characters"],
        author=row["author"],
        language=row["language"],
    )


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is there, by its row."""

    pk: int
    id: str
    revision: int
    cluster: int | None


def find(connection: Connection, public_id: str) -> Known:
    """An article by its id, or by the id or address that it came with. Raises ArticleNotFoundError."""
    columns = (articles.c.pk, articles.c.id, articles.c.revision, articles.c.cluster)
    query = select(*columns).where(~articles.c.deleted)
    row = connection.execute(query.where(articles.c.id == public_id)).first()
    if row is None:  # the id or the address that it came with
        row = connection.execute(query.where(articles.c.key.in_((f"id:{public_id}", public_id)))).first()
    if row is None:
        raise ArticleNotFoundError(f"There is no article {public_id[:120]!r}. The list of articles has their ids.")
    return Known(pk=row.pk, id=row.id, revision=row.revision, cluster=row.cluster)
