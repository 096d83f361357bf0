from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.errors import ArticleNotFoundError
from vectorstore.identity import article_id
from vectorstore.store import Store

TEXT = "The harbour pilot Marten Quill resigned over a missing ledger of tolls. Nobody has seen it since the flood."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path, FakeEmbedder())) as opened:
        opened.ingest([source(f"k{number}", f"Other words of number {number} stand here") for number in range(40)])
        yield opened


def test_nothing_is_left_of_an_article_in_any_file(store: Store, tmp_path: Path) -> None:
    store.ingest([source("a", TEXT, title="A pilot resigns in the harbour")])
    store.ingest([source("a", TEXT.replace("Marten", "Mattis"), title="A pilot resigns in the harbour")])
    erased = store.erase(article_id("a"))
    assert (erased.article_id, erased.left) == (article_id("a"), ())
    assert (erased.words, erased.vectors, erased.stems) == (5, 1, 20)
    assert erased.files > 8
    for word in (b"Marten", b"Mattis", b"pilot", b"ledger"):
        assert not [path for path in tmp_path.rglob("*") if path.is_file() and word in path.read_bytes()]
    with pytest.raises(ArticleNotFoundError):
        store.erase(article_id("a"))
    assert store.check().ready
    assert len(store.search("words", limit=100).hits) == 40


def test_a_damaged_lexical_index_keeps_no_article_from_being_deleted(store: Store, tmp_path: Path) -> None:
    store.ingest([source("a", TEXT)])
    store._indexes._lexical.close()
    assert store.erase(article_id("a")).left == ()
    with pytest.raises(ArticleNotFoundError):
        store.article(article_id("a"))
    assert store.check().ready


def test_what_other_articles_have_is_not_left_of_this_one(store: Store) -> None:
    store.ingest([source("a", TEXT), source("reprint", TEXT)])
    assert store.erase(article_id("a")).left == ()
    assert [hit.text for hit in store.search("harbour pilot", limit=1).hits] == [TEXT]


def test_a_copy_in_the_folder_is_told(store: Store, tmp_path: Path) -> None:
    store.ingest([source("a", TEXT)])
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "copy.txt").write_text(f"Copied: {TEXT}")
    [trace] = store.erase(article_id("a")).left
    assert (trace.file, trace.words[0], trace.vectors) == ("notes/copy.txt", "The harbour pilot Marten Quill", ())


def test_words_in_another_table_are_told(store: Store) -> None:
    store.ingest([source("a", TEXT)])
    with store.database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (words TEXT)")
        connection.exec_driver_sql("INSERT INTO kept VALUES (?)", (TEXT,))
    [trace] = store.erase(article_id("a")).left
    assert trace.file == "library.db"


def test_what_an_index_still_holds_is_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.ingest([source("a", TEXT), source("b", "What stays keeps the segment")])
    with monkeypatch.context() as patched:
        patched.setattr(store.cleaning, "clean", lambda: None)
        erased = store.erase(article_id("a"))
    [vectors, words] = erased.left
    assert (vectors.file, len(vectors.vectors)) == ("chroma/chroma.sqlite3", 1)
    assert (words.file, words.words) == ("tantivy", ())
    assert {"marten", "quill", "ledger", "flood"} < set(words.stems)
