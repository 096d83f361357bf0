"""Rows of the library that belong to nothing any more: no search and no listing leads to them.

There are none unless something else has written to the library, or part of it was lost.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, select, text

from vectorstore.database import Database
from vectorstore.tables import articles, passages, removals, revisions
from vectorstore.writing import next_number


@dataclass(frozen=True, slots=True)
class Orphans:
    """passages: of no current revision. revisions: texts of no article, or of a deleted one. others: rows of other
    tables (turns, feedback) whose conversation is gone."""

    passages: int
    revisions: int
    others: int

    def __bool__(self) -> bool:
        return any((self.passages, self.revisions, self.others))

    def __str__(self) -> str:
        kinds = {"passages": self.passages, "texts of articles": self.revisions, "other rows": self.others}
        return ", ".join(f"{count:,} {kind}" for kind, count in kinds.items() if count)


def find_orphans(connection: Connection) -> Orphans:
    """How many there are."""
    stray = select(func.count()).select_from(passages).where(_passage_is_stray())
    left = select(func.count()).select_from(revisions).where(_revision_is_stray())
    others = [row for row in _broken_references(connection) if row[0] not in {passages.name, revisions.name}]
    return Orphans(connection.execute(stray).scalar_one(), connection.execute(left).scalar_one(), len(others))


def remove_orphans(database: Database) -> Orphans:
    """Remove them all in one transaction, from which the indexes learn of the passages; what was removed.

    Raises StorageError.
    """
    with database.writing() as connection:
        found = find_orphans(connection)
        number = next_number(connection)
        told = select(removals.c.passage)
        gone = connection.execute(
            select(passages.c.id).where(_passage_is_stray(), passages.c.id.not_in(told))
        ).scalars()
        rows = [{"passage": passage, "removed": number} for passage in gone]
        if rows:
            connection.execute(insert(removals), rows)
        connection.execute(delete(passages).where(_passage_is_stray()))
        connection.execute(delete(revisions).where(_revision_is_stray()))
        while broken := _broken_references(connection):  # what hangs on one that goes becomes one
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
            for table, row in broken:
                connection.execute(text(f"DELETE FROM {table} WHERE rowid = :row"), {"row": row})  # noqa: S608
    return found


def _passage_is_stray() -> ColumnElement[bool]:
    current = and_(articles.c.pk == passages.c.article, articles.c.revision == passages.c.revision, ~articles.c.deleted)
    return ~exists().where(current)


def _revision_is_stray() -> ColumnElement[bool]:
    return ~exists().where(and_(articles.c.pk == revisions.c.article, ~articles.c.deleted))


def _broken_references(connection: Connection) -> list[tuple[str, int]]:
    """(table, row) of rows that name one that isn't there. Only SQLite lets them come to be."""
    if connection.dialect.name != "sqlite":
        return []
    return [(row[0], row[1]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
