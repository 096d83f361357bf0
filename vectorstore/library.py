"""The source of truth: articles, their revisions and their passages, in SQL. What it has committed is acknowledged."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, RowMapping, and_, delete, func, insert, select, update

from vectorstore.canonical import TEXT_RECIPE
from vectorstore.changes import RECIPE
from vectorstore.database import Database, get_meta, set_meta
from vectorstore.errors import ArticleNotFoundError, BadCursorError, EmbeddingChangedError
from vectorstore.identity import article_id, content_hash, published_day
from vectorstore.records import Article, ArticleSummary, IngestResult, Outcome, Page, Span, StoredArticle
from vectorstore.tables import articles, passages, remember_embedding, removals, revisions

_KEYS_A_QUERY = 500

Forgetting = Callable[[Connection, str], None]
"""Called with the transaction and the id of the article that it deletes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, cut and embedded, ready to be committed.

    name: where it came from. signature: see `duplicates`. vectors: (len(spans), d) float32, unit norm.
    """

    name: str
    article: Article
    signature: bytes
    spans: tuple[Span, ...]
    vectors: NDArray[np.float32]


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

    def commit(self, batch: Sequence[Prepared], embedding: str) -> list[IngestResult]:
        """Write a batch in one transaction. When this returns, its articles are acknowledged.

        embedding: the name of the model that the vectors are of. Raises StorageError or EmbeddingChangedError: then
        nothing of the batch is in.
        """
        with self.database.writing() as connection:
            for prepared in batch:
                if len(prepared.spans):
                    check_embedding(connection, embedding, prepared.vectors.shape[1])
                    remember_embedding(connection, embedding, prepared.vectors.shape[1])
            number = next_revision(connection)
            rows: list[dict[str, Any]] = []
            results = [_write(connection, prepared, number, rows) for prepared in batch]
            if rows:
                connection.execute(insert(passages), rows)
        return results

    def delete(self, public_id: str, also: Iterable[Forgetting] = ()) -> None:
        """Take an article and all its revisions away. Its key, ingested again, gets the next revision number.

        also: what else forgets it in the same transaction. Raises ArticleNotFoundError.
        """
        with self.database.writing() as connection:
            found = _find(connection, public_id)
            _drop_passages(connection, found.pk, next_revision(connection))
            connection.execute(delete(revisions).where(revisions.c.article == found.pk))
            gone = update(articles).where(articles.c.pk == found.pk)
            connection.execute(gone.values(deleted=True, day=None, source=None))
            for forget in also:
                forget(connection, found.id)

    def article(self, public_id: str, revision: int | None = None) -> StoredArticle:
        """An article's current revision, or an older one. Raises ArticleNotFoundError."""
        with self.database.reading() as connection:
            found = _find(connection, public_id)
            wanted = found.revision if revision is None else revision
            here = and_(revisions.c.article == found.pk, revisions.c.revision == wanted)
            # A number beyond the newest may be one that no database can hold.
            known = 1 <= wanted <= found.revision
            row = connection.execute(select(revisions).where(here)).mappings().first() if known else None
        if row is None:
            raise ArticleNotFoundError(
                f"Article {public_id!r} has no revision {str(wanted)[:20]}; its newest is {found.revision}."
            )
        return stored_article(found.id, row, current=wanted == found.revision)

    def page(self, limit: int, cursor: str | None) -> Page:
        """Articles, the last added first. limit: 1 or more. Raises BadCursorError."""
        if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
            raise BadCursorError(f"There is no page {cursor[:40]!r}. Begin again without a cursor.")
        current = and_(revisions.c.article == articles.c.pk, revisions.c.revision == articles.c.revision)
        fields = [column for column in revisions.c if column.name not in {"text", "signature"}]
        query = select(articles.c.pk, articles.c.id, *fields).join(revisions, current).where(~articles.c.deleted)
        if cursor is not None:
            query = query.where(articles.c.pk < int(cursor))
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(articles.c.pk.desc()).limit(limit + 1)).mappings().all()
            total = connection.execute(
                select(func.count()).select_from(articles).where(~articles.c.deleted)
            ).scalar_one()
        items = tuple(_summary(row) for row in rows[:limit])
        return Page(items=items, total=total, next_cursor=str(rows[limit - 1]["pk"]) if len(rows) > limit else None)


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


def stored_article(public_id: str, row: RowMapping, *, current: bool) -> StoredArticle:
    """A row of revisions as a record."""
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
        signature=row["signature"],
        author=row["author"],
        language=row["language"],
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
class _Found:
    pk: int
    id: str
    revision: int


def _find(connection: Connection, public_id: str) -> _Found:
    query = select(articles.c.pk, articles.c.id, articles.c.revision).where(~articles.c.deleted)
    row = connection.execute(query.where(articles.c.id == public_id)).first()
    if row is None:  # the id or the address that it came with
        row = connection.execute(query.where(articles.c.key.in_((f"id:{public_id}", public_id)))).first()
    if row is None:
        raise ArticleNotFoundError(f"There is no article {public_id[:120]!r}. The list of articles has their ids.")
    return _Found(pk=row.pk, id=row.id, revision=row.revision)


def next_revision(connection: Connection) -> int:
    """The library's own revision number, one up: what the indexes follow it by."""
    number = int(get_meta(connection, "revision") or 0) + 1
    set_meta(connection, "revision", number)
    return number


def _write(connection: Connection, prepared: Prepared, number: int, rows: list[dict[str, Any]]) -> IngestResult:
    """Write one article: a new one, a new revision, or nothing where it is the same again. rows: gets its passages."""
    article, content = prepared.article, content_hash(prepared.article)
    columns = (articles.c.pk, articles.c.id, articles.c.revision, articles.c.deleted, articles.c.content)
    row = connection.execute(select(*columns).where(articles.c.key == article.key)).first()
    if row is not None and row.content == content and not row.deleted:
        return IngestResult(prepared.name, "unchanged", row.id)
    revision = 1 if row is None else int(row.revision) + 1
    values = {
        "revision": revision,
        "deleted": False,
        "content": content,
        "day": published_day(article.published_at),
        "source": None if article.source is None else article.source.casefold(),
    }
    outcome: Outcome
    if row is None:
        outcome, public_id = "added", _free_id(connection, article.key)
        result = connection.execute(insert(articles).values(id=public_id, key=article.key, **values))
        pk = int(result.inserted_primary_key[0])  # type: ignore[index]
    else:
        outcome, public_id, pk = "added" if row.deleted else "updated", row.id, row.pk
        _drop_passages(connection, pk, number)
        connection.execute(update(articles).where(articles.c.pk == pk).values(**values))
    _write_revision(connection, prepared, pk, revision, content)
    rows.extend(_passage_rows(prepared, pk, revision, number))
    return IngestResult(prepared.name, outcome, public_id)


def _write_revision(connection: Connection, prepared: Prepared, pk: int, revision: int, content: str) -> None:
    article = prepared.article
    connection.execute(
        insert(revisions).values(
            article=pk,
            revision=revision,
            title=article.title,
            url=article.url,
            source=article.source,
            published_at=article.published_at,
            author=article.author,
            language=article.language,
            text_recipe=TEXT_RECIPE,
            characters=len(article.text),
            content=content,
            signature=prepared.signature,
            ingested_at=datetime.now(UTC).isoformat(timespec="seconds"),
            text=article.text,
        )
    )


def _passage_rows(prepared: Prepared, pk: int, revision: int, number: int) -> Iterator[dict[str, Any]]:
    vectors = prepared.vectors.astype("<f4", copy=False)
    for ordinal, (span, vector) in enumerate(zip(prepared.spans, vectors, strict=True)):
        yield {
            "article": pk,
            "revision": revision,
            "ordinal": ordinal,
            "start": span.start,
            "end": span.end,
            "added": number,
            "embedding": vector.tobytes(),
        }


def _drop_passages(connection: Connection, pk: int, number: int) -> None:
    """Take an article's passages out of every search, and leave word for the indexes."""
    gone = [{"passage": row.id, "removed": number} for row in _passage_ids(connection, pk)]
    if gone:
        connection.execute(insert(removals), gone)
        connection.execute(delete(passages).where(passages.c.article == pk))


def _passage_ids(connection: Connection, pk: int) -> Sequence[Any]:
    return connection.execute(select(passages.c.id).where(passages.c.article == pk)).all()


def _free_id(connection: Connection, key: str) -> str:
    """The key's id, with more of its hash where another key has the same one."""
    for length in (8, 16, 32):
        candidate = article_id(key, length)
        if connection.execute(select(articles.c.pk).where(articles.c.id == candidate)).first() is None:
            return candidate
    return article_id(key, 64)
