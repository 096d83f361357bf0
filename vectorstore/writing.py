"""An article into the library's tables, within a transaction: a new one, or the next revision of one that is known.

A next revision is staged where the indexes must take it in before it counts: its rows stand beside those of the current
one, numbered one higher than `articles` says, and `write` only swaps the two. So an article is never missing from a
search, nor mixed of two revisions.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, literal, select, update

from vectorstore.canonical import TEXT_RECIPE
from vectorstore.clusters import join, leave
from vectorstore.database import get_meta, set_meta
from vectorstore.identity import article_id, content_hash, published_day
from vectorstore.records import Article, IngestResult, Outcome, Span
from vectorstore.tables import articles, passages, removals, retired, revisions


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, cut and embedded, ready to be committed.

    name: where it came from. signature: see `duplicates`. vectors: (len(spans), d) float32, unit norm.
    language: as its text tells it; see `languages`.
    """

    name: str
    article: Article
    signature: bytes
    spans: tuple[Span, ...]
    vectors: NDArray[np.float32]
    language: str | None = None


def stage(connection: Connection, batch: Iterable[Prepared]) -> bool:
    """Put the next revisions of known articles beside their current ones: whether there are any."""
    keyed = {prepared.article.key: prepared for prepared in batch}
    there = select(articles).where(articles.c.key.in_(list(keyed)), ~articles.c.deleted)
    known = [(row, keyed[row.key]) for row in connection.execute(there).all()]
    replacing = [(row, prepared) for row, prepared in known if _replaces(row, prepared)]
    if not replacing:
        return False
    number = next_number(connection)
    for row, prepared in replacing:
        _drop(connection, row.pk, number, passages.c.revision > row.revision)
        connection.execute(delete(revisions).where(_later(row.pk, row.revision)))
        _insert(connection, prepared, row.pk, row.revision + 1, number, _moment())
    set_meta(connection, "staged", 1)
    return True


def unstage(connection: Connection) -> None:
    """Take away what was staged and never counted."""
    if get_meta(connection, "staged") != "1":
        return
    number = next_number(connection)
    ahead = and_(revisions.c.article == articles.c.pk, revisions.c.revision > articles.c.revision)
    for row in connection.execute(select(articles.c.pk, articles.c.revision).join(revisions, ahead)).all():
        _drop(connection, row.pk, number, passages.c.revision > row.revision)
        connection.execute(delete(revisions).where(_later(row.pk, row.revision)))
    set_meta(connection, "staged", 0)


def write(connection: Connection, prepared: Prepared, number: int) -> IngestResult:
    """Write one article: a new one, a new revision, or nothing where it is the same again.

    number: the library's own, with which its passages come.
    """
    article, row = prepared.article, _known(connection, prepared)
    if row is not None and not row.deleted and not _replaces(row, prepared):
        return IngestResult(prepared.name, "unchanged", row.id)
    revision = 1 if row is None else int(row.revision) + 1
    values = {
        "revision": revision,
        "deleted": False,
        "content": content_hash(article),
        "day": published_day(article.published_at),
        "source": None if article.source is None else article.source.casefold(),
    }
    outcome: Outcome = "updated" if row is not None and not row.deleted else "added"
    came = _moment()
    if row is None:
        public_id = _free_id(connection, article.key)
        result = connection.execute(insert(articles).values(id=public_id, key=article.key, **values))
        pk = int(result.inserted_primary_key[0])  # type: ignore[index]
    else:
        public_id, pk = row.id, row.pk
        if outcome == "updated":
            leave(connection, pk)
            came = _retire(connection, row, number, came)
        connection.execute(update(articles).where(articles.c.pk == pk).values(**values))
    if not _is_staged(connection, pk, revision, came):
        _insert(connection, prepared, pk, revision, number, came)
    join(connection, pk, prepared.signature)
    return IngestResult(prepared.name, outcome, public_id)


def erase(connection: Connection, pk: int) -> None:
    """Take an article away in all its revisions; its row stays, so that its next revision gets a new number.

    What the indexes' files hold of it is to be taken out; see `cleaning`.
    """
    number = next_number(connection)
    set_meta(connection, "uncleaned", number)
    _drop(connection, pk, number, passages.c.article == pk)
    leave(connection, pk)
    connection.execute(delete(retired).where(retired.c.article == pk))
    connection.execute(delete(revisions).where(revisions.c.article == pk))
    connection.execute(update(articles).where(articles.c.pk == pk).values(deleted=True, day=None, source=None))


def next_number(connection: Connection) -> int:
    """The library's own revision number, one up: what the indexes follow it by."""
    number = int(get_meta(connection, "revision") or 0) + 1
    set_meta(connection, "revision", number)
    return number


def _known(connection: Connection, prepared: Prepared) -> Any:
    return connection.execute(select(articles).where(articles.c.key == prepared.article.key)).first()


def _replaces(row: Any, prepared: Prepared) -> bool:
    return not row.deleted and row.content != content_hash(prepared.article)


def _later(pk: int, revision: int) -> ColumnElement[bool]:
    return and_(revisions.c.article == pk, revisions.c.revision > revision)


def _is_staged(connection: Connection, pk: int, revision: int, came: str) -> bool:
    """Whether the revision's rows are there already; from now on it came when it is swapped in."""
    row = and_(revisions.c.article == pk, revisions.c.revision == revision)
    return bool(connection.execute(update(revisions).where(row).values(ingested_at=came)).rowcount)


def _retire(connection: Connection, row: Any, number: int, now: str) -> str:
    """Move the passages of an article's current revision to the older ones: the moment at which it went.

    No clock that was set back makes two revisions current at one moment.
    """
    of_article = revisions.c.article == row.pk
    came: str = connection.execute(
        select(revisions.c.ingested_at).where(of_article, revisions.c.revision == row.revision)
    ).scalar_one()
    went = max(now, came)
    before = connection.execute(select(revisions.c.revision).where(of_article, revisions.c.revision < row.revision))
    kept = ("id", "article", "revision", "ordinal", "start", "end", "embedding")
    told = {"came": came, "went": went, "first": before.first() is None, "day": row.day, "source": row.source}
    current = and_(passages.c.article == row.pk, passages.c.revision == row.revision)
    columns = [
        *(passages.c[name] for name in kept),
        *(literal(value, retired.c[name].type) for name, value in told.items()),
    ]
    connection.execute(insert(retired).from_select([*kept, *told], select(*columns).where(current)))
    _drop(connection, row.pk, number, current)
    return went


def _insert(connection: Connection, prepared: Prepared, pk: int, revision: int, number: int, came: str) -> None:
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
            language=prepared.language or article.language,
            text_recipe=TEXT_RECIPE,
            characters=len(article.text),
            content=content_hash(article),
            signature=prepared.signature,
            ingested_at=came,
            text=article.text,
        )
    )
    if rows := list(_passage_rows(prepared, pk, revision, number)):
        connection.execute(insert(passages), rows)


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


def _drop(connection: Connection, pk: int, number: int, which: ColumnElement[bool]) -> None:
    """Take passages of an article out of every search, and leave word for the indexes."""
    mine = and_(passages.c.article == pk, which)
    gone = connection.execute(select(passages.c.id).where(mine)).scalars().all()
    if gone:
        connection.execute(insert(removals), [{"passage": passage, "removed": number} for passage in gone])
        connection.execute(delete(passages).where(mine))


def _free_id(connection: Connection, key: str) -> str:
    """The key's id, with more of its hash where another key has the same one."""
    for length in (8, 16, 32):
        candidate = article_id(key, length)
        if connection.execute(select(articles.c.pk).where(articles.c.id == candidate)).first() is None:
            return candidate
    return article_id(key, 64)


def _moment() -> str:
    """Now, in UTC, in a form that sorts."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
