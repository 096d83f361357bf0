"""The doctor over a real folder: it sees what was broken, and `repair` heals what the library can heal."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.changes import IndexBatch
from vectorstore.chroma import VectorIndex
from vectorstore.diagnosis import Diagnosis
from vectorstore.errors import IndexDamagedError
from vectorstore.identity import article_id
from vectorstore.store import Store

ARTICLES = {"a": "Kabul fell", "b": "Plum cake", "c": "Herat held out"}
Sql = Callable[[str], None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "data", FakeEmbedder())
    store.ingest([source(key, text) for key, text in ARTICLES.items()])
    yield store
    store.close()


@pytest.fixture
def sql(store: Store, tmp_path: Path) -> Sql:
    """Writes to the library behind the store's back."""

    def run(statement: str) -> None:
        with closing(sqlite3.connect(tmp_path / "data" / "library.db")) as connection, connection:
            connection.execute(statement)

    return run


def wrong(diagnosis: Diagnosis) -> list[str]:
    return [check.name for check in diagnosis.checks if not check.ok]


def found(diagnosis: Diagnosis, name: str) -> str:
    return next(check.found for check in diagnosis.checks if check.name == name)


def texts(store: Store, question: str) -> list[str]:
    return [hit.text for hit in store.search(question).hits]


def test_all_is_well(store: Store) -> None:
    store.ingest([source("a", "Kabul has fallen")])
    store.delete(article_id("b"))
    diagnosis = store.upkeep.examine(repair=True)
    assert diagnosis.ok
    assert diagnosis.repairs == ()
    assert [check.name for check in diagnosis.checks] == [
        "disk",
        "library file",
        "schema",
        "articles",
        "passages",
        "orphans",
        "chroma",
        "tantivy",
    ]
    assert found(diagnosis, "articles") == "3 texts as they were taken in"  # an older revision's, too
    assert found(diagnosis, "chroma") == "2 passages, each found by its own vector"
    assert found(diagnosis, "tantivy") == "2 passages, each found by its own words"


def test_an_empty_library_is_well(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, FakeEmbedder())) as store:
        assert store.upkeep.examine().ok


def _lose_vector(store: Store) -> None:
    with store._indexes.searching() as (vectors, _):
        vectors.remove([2])


def _lose_words(store: Store) -> None:
    with store._indexes.searching() as (_, lexical):
        lexical.remove([2])
        lexical.commit()


def _change_vector(store: Store) -> None:
    with store._indexes.searching() as (vectors, _):
        vectors.add(_batch(2, "plum"))


def _change_words(store: Store) -> None:
    with store._indexes.searching() as (_, lexical):
        lexical.add(_batch(2, "entirely different"))
        lexical.commit()


def _add_vector(store: Store) -> None:
    with store._indexes.searching() as (vectors, _):
        vectors.add(_batch(99, "plum"))


def _add_words(store: Store) -> None:
    with store._indexes.searching() as (_, lexical):
        lexical.add(_batch(99, "plum"))
        lexical.commit()


def _batch(number: int, text: str) -> IndexBatch:
    return IndexBatch([number], [text], [None], [None], FakeEmbedder().embed_passages([text]))


@pytest.mark.parametrize(
    ("damage", "name", "words"),
    [
        (_lose_vector, "chroma", "1 of 3 passages not found, 0 that belong to nothing"),
        (_change_vector, "chroma", "1 of 3 passages not found, 0 that belong to nothing"),
        (_add_vector, "chroma", "0 of 3 passages not found, 1 that belong to nothing"),
        (_lose_words, "tantivy", "1 of 3 passages not found, 0 that belong to nothing"),
        (_change_words, "tantivy", "1 of 3 passages not found, 0 that belong to nothing"),
        (_add_words, "tantivy", "0 of 3 passages not found, 1 that belong to nothing"),
    ],
)
def test_an_index_that_differs_is_told_and_made_anew(
    store: Store, damage: Callable[[Store], None], name: str, words: str
) -> None:
    damage(store)
    diagnosis = store.upkeep.examine()
    assert wrong(diagnosis) == [name]
    assert found(diagnosis, name) == words
    assert "qa doctor --repair" in str(diagnosis.checks)
    assert diagnosis.repairs == ()
    repaired = store.upkeep.examine(repair=True)
    assert repaired.ok
    assert repaired.repairs == (f"The {name} index was made anew from the library.",)
    assert texts(store, "plum")[0] == "Plum cake"


def test_an_index_that_is_not_open_is_told(store: Store) -> None:
    store._indexes.close()
    assert wrong(store.upkeep.examine()) == ["chroma", "tantivy"]
    assert store.upkeep.examine(repair=True).ok


def test_what_is_not_found_after_a_repair_is_not_called_well(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: VectorIndex, batch: object) -> None:
        raise IndexDamagedError("No space left on device")

    _lose_vector(store)
    monkeypatch.setattr(VectorIndex, "add", fail)
    diagnosis = store.upkeep.examine(repair=True)
    assert wrong(diagnosis) == ["chroma"]
    assert diagnosis.repairs[0].startswith("chroma: not repaired. The index could not be built (No space")


def test_a_passage_that_no_search_leads_to_is_added_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    added: list[list[int]] = []
    add = VectorIndex.add

    def noting(self: VectorIndex, batch: IndexBatch) -> None:
        added.append(batch.ids)
        # As among near-duplicates, where Chroma's graph leads to some from nowhere, the first time.
        add(self, batch.only([1, 2]) if len(added) == 1 else batch)

    monkeypatch.setattr(VectorIndex, "add", noting)
    store._indexes.renew(["chroma"])
    assert added == [[1, 2, 3], [3]]


@pytest.mark.parametrize(
    ("statement", "name", "words"),
    [
        (
            "UPDATE revisions SET text = replace(text, 'Kabul', 'Kabal')",
            "articles",
            "1 damaged: a-ca978112 (revision 1)",
        ),
        ("UPDATE revisions SET title = 'Other' WHERE article = 2", "articles", "1 damaged: b-3e23e816 (revision 1)"),
        ("UPDATE articles SET revision = 2 WHERE pk = 1", "articles", "1 damaged: a-ca978112 (no text)"),
        ('UPDATE passages SET "end" = "end" - 2 WHERE id = 3', "passages", "those of 1 articles don't fit them: c"),
        ('UPDATE passages SET "end" = "end" + 1 WHERE id = 3', "passages", "those of 1 articles don't fit them: c"),
        ("UPDATE passages SET ordinal = 1 WHERE id = 3", "passages", "those of 1 articles don't fit them: c"),
        ("DELETE FROM passages WHERE id = 3", "passages", "those of 1 articles don't fit them: c"),
        ("UPDATE passages SET embedding = zeroblob(256) WHERE id = 3", "passages", "those of 1 articles"),
        ("UPDATE passages SET embedding = x'00' WHERE id = 3", "passages", "those of 1 articles don't fit them: c"),
        ("DROP TABLE feedback", "schema", "lacks table feedback"),
        ("ALTER TABLE revisions DROP COLUMN author", "schema", "lacks column revisions.author"),
    ],
)
def test_damage_to_the_library_is_told_and_left_alone(
    store: Store, sql: Sql, tmp_path: Path, statement: str, name: str, words: str
) -> None:
    import qa.conversations.tables  # noqa: F401 - they are part of the schema where they are declared

    sql(statement)
    diagnosis = store.upkeep.examine()
    assert name in wrong(diagnosis)
    assert words in found(diagnosis, name)
    assert "qa restore DIR" in str(next(check.advice for check in diagnosis.checks if check.name == name))
    with closing(sqlite3.connect(tmp_path / "data" / "library.db")) as connection:
        before = list(connection.iterdump())
        store.upkeep.examine(repair=True)
        truth = [row for row in connection.iterdump() if "meta" not in row]
    assert [row for row in before if "meta" not in row] == truth


def test_orphans_are_told_and_removed(store: Store, sql: Sql) -> None:
    sql("PRAGMA foreign_keys=OFF")
    sql("UPDATE articles SET deleted = 1 WHERE pk = 1")  # its text and its passage are left
    sql("INSERT INTO revisions SELECT 77, 1, title, url, source, published_at, author, language, text_recipe, "
        "characters, content, signature, ingested_at, text FROM revisions WHERE article = 2")  # fmt: skip
    diagnosis = store.upkeep.examine()
    assert wrong(diagnosis) == ["orphans"]
    assert found(diagnosis, "orphans") == "1 passages, 2 texts of articles belong to nothing"
    repaired = store.upkeep.examine(repair=True)
    assert repaired.ok
    assert repaired.repairs == (
        "Removed from the library, as they belonged to nothing: 1 passages, 2 texts of articles.",
    )
    assert "Kabul fell" not in texts(store, "kabul")
    assert store.counts().passages == 2
    assert found(repaired, "chroma") == "2 passages, each found by its own vector"


def test_turns_without_a_conversation_are_removed(store: Store, sql: Sql) -> None:
    sql("INSERT INTO turns VALUES (1, 5, 1, 'q', NULL, 'now', 'a1', '{}')")
    sql("INSERT INTO cited VALUES (1, 'a-ca978112')")
    assert found(store.upkeep.examine(), "orphans") == "1 other rows belong to nothing"
    assert store.upkeep.examine(repair=True).ok
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM cited").scalar() == 0


def test_sql_indexes_are_made_anew(store: Store, sql: Sql, tmp_path: Path) -> None:
    sql("DROP INDEX passages_revision")
    assert found(store.upkeep.examine(), "schema") == "lacks index passages_revision"
    assert store.upkeep.examine(repair=True).ok


def test_an_sql_index_that_lacks_rows_is_made_anew(store: Store, sql: Sql, tmp_path: Path) -> None:
    sql("DROP INDEX articles_day")
    sql("CREATE INDEX articles_day ON articles (day) WHERE pk > 1")
    store.close()
    with closing(sqlite3.connect(tmp_path / "data" / "library.db")) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_master SET sql = replace(sql, ' WHERE pk > 1', '') WHERE name='articles_day'")
    with closing(Store.open(tmp_path / "data", FakeEmbedder())) as opened:
        assert found(opened.upkeep.examine(), "library file") == "damaged: row 1 missing from index articles_day"
        repaired = opened.upkeep.examine(repair=True)
        assert repaired.ok
        assert repaired.repairs == ("The indexes of the library's own tables were made anew.",)


def test_a_write_that_gets_between_is_no_fault(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    lacks = store._indexes.lacks
    calls: list[int] = []

    def once_behind() -> object:
        calls.append(1)
        if len(calls) == 1:
            store._library.commit([], "fake")
            _lose_vector(store)
            seen = lacks()
            with store._indexes.searching() as (vectors, _):
                [batch] = store._changes.added_since(0)
                vectors.add(batch)
            return seen
        return lacks()

    monkeypatch.setattr(store._indexes, "lacks", once_behind)
    diagnosis = store.upkeep.examine(repair=True)
    assert diagnosis.ok
    assert diagnosis.repairs == ()
    assert len(calls) == 2


def test_a_disk_without_room_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.disk.RESERVE", 1 << 60)
    diagnosis = store.upkeep.examine()
    assert wrong(diagnosis) == ["disk"]
    assert "free, and making the indexes anew takes" in found(diagnosis, "disk")
