"""Is the library whole? Its file, its tables, its articles' texts and what is said of their passages.

SQLite has no checksums of what it stores; the library has one of every text (see `identity.content_hash`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, and_, inspect, select

from vectorstore.database import get_meta, metadata
from vectorstore.diagnosis import Check
from vectorstore.identity import content_hash
from vectorstore.orphans import find_orphans
from vectorstore.records import Article, Span
from vectorstore.tables import articles, passages, revisions

RESTORE = "Put back a backup (`qa restore DIR`)"
REPAIR = "`qa doctor --repair`"
_AT_A_TIME = 200
_NAMED = 3
_UNIT = 1e-2  # how far from 1 the length of a vector may be
_FAULTS_ASKED = 100


def check_schema(connection: Connection) -> Check:
    """Whether the tables, columns and indexes that this version works with are there."""
    there = inspect(connection)
    names = set(there.get_table_names())
    lacking = [f"table {table.name}" for table in metadata.sorted_tables if table.name not in names]
    for table in (table for table in metadata.sorted_tables if table.name in names):
        columns = {column["name"] for column in there.get_columns(table.name)}
        indexes = {index["name"] for index in there.get_indexes(table.name)}
        lacking += [f"column {table.name}.{column.name}" for column in table.columns if column.name not in columns]
        lacking += [f"index {index.name}" for index in table.indexes if index.name not in indexes]
    version = get_meta(connection, "schema")
    if not lacking:
        return Check("schema", True, f"version {version}, complete")
    indexes_only = all(name.startswith("index ") for name in lacking)
    return Check("schema", False, f"lacks {_some(lacking)}", f"{REPAIR if indexes_only else RESTORE}.")


def add_lacking_indexes(connection: Connection) -> None:
    """Make the SQL indexes anew that are not there."""
    for table in metadata.sorted_tables:
        for index in table.indexes:
            index.create(connection, checkfirst=True)


def check_file(connection: Connection) -> Check:
    """Whether the database file is sound, by SQLite's own word. (Other databases see to theirs.)"""
    if connection.dialect.name != "sqlite":
        return Check("library file", True, f"kept by {connection.dialect.name}")
    faults = list(connection.exec_driver_sql(f"PRAGMA integrity_check({_FAULTS_ASKED})").scalars())
    if faults == ["ok"]:
        return Check("library file", True, "sound")
    advice = f"{RESTORE}. Where only an index of it is damaged, {REPAIR} makes it anew."
    return Check("library file", False, f"damaged: {str(faults[0]).splitlines()[-1][:120]}", advice)


def check_orphans(connection: Connection) -> Check:
    """Whether every row belongs to something."""
    if found := find_orphans(connection):
        return Check("orphans", False, f"{found} belong to nothing", f"{REPAIR} removes them.")
    return Check("orphans", True, "none")


def check_articles(connection: Connection) -> Check:
    """Whether every article has its text, in every revision as it was taken in."""
    count, damaged = 0, []
    for row in _revisions(connection):
        count += 1
        names = ("key", "text", "title", "url", "source", "published_at", "author")
        article = Article(**{name: row[name] for name in names})
        as_it_came = {content_hash(article), content_hash(replace(article, language=row["language"]))}
        if row["content"] not in as_it_came:  # its text may have told the language
            damaged.append(f"{row['id']} (revision {row['revision']})")
    here = and_(revisions.c.article == articles.c.pk, revisions.c.revision == articles.c.revision)
    lost = select(articles.c.id).outerjoin(revisions, here).where(~articles.c.deleted, revisions.c.article.is_(None))
    damaged += [f"{name} (no text)" for name in connection.execute(lost).scalars()]
    if not damaged:
        return Check("articles", True, f"{count:,} texts as they were taken in")
    advice = f"{RESTORE}, or `qa delete` these and take them in again."
    return Check("articles", False, f"{len(damaged):,} damaged: {_some(damaged)}", advice)


def check_passages(connection: Connection) -> Check:
    """Whether the passages of every article are stretches of its text that leave no word out, each with a vector."""
    count, wrong = 0, []
    length = int(get_meta(connection, "dimensions") or 0)
    for row in _revisions(connection, current=True):
        own = _passages_of(connection, row["article"], row["revision"])
        count += len(own)
        in_order = [each.ordinal for each in own] == list(range(len(own)))
        cut = is_well_cut(row["text"], [Span(each.start, each.end) for each in own])
        if not (in_order and cut and all(is_unit(each.embedding, length) for each in own)):
            wrong.append(row["id"])
    if not wrong:
        return Check("passages", True, f"{count:,} stretches of their texts, each with its vector")
    advice = f"{RESTORE}, or `qa delete` these and take them in again."
    return Check("passages", False, f"those of {len(wrong):,} articles don't fit them: {_some(wrong)}", advice)


def is_well_cut(text: str, spans: Sequence[Span]) -> bool:
    """Whether passages stand in order within a text, without overlap, and nothing but white space between them.

    >>> is_well_cut("One. Two.", [Span(0, 4), Span(5, 9)]), is_well_cut("One. Two.", [Span(0, 4)])
    (True, False)
    """
    end = 0
    for span in spans:
        if not end <= span.start < span.end <= len(text) or text[end : span.start].strip():
            return False
        end = span.end
    return not text[end:].strip()


def is_unit(embedding: bytes, length: int) -> bool:
    """Whether a stored embedding is a vector of so many dimensions and of the length 1."""
    if len(embedding) != 4 * length:
        return False
    norm = float(np.linalg.norm(np.frombuffer(embedding, "<f4")))
    return abs(norm - 1) < _UNIT  # False for what is no number


def _revisions(connection: Connection, *, current: bool = False) -> Iterator[Any]:
    """The revisions of articles that are not deleted, or the current ones alone, with id and key; by the article."""
    here = revisions.c.article == articles.c.pk
    here = and_(here, revisions.c.revision == articles.c.revision) if current else here
    query = select(articles.c.id, articles.c.key, revisions).join(articles, here).where(~articles.c.deleted)
    query = query.order_by(revisions.c.article, revisions.c.revision)
    yield from connection.execution_options(yield_per=_AT_A_TIME).execute(query).mappings()


def _passages_of(connection: Connection, article: int, revision: int) -> Sequence[Any]:
    own = and_(passages.c.article == article, passages.c.revision == revision)
    return connection.execute(select(passages).where(own).order_by(passages.c.ordinal)).all()


def _some(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
