import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import OperationalError

from vectorstore.database import SCHEMA_VERSION, Database, get_meta, set_meta, sqlite_url, storage_errors
from vectorstore.errors import FolderError, FolderReadOnlyError, FolderTooNewError, StorageError
from vectorstore.tables import passages


def test_a_new_database_is_made_safe(tmp_path: Path) -> None:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    with database.reading() as connection:
        assert get_meta(connection, "schema") == str(SCHEMA_VERSION)
        pragmas = ["journal_mode", "synchronous", "foreign_keys", "secure_delete"]
        values = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas]
    assert values == ["wal", 2, 1, 1]
    database.close()
    again = Database.open(sqlite_url(tmp_path / "library.db"))
    again.close()


def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    with database.writing() as connection:
        set_meta(connection, "schema", SCHEMA_VERSION + 1)
    database.close()
    with pytest.raises(FolderTooNewError, match="Upgrade"):
        Database.open(sqlite_url(tmp_path / "library.db"))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_text("My shopping list: " * 1000)
    with pytest.raises(FolderError, match="damaged or no library"):
        Database.open(sqlite_url(tmp_path / "library.db"))
    assert (tmp_path / "library.db").read_text().startswith("My shopping list")


def test_a_database_of_something_else(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "library.db") as other:
        other.execute("CREATE TABLE recipes (name)")
    other.close()
    with pytest.raises(FolderError, match="not a library"):
        Database.open(sqlite_url(tmp_path / "library.db"))


def test_a_torn_library(tmp_path: Path) -> None:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    database.close()
    whole = (tmp_path / "library.db").read_bytes()
    (tmp_path / "library.db").write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with pytest.raises(FolderError, match="damaged"):
        Database.open(sqlite_url(tmp_path / "library.db"))


@pytest.mark.parametrize(
    ("name", "expected", "says"),
    [
        ("SQLITE_FULL", StorageError, "disk is full"),
        ("SQLITE_IOERR_WRITE", StorageError, "SQLITE_IOERR_WRITE"),
        ("SQLITE_READONLY_DBMOVED", FolderReadOnlyError, "right to write"),
        ("SQLITE_CANTOPEN", FolderReadOnlyError, "right to write"),
        ("SQLITE_CORRUPT_INDEX", FolderError, "damaged"),
    ],
)
def test_errors_say_what_to_do(name: str, expected: type[Exception], says: str) -> None:
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorname = name
    with pytest.raises(expected, match=says), storage_errors("sqlite:////data/library.db"):
        raise OperationalError("INSERT", {}, cause)


def test_a_full_disk_takes_nothing(tmp_path: Path) -> None:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    with database.reading() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()

    def fill() -> None:
        with database.writing() as connection:
            connection.execute(text(f"PRAGMA max_page_count={pages}"))
            set_meta(connection, "big", "x" * 100_000)

    with pytest.raises(StorageError, match="disk is full"):
        fill()
    with database.reading() as connection:
        assert get_meta(connection, "big") is None
    database.close()


def test_a_passage_belongs_to_a_revision(tmp_path: Path) -> None:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    row = {"article": 1, "revision": 1, "ordinal": 0, "start": 0, "end": 1, "added": 1, "embedding": b""}
    with pytest.raises(StorageError), database.writing() as connection:
        connection.execute(insert(passages), [row])
    database.close()


def test_closed_is_closed(tmp_path: Path) -> None:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    database.close()
    database.close()
    with pytest.raises(StorageError, match="closed"), database.reading():
        pass
    with pytest.raises(StorageError, match="closed"), database.writing():
        pass


def test_a_path_with_signs_of_a_url(tmp_path: Path) -> None:
    path = tmp_path / "what?uri=true&x=1#%41" / "library.db"
    path.parent.mkdir()
    Database.open(sqlite_url(path)).close()
    assert path.exists()
    assert sorted(tmp_path.iterdir()) == [path.parent]


def test_a_kill_while_the_tables_are_made_leaves_no_half_of_them(tmp_path: Path) -> None:
    code = "import os, sys; from vectorstore import database, tables; database.set_meta = lambda *_: os._exit(9)\n"
    code += "from pathlib import Path; database.Database.open(database.sqlite_url(Path(sys.argv[1])))"
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "library.db")], check=False)
    assert killed.returncode == 9
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    with database.reading() as connection:
        assert get_meta(connection, "schema") == str(SCHEMA_VERSION)
    database.close()


def test_what_is_read_together_is_of_one_moment(tmp_path: Path) -> None:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    with database.reading() as reader:
        assert get_meta(reader, "new") is None
        with database.writing() as writer:
            set_meta(writer, "new", 1)
        assert get_meta(reader, "new") is None
    with database.reading() as reader:
        assert get_meta(reader, "new") == "1"
    database.close()


def test_a_part_of_the_program_that_comes_later_gets_its_tables(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "library.db")
    with closing(Database.open(url)) as database, database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE removals")
    with closing(Database.open(url)) as database, database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM removals").scalar() == 0
