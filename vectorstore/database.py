"""The library's database: how it is opened, what it knows of itself, and what its errors mean to a user.

Its tables are declared on `metadata` by whoever keeps something in it (`vectorstore/tables.py`,
`qa/conversations/tables.py`); opening it makes those that it doesn't have yet. A library of an older version is
brought up to this one by `migrations`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from vectorstore.errors import (
    ClosedError,
    DiskFullError,
    FolderError,
    FolderReadOnlyError,
    FolderTooNewError,
    StorageError,
    VectorstoreError,
)

SCHEMA_VERSION = 4
"""Each has its step in `migrations/versions`, which says what is new in it."""

_BUSY_MS = 10_000
_FORGET_MS = 500

metadata = MetaData()

meta = Table("meta", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))


class Database:
    """The library's database, opened: its schema is known and not newer than this program."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._at_once = engine.execution_options(immediate=True)
        self._closed = False

    @classmethod
    def open(cls, url: str | URL) -> "Database":
        """Open a database by its SQLAlchemy URL, and make its tables where there are none.

        Raises FolderTooNewError, FolderReadOnlyError, FolderError (no library of ours) or StorageError.
        """
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin)
        try:
            with storage_errors(url), engine.begin() as connection:
                _prepare(connection, url)
        except VectorstoreError:
            engine.dispose()
            raise
        return cls(engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading, all of it of one moment. Its errors come out as FolderError or StorageError."""
        self._check_open()
        with storage_errors(self.engine.url), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is durable when this ends, or none of it.

        It waits for other writers before anything is read, so that what is read still holds when it is written. Keep
        it short: nobody else writes meanwhile.
        """
        self._check_open()
        with storage_errors(self.engine.url), self._at_once.begin() as connection:
            yield connection

    def forget(self) -> None:
        """Empty the write-ahead log, which still holds what was deleted. Where something is just being read, it waits
        for the next time, or for the library to be closed."""
        if self.engine.dialect.name != "sqlite":
            return
        self._check_open()
        with suppress(DBAPIError, sqlite3.Error), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={_FORGET_MS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")

    def close(self) -> None:
        """Let go of its files. A second call does nothing."""
        self._closed = True
        self.engine.dispose()

    def _check_open(self) -> None:
        """A disposed engine would open the files again, without the folder's lock."""
        if self._closed:
            raise ClosedError("The store is closed. Open it again.")


def sqlite_url(path: Path) -> URL:
    """The SQLAlchemy URL of a SQLite file, whatever signs its path holds."""
    return URL.create("sqlite", database=str(path))


def get_meta(connection: Connection, name: str) -> str | None:
    """A fact about the library, None where it isn't known yet."""
    value: str | None = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    return value


def set_meta(connection: Connection, name: str, value: str | int) -> None:
    """Remember a fact about the library."""
    changed = connection.execute(update(meta).where(meta.c.name == name).values(value=str(value)))
    if not changed.rowcount:
        connection.execute(insert(meta).values(name=name, value=str(value)))


@contextmanager
def storage_errors(url: Any) -> Iterator[None]:
    """Turn a database's errors into ours, each with what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _translated(error, str(make_url(url).database)) from error


def _translated(error: DBAPIError, place: str) -> VectorstoreError:
    name = str(getattr(error.orig, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return FolderReadOnlyError(
            f"{place} can't be written to. Give this user the right to write to its folder and all files in it."
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return FolderError(
            f"{place} is damaged or no library. Put back a backup (`qa restore DIR`), or move it away and ingest anew."
        )
    if name.startswith("SQLITE_FULL"):
        return DiskFullError(f"The disk is full: {place} took nothing of this. Free some space and do it again.")
    return StorageError(f"{place} could not be read or written ({name or type(error.orig).__name__}). Check the disk.")


def _prepare(connection: Connection, url: str | URL) -> None:
    """See that the tables are ours, and make those that are not there yet."""
    tables = inspect(connection).get_table_names()
    place = make_url(url).database
    if not tables:
        metadata.create_all(connection)
        set_meta(connection, "schema", SCHEMA_VERSION)
        return
    version = get_meta(connection, "schema") if "meta" in tables else None
    if version is None or not version.isdigit():
        raise FolderError(f"{place} is a database, but not a library. Move it away, or set QA_DATA_DIR elsewhere.")
    if int(version) > SCHEMA_VERSION:
        raise FolderTooNewError(
            f"{place} was written by a newer version (its schema is {version}, this program's {SCHEMA_VERSION}). "
            "Upgrade this program, or set QA_DATA_DIR to another folder."
        )
    if int(version) < SCHEMA_VERSION:
        from vectorstore.migrations import upgrade  # Alembic takes as long to import as a question to answer

        upgrade(connection, int(version))
        set_meta(connection, "schema", SCHEMA_VERSION)
    metadata.create_all(connection)  # those of a part of the program that never opened this library


def _set_up_sqlite(connection: Any, _record: object) -> None:
    # sqlite3 itself would begin a transaction for no CREATE and no SELECT: `_begin` does, for all of them.
    connection.isolation_level = None
    cursor = connection.cursor()
    # WAL: readers go on while one writes. FULL: an acknowledged article survives a power cut.
    # secure_delete: the text of a deleted article is overwritten, not just forgotten (in the log, see `forget`).
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("immediate") else "BEGIN")
