"""Libraries as older versions left them (`schemas/`: dumped from what those versions wrote), opened by this one."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from qa.conversations.archive import Conversations
from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.database import SCHEMA_VERSION, Database, get_meta, set_meta, sqlite_url
from vectorstore.errors import FolderTooNewError
from vectorstore.records import Counts, Filters
from vectorstore.store import Store

_SCHEMAS = Path(__file__).parent / "schemas"
OLDER = range(1, SCHEMA_VERSION)
DAM = "dam-465889f5"


@pytest.fixture(params=OLDER)
def schema(request: pytest.FixtureRequest, tmp_path: Path) -> int:
    """A folder with a library of an older schema, without indexes."""
    with closing(sqlite3.connect(tmp_path / "library.db")) as library:
        library.executescript((_SCHEMAS / f"{request.param}.sql").read_text("utf-8"))
    number: int = request.param
    return number


def shape(path: Path) -> dict[str, Any]:
    """What a library's tables are like, whatever the order of their columns."""
    with closing(Database.open(sqlite_url(path))) as database, database.reading() as connection:
        seen = inspect(connection)
        return {
            name: (
                {column["name"]: (str(column["type"]), column["nullable"]) for column in seen.get_columns(name)},
                seen.get_pk_constraint(name)["constrained_columns"],
                sorted((key["constrained_columns"], key["referred_table"]) for key in seen.get_foreign_keys(name)),
                sorted((index["name"], index["column_names"]) for index in seen.get_indexes(name)),
                sorted(unique["column_names"] for unique in seen.get_unique_constraints(name)),
            )
            for name in seen.get_table_names()
            if name != "alembic_version"
        }


def test_every_older_schema_has_its_library() -> None:
    assert {path.stem for path in _SCHEMAS.glob("*.sql")} == {str(number) for number in OLDER}


def test_it_becomes_like_a_new_one(schema: int, tmp_path: Path) -> None:
    assert shape(tmp_path / "library.db") == shape(tmp_path / "new.db")
    assert shape(tmp_path / "library.db") == shape(tmp_path / "new.db")  # opened once more
    with closing(Database.open(sqlite_url(tmp_path / "library.db"))) as database, database.reading() as connection:
        assert get_meta(connection, "schema") == str(SCHEMA_VERSION)


def test_nothing_of_it_is_lost_and_it_can_be_used(schema: int, tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, FakeEmbedder())) as store:
        assert store.counts() == Counts(2, 2)
        assert store.article(DAM).text == "The Calder dam burst on Tuesday. Nine people died."
        assert store.article(DAM, 1).text == "The Calder dam burst on Tuesday. Seven people died."
        assert store.search("dam").hits[0].article.id == DAM
        then = datetime.now(UTC)
        assert [result.outcome for result in store.ingest([source("plum", "Plum jam")])] == ["updated"]
        assert {hit.text for hit in store.search("plum", filters=Filters(as_of=then)).hits} == {
            "Plum cake",
            "The Calder dam burst on Tuesday. Nine people died.",
        }
        kept = Conversations(store.database)
        if schema > 1:
            [turn] = kept.conversation(kept.page().items[0].id).turns
            assert (turn.question, turn.answer.citations[0].standing) == ("how many died?", "changed")
        assert kept.start("a new one").turns == 0
        assert store.check().ready


def test_a_kill_in_the_midst_leaves_it_as_it_was(schema: int, tmp_path: Path) -> None:
    code = "import os, sys; from vectorstore import database, tables; database.set_meta = lambda *_: os._exit(9)\n"
    code += "from pathlib import Path; database.Database.open(database.sqlite_url(Path(sys.argv[1])))"
    killed = subprocess.run([sys.executable, "-c", code, str(tmp_path / "library.db")], check=False)
    assert killed.returncode == 9
    with closing(sqlite3.connect(tmp_path / "library.db")) as library:
        assert library.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone() == (str(schema),)
        assert library.execute("SELECT count(*) FROM sqlite_master WHERE name = 'retired'").fetchone() == (0,)
    with closing(Store.open(tmp_path, FakeEmbedder())) as store:
        assert store.counts() == Counts(2, 2)


def test_one_of_a_newer_release_is_refused_in_a_line(tmp_path: Path) -> None:
    Store.open(tmp_path, FakeEmbedder()).close()
    with closing(Database.open(sqlite_url(tmp_path / "library.db"))) as database, database.writing() as connection:
        set_meta(connection, "schema", SCHEMA_VERSION + 1)
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(FolderTooNewError, match=rf"its schema is {SCHEMA_VERSION + 1}, this program's") as caught:
        Store.open(tmp_path, FakeEmbedder())
    assert "\n" not in str(caught.value)
    assert (tmp_path / "library.db").read_bytes() == before


def test_a_library_of_this_schema_is_opened_without_alembic(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from vectorstore import database, tables\n"
    code += "for _ in 'ab': database.Database.open(database.sqlite_url(Path(sys.argv[1]))).close()\n"
    code += "sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path / "library.db")], check=False).returncode == 0
