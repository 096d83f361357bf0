import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.chroma import VectorIndex
from vectorstore.database import Database, set_meta
from vectorstore.errors import (
    ArticleNotFoundError,
    EmbeddingChangedError,
    EmbeddingError,
    FolderError,
    FolderLockedError,
    FolderReadOnlyError,
    IndexDamagedError,
    StorageError,
)
from vectorstore.identity import article_id
from vectorstore.lexical import LexicalIndex
from vectorstore.lock import read_owner
from vectorstore.records import Counts, Filters, IngestResult, Source
from vectorstore.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "data", FakeEmbedder())
    yield store
    store.close()


def texts(store: Store, question: str, limit: int = 10) -> list[str]:
    return [hit.text for hit in store.search(question, limit=limit).hits]


def test_what_goes_in_is_found(store: Store) -> None:
    assert texts(store, "kabul") == []
    store.ingest([source("a", "Kabul fell", title="News", source="The National", published_at="2021-08-13")])
    store.ingest([source("b", "Plum cake")])
    result = store.search("kabul", limit=1)
    assert [hit.text for hit in result.hits] == ["Kabul fell"]
    assert result.hits[0].article == store.article(article_id("a"))
    assert result.searched == store.counts() == Counts(articles=2, passages=2)
    assert store.search("kabul", filters=Filters(until=date(2021, 8, 12))).hits == ()
    assert [item.id for item in store.articles().items] == [article_id("b"), article_id("a")]
    assert store.embedding_name == "fake"


def test_results_are_told_as_they_come_or_returned(store: Store) -> None:
    told: list[IngestResult] = []
    assert store.ingest([source("a", "Kabul fell"), source("b", "Plum cake")], told.append) == ()
    assert [(result.name, result.outcome) for result in told] == [("a", "added"), ("b", "added")]
    assert [result.outcome for result in store.ingest([source("a", "Kabul fell")])] == ["unchanged"]


def test_a_replaced_article_is_found_by_its_new_words_only(store: Store) -> None:
    store.ingest([source("a", "Kabul fell"), source("b", "Plum cake")])
    store.ingest([source("a", "Herat fell")])
    assert set(texts(store, "kabul")) == {"Herat fell", "Plum cake"}
    assert store.article(article_id("a"), 1).text == "Kabul fell"


def test_a_deleted_article_is_not_found(store: Store) -> None:
    store.ingest([source("a", "Kabul fell"), source("b", "Plum cake")])
    store.delete(article_id("a"))
    assert texts(store, "kabul") == ["Plum cake"]
    with pytest.raises(ArticleNotFoundError):
        store.article(article_id("a"))
    with pytest.raises(ArticleNotFoundError):
        store.delete(article_id("a"))


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["put", "delete"]), st.sampled_from("abc"), st.sampled_from(["one", "two", "three"])),
        max_size=8,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_only_what_is_there_now_is_ever_found(store: Store, steps: list[tuple[str, str, str]]) -> None:
    for item in store.articles().items:
        store.delete(item.id)
    there: dict[str, str] = {}
    for step, key, text in steps:
        if step == "put":
            [result] = store.ingest([source(key, text)])
            assert result.outcome == ("unchanged" if there.get(key) == text else "updated" if key in there else "added")
            there[key] = text
        elif there.pop(key, None) is not None:
            store.delete(article_id(key))
    for question in ("one", "two", "three"):
        hits = store.search(question).hits
        assert {(hit.article.id, hit.text) for hit in hits} == {(article_id(key), text) for key, text in there.items()}
        assert len(hits) == len(there)
    assert store.counts() == Counts(len(there), len(there))
    assert store.check().ready


@given(articles=st.dictionaries(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=40), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ingesting_twice_changes_nothing(store: Store, articles: dict[str, str]) -> None:
    sources = [source(key, text) for key, text in articles.items()]
    store.ingest(sources)
    before = store.articles(), store.counts(), texts(store, "a"), store._changes.position()
    second = store.ingest(sources)
    assert {result.outcome for result in second} <= {"unchanged", "failed"}
    assert (store.articles(), store.counts(), texts(store, "a"), store._changes.position()) == before


def test_it_opens_again_in_the_same_process_and_leaves_nothing_open(tmp_path: Path) -> None:
    notices: list[str] = []
    for number in range(3):
        store = Store.open(tmp_path / "data", FakeEmbedder(), on_notice=notices.append)
        store.ingest([source(f"k{number}", "Kabul fell")])
        assert len(texts(store, "kabul")) == number + 1
        store.close()
        store.close()
    assert notices == []
    shutil.rmtree(tmp_path / "data")
    store = Store.open(tmp_path / "data", FakeEmbedder(), on_notice=notices.append)
    assert texts(store, "kabul") == []
    store.close()


def test_closed_is_closed(store: Store) -> None:
    store.ingest([source("a", "Kabul fell")])
    store.close()
    with pytest.raises(StorageError, match="closed"):
        store.search("kabul")
    with pytest.raises(StorageError, match="closed"):
        store.delete(article_id("a"))
    assert not store.check().ready


@pytest.mark.parametrize(("empty", "word"), [(False, "missing"), (True, "empty")])
def test_a_library_that_is_gone_is_told_and_nothing_is_cleared(tmp_path: Path, empty: bool, word: str) -> None:
    store = Store.open(tmp_path / "data", FakeEmbedder())
    store.ingest([source("a", "Kabul fell")])
    store.close()
    library = tmp_path / "data" / "library.db"
    kept = library.read_bytes()
    library.unlink()
    if empty:
        library.touch()
    before = sorted(path for path in (tmp_path / "data").rglob("*") if path.is_file())
    for reindexing in (False, True):
        with pytest.raises(FolderError, match=f"library.db is {word}.*chroma and tantivy.*begin anew"):
            Store.open(tmp_path / "data", FakeEmbedder(), reindexing=reindexing)
    assert sorted(path for path in (tmp_path / "data").rglob("*") if path.is_file()) == before
    library.write_bytes(kept)
    store = Store.open(tmp_path / "data", FakeEmbedder())
    assert texts(store, "kabul") == ["Kabul fell"]
    store.close()


def test_a_folder_left_empty_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "library.db").touch()
    Store.open(tmp_path, FakeEmbedder()).close()


def test_one_process_owns_a_folder(store: Store, tmp_path: Path) -> None:
    store.announce("http://127.0.0.1:8000")
    with pytest.raises(FolderLockedError) as caught:
        Store.open(tmp_path / "data", FakeEmbedder())
    assert caught.value.url == "http://127.0.0.1:8000"
    owner = read_owner(tmp_path / "data")
    assert owner is not None
    assert owner.token == store.token


def test_a_failed_opening_lets_go_of_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(url: str) -> Database:
        raise FolderReadOnlyError("It can't be written to.")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "open", refuse)
        with pytest.raises(FolderReadOnlyError):
            Store.open(tmp_path, FakeEmbedder())
    store = Store.open(tmp_path, FakeEmbedder())
    store.ingest([source("a", "Kabul fell")])
    store.close()
    with pytest.raises(EmbeddingChangedError):
        Store.open(tmp_path, FakeEmbedder("other"))
    Store.open(tmp_path, FakeEmbedder()).close()


def test_another_model_needs_a_reindex(tmp_path: Path) -> None:
    store = Store.open(tmp_path, FakeEmbedder())
    store.ingest([source("a", "Kabul fell"), source("b", "Plum cake")])
    store.close()
    other = FakeEmbedder("other", dimensions=24)
    with pytest.raises(EmbeddingChangedError, match="qa reindex"):
        Store.open(tmp_path, other)
    store = Store.open(tmp_path, other, reindexing=True)
    other.failures = [EmbeddingError("away")]
    with pytest.raises(EmbeddingError):
        store.reindex()
    heard: list[int] = []
    assert store.reindex(heard.append) == Counts(2, 2)
    assert heard == [2]
    assert texts(store, "kabul")[0] == "Kabul fell"
    store.close()
    with pytest.raises(EmbeddingChangedError):
        Store.open(tmp_path, FakeEmbedder())
    store = Store.open(tmp_path, FakeEmbedder("other", dimensions=24))
    assert store.check().ready
    store.close()


def test_a_remote_model_that_changed_is_told_when_it_shows(tmp_path: Path) -> None:
    store = Store.open(tmp_path, FakeEmbedder())
    store.ingest([source("a", "Kabul fell")])
    store.close()
    remote = FakeEmbedder()
    remote.dimensions = None
    store = Store.open(tmp_path, remote)
    remote.dimensions = 24
    with pytest.raises(EmbeddingChangedError, match="qa reindex"):
        store.search("kabul")
    [result] = store.ingest([source("b", "Plum cake")])
    assert result.outcome == "failed"
    assert "qa reindex" in (result.reason or "")
    assert store.reindex() == Counts(1, 1)
    assert texts(store, "kabul") == ["Kabul fell"]
    store.close()


class RemoteEmbedder(FakeEmbedder):
    """Tells its dimensions with its first vector, as a remote model does."""

    def __init__(self, dimensions: int) -> None:
        super().__init__("remote")
        self.dimensions, self._told = None, dimensions

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.dimensions = self._told
        return super().embed_passages(texts)


def test_a_remote_model_of_other_dimensions_is_embedded_anew(tmp_path: Path) -> None:
    store = Store.open(tmp_path, RemoteEmbedder(16))
    store.ingest([source("a", "Kabul fell", source="The National"), source("b", "Plum cake")])
    store.close()
    store = Store.open(tmp_path, RemoteEmbedder(24))
    for filters in (Filters(), Filters(sources=("The National",))):
        with pytest.raises(EmbeddingChangedError, match=r"16 dimensions.*24 dimensions.*qa reindex"):
            store.search("kabul", filters=filters)
    store.close()
    store = Store.open(tmp_path, RemoteEmbedder(24), reindexing=True)
    assert store.reindex() == Counts(2, 2)
    assert texts(store, "kabul")[0] == "Kabul fell"
    assert store.check().ready
    store.close()


def test_an_empty_library_takes_any_model(tmp_path: Path) -> None:
    Store.open(tmp_path, FakeEmbedder()).close()
    store = Store.open(tmp_path, RemoteEmbedder(24))
    assert texts(store, "kabul") == []
    assert store.reindex() == Counts(0, 0)
    store.ingest([source("a", "Kabul fell")])
    assert texts(store, "kabul") == ["Kabul fell"]
    store.delete(article_id("a"))
    store.close()
    store = Store.open(tmp_path, FakeEmbedder("other", dimensions=32))
    store.ingest([source("a", "Kabul fell")])
    assert texts(store, "kabul") == ["Kabul fell"]
    store.close()


def test_searches_go_on_while_the_indexes_are_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.ingest([source("a", "Kabul fell"), source("b", "Herat fell")])
    add, building, searched = VectorIndex.add, threading.Event(), threading.Event()

    def slowly(self: VectorIndex, batch: Any) -> None:
        building.set()
        assert searched.wait(10)
        add(self, batch)

    monkeypatch.setattr(VectorIndex, "add", slowly)
    with ThreadPoolExecutor(1) as pool:
        reindexing = pool.submit(store.reindex)
        assert building.wait(10)
        assert texts(store, "kabul")[0] == "Kabul fell"
        assert store.rarity("kabul") > store.rarity("fell")
        assert store.check().ready
        assert not reindexing.done()
        searched.set()
        assert reindexing.result(10) == Counts(2, 2)
    assert texts(store, "kabul")[0] == "Kabul fell"


@pytest.mark.parametrize("model", ["fake", "another"])
def test_others_write_to_the_library_while_the_indexes_are_made_anew(tmp_path: Path, model: str) -> None:
    store = Store.open(tmp_path, FakeEmbedder())
    store.ingest([source("a", "Kabul fell")])
    store.close()
    store = Store.open(tmp_path, FakeEmbedder(model), reindexing=True)
    told: list[int] = []

    def write(more: int) -> None:
        told.append(more)
        with store.database.writing() as connection:
            set_meta(connection, "note", len(told))

    assert store.reindex(write) == Counts(1, 1)
    assert told == [1]
    assert texts(store, "kabul") == ["Kabul fell"]
    store.close()


def test_an_embedding_that_fails_midway_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.changes._BATCH", 1)
    store = Store.open(tmp_path, FakeEmbedder())
    store.ingest([source("a", "Kabul fell"), source("b", "Plum cake")])
    before = store._changes.sample(2).vectors
    store.close()
    other = FakeEmbedder("other")
    store = Store.open(tmp_path, other, reindexing=True)
    other.failures = [None, EmbeddingError("away")]
    with pytest.raises(EmbeddingError):
        store.reindex()
    assert (store._changes.sample(2).vectors == before).all()
    with pytest.raises(EmbeddingChangedError):
        store.search("kabul")
    store.close()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["chroma", "tantivy"]
    store = Store.open(tmp_path, FakeEmbedder())
    assert texts(store, "kabul")[0] == "Kabul fell"
    store.close()


@pytest.mark.parametrize("index", [VectorIndex, LexicalIndex])
def test_a_check_mends_what_it_finds_broken(store: Store, index: type[VectorIndex | LexicalIndex]) -> None:
    store.ingest([source("a", "Kabul fell"), source("b", "Herat fell")])
    damaged = store._indexes.vectors if index is VectorIndex else store._indexes.lexical
    damaged.remove([1])
    damaged.commit()
    assert store.check().ready
    store._indexes.close()
    assert store.check().ready
    assert texts(store, "kabul")[0] == "Kabul fell"


def test_a_check_beside_deletions_finds_no_fault(store: Store) -> None:
    store.ingest([source(f"k{number}", f"number {number}") for number in range(30)])
    ids = [item.id for item in store.articles(limit=100).items]

    def delete() -> None:
        for article in ids[:20]:
            store.delete(article)

    with ThreadPoolExecutor(2) as pool:
        deleting = pool.submit(delete)
        checks = [pool.submit(store.check)]
        while not deleting.done():
            checks.append(pool.submit(store.check))
            wait(checks)
        deleting.result()
    assert [check.result().detail for check in checks if not check.result().ready] == []


def test_a_deleted_text_is_in_no_file(store: Store, tmp_path: Path) -> None:
    store.ingest([source("a", "Kabul fell to somebody"), source("b", "Plum cake")])
    store.delete(article_id("a"))
    for file in (tmp_path / "data").rglob("*"):
        assert not file.is_file() or b"fell to somebody" not in file.read_bytes(), file


def test_words_are_alike_while_the_lexical_index_is_away(store: Store) -> None:
    store.ingest([source("a", "Kabul fell"), source("b", "Herat fell")])
    assert store.rarity("kabul") > store.rarity("fell") > 0
    store._indexes.close()
    assert store.rarity("kabul") == store.rarity("fell") == 1


def test_an_index_that_fails_at_every_search_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: VectorIndex, vector: object, limit: int) -> list[int]:
        raise IndexDamagedError("wedged")

    store.ingest([source("a", "Kabul fell")])
    monkeypatch.setattr(VectorIndex, "nearest", fail)
    with pytest.raises(StorageError, match="qa reindex"):
        store.search("kabul")


def test_a_library_opened_for_reindexing_knows_its_model(tmp_path: Path) -> None:
    store = Store.open(tmp_path, FakeEmbedder(), reindexing=True)
    store.ingest([source("a", "Kabul fell")])
    store.close()
    with pytest.raises(EmbeddingChangedError):
        Store.open(tmp_path, FakeEmbedder("other"))


def test_a_reindex_with_the_same_model_embeds_nothing(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    store = Store.open(tmp_path, embedder)
    store.ingest([source("a", "Kabul fell")])
    embedder.calls.clear()
    assert store.reindex() == Counts(1, 1)
    assert embedder.calls == []
    assert texts(store, "kabul") == ["Kabul fell"]
    store.close()


def test_a_library_whose_texts_were_embedded_otherwise_answers_and_is_embedded_anew_by_a_reindex(
    tmp_path: Path,
) -> None:
    store = Store.open(tmp_path, FakeEmbedder())
    store.ingest([source("a", "Kabul fell")])
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as library:  # as before recipes were known
        assert library.execute("DELETE FROM meta WHERE name = 'recipe'").rowcount == 1
    library.close()
    embedder = FakeEmbedder()
    store = Store.open(tmp_path, embedder)
    store.ingest([source("b", "Plum cake")])
    assert texts(store, "kabul")[0] == "Kabul fell"
    for embedded in (2, 0):
        embedder.calls.clear()
        assert store.reindex() == Counts(2, 2)
        assert sum(len(call) for call in embedder.calls) == embedded
    assert texts(store, "kabul")[0] == "Kabul fell"
    store.close()


@pytest.mark.parametrize("index", [VectorIndex, LexicalIndex])
def test_an_index_that_fails_loses_no_article(
    store: Store, monkeypatch: pytest.MonkeyPatch, index: type[VectorIndex | LexicalIndex]
) -> None:
    add, failed = index.add, list[bool]()

    def fail_once(self: VectorIndex, batch: object) -> None:
        if not failed:
            failed.append(True)
            raise IndexDamagedError("wedged")
        add(self, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(index, "add", fail_once)
    assert [result.outcome for result in store.ingest([source("a", "Kabul fell")])] == ["added"]
    assert texts(store, "kabul") == ["Kabul fell"]
    assert store.check().ready


def test_an_index_that_stays_broken_is_told_and_the_articles_are_safe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: VectorIndex, batch: object) -> None:
        raise IndexDamagedError("disk full")

    notices: list[str] = []
    store = Store.open(tmp_path, FakeEmbedder(), on_notice=notices.append)
    monkeypatch.setattr("vectorstore.store._PASSAGES_BEHIND", 1)
    with monkeypatch.context() as patch:
        patch.setattr(VectorIndex, "add", fail)
        assert [result.outcome for result in store.ingest([source("a", "Kabul fell")])] == ["added"]
        assert "Nothing is lost" in notices[-1]
        assert not store.check().ready
        with pytest.raises(StorageError):
            store.search("kabul")
    assert texts(store, "kabul") == ["Kabul fell"]  # healed by asking
    assert store.check().ready
    store.close()


def test_a_search_heals_an_index_that_breaks_under_it(store: Store) -> None:
    store.ingest([source("a", "Kabul fell")])
    store._indexes.vectors.close()
    assert texts(store, "kabul") == ["Kabul fell"]


def test_many_threads(store: Store) -> None:
    store.ingest([source("base", "Kabul fell")])
    done = threading.Event()

    def searching() -> None:
        while not done.is_set():
            assert "Kabul fell" in texts(store, "kabul fell", limit=100)

    def writing(name: str) -> None:
        for number in range(5):
            store.ingest([source(f"{name}{number}", f"{name} {number}")])
        store.delete(article_id(f"{name}0"))

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(searching) for _ in range(3)]
        writers: list[Future[Any]] = [pool.submit(writing, name) for name in "xy"]
        writers.append(pool.submit(store.reindex))
        wait(writers)
        done.set()
    for future in [*readers, *writers]:
        future.result()
    assert store.counts() == Counts(9, 9)
    assert len(texts(store, "x", limit=100)) == 9


_KILLED = """
import sys
from pathlib import Path
from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.store import Store
import vectorstore.ingest as ingest, vectorstore.store as store_module
ingest._ARTICLES_A_BATCH = 5
store_module._PASSAGES_BEHIND = 20
store = Store.open(Path(sys.argv[1]), FakeEmbedder())
def said(result):
    print(result.article_id, flush=True)
store.ingest((source(f"key-{n}", f"number {n} " + "many words " * 30) for n in range(100_000)), said)
"""


@pytest.mark.parametrize("after", [40, 137])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, after: int) -> None:
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(after)]
    time.sleep(0.01)
    process.kill()
    rest, _ = process.communicate()
    acknowledged += rest.splitlines()[:-1]  # the last line may be half a line
    store = Store.open(tmp_path, FakeEmbedder())
    listed = {item.id for item in store.articles(limit=100_000).items}
    assert set(acknowledged) <= listed
    assert {hit.article.id for hit in store.search("number", limit=1_000).hits} == listed
    assert store.check().ready
    again = store.ingest([source(f"key-{n}", f"number {n} " + "many words " * 30) for n in range(after)])
    assert {result.outcome for result in again} == {"unchanged"}
    store.close()


def test_sources_that_raise_leave_what_was_taken(store: Store) -> None:
    def sources() -> Iterator[Source]:
        for number in range(200):
            yield source(f"k{number}", "Kabul fell")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.ingest(sources())
    assert store.counts().articles == 192  # whole batches
    assert len(texts(store, "kabul", limit=200)) == 192
