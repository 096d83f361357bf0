import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore import cleaning, indexes
from vectorstore.errors import DiskFullError, IndexDamagedError
from vectorstore.identity import article_id
from vectorstore.layout import index_folders
from vectorstore.store import Store
from vectorstore.tables import passages
from vectorstore.traces import search_files, sought_of

TEXT = "The harbour pilot Marten Quill resigned over a missing ledger of tolls. Nobody has seen it since the flood."


class Folder:
    """A data folder with forty articles and one that is to go, in two revisions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: list[str] = []
        self.store = self._opened()
        others = [source(f"k{number}", f"Other words of number {number} stand here") for number in range(40)]
        self.store.ingest([*others, source("a", TEXT)])
        self.store.ingest([source("a", f"{TEXT} Quill says nothing.")])
        with self.store.database.reading() as connection:
            rows = connection.execute(select(passages.c.embedding).order_by(passages.c.id.desc()).limit(1))
            self.sought = sought_of([], rows.scalars())

    def reopen(self) -> None:
        self.store.close()
        self.store = self._opened()

    def holds(self) -> list[str]:
        """What the folder's files still have of the article."""
        left = [trace.file for trace in search_files(self.path, self.sought).traces]
        _, stems = self.store._indexes.stems_left(self.store._indexes.stems_of(TEXT, None))
        return [*left, *stems]

    def is_whole(self) -> bool:
        """Whether every other article is found, and nothing is wrong."""
        found = self.store.search("words", limit=100).hits
        return len(found) == 40 and self.store.upkeep.examine().ok

    def _opened(self) -> Store:
        return Store.open(self.path, FakeEmbedder(), on_notice=self.notices.append)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path)
    yield made
    made.store.close()


def _in_time(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(FileNotFoundError, IndexDamagedError):  # an index that goes just now
            if holds():
                return True
        time.sleep(0.05)
    return False


def test_what_was_deleted_is_in_no_file_once_it_is_cleaned(folder: Folder) -> None:
    folder.store.delete(article_id("a"))
    assert {"chroma/chroma.sqlite3", "marten", "ledger"} <= set(folder.holds())
    folder.store.cleaning.clean()
    assert folder.holds() == []
    assert folder.is_whole()
    assert folder.notices == []


def test_nothing_is_done_where_nothing_was_deleted(folder: Folder) -> None:
    before = index_folders(folder.path)
    folder.store.cleaning.clean()
    assert index_folders(folder.path) == before


def test_opening_does_what_a_process_that_ended_has_left(folder: Folder) -> None:
    folder.store.delete(article_id("a"))
    folder.reopen()
    assert folder.holds() == []
    assert folder.is_whole()


def test_a_reindex_leaves_nothing_to_clean(folder: Folder) -> None:
    folder.store.delete(article_id("a"))
    folder.store.reindex()
    assert folder.holds() == []
    before = index_folders(folder.path)
    folder.reopen()
    assert index_folders(folder.path) == before


def test_the_last_article_leaves_clean_files_too(folder: Folder) -> None:
    for item in folder.store.articles(limit=100).items:
        folder.store.delete(item.id)
    folder.store.cleaning.clean()
    assert folder.holds() == []
    folder.store.ingest([source("b", "New words come")])
    assert [hit.text for hit in folder.store.search("words").hits] == ["New words come"]


def test_an_index_that_can_not_be_copied_is_made_anew(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexDamagedError("It is torn.")

    monkeypatch.setattr(indexes, "copy_without_removed", fail)
    folder.store.delete(article_id("a"))
    folder.store.cleaning.clean()
    assert folder.holds() == []
    assert folder.is_whole()


def test_a_folder_that_is_served_is_cleaned_behind(folder: Folder) -> None:
    folder.store.announce("http://127.0.0.1:1")
    for key in ("k1", "k2", "a"):
        folder.store.delete(article_id(key))
    assert _in_time(lambda: not folder.holds())
    assert folder.store.check().ready
    folder.store.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "cleaning" and thread.is_alive()]


def test_a_deletion_waits_for_nobody_who_writes(folder: Folder) -> None:
    holding, done = threading.Event(), threading.Event()

    def write() -> None:
        with folder.store._writing:
            holding.set()
            done.wait(10)

    writer = threading.Thread(target=write)
    writer.start()
    holding.wait(10)
    try:
        folder.store.delete(article_id("a"))
        assert [hit for hit in folder.store.search("harbour pilot").hits if "pilot" in hit.text] == []
    finally:
        done.set()
        writer.join()
    folder.store.cleaning.clean()
    assert folder.holds() == []
    assert folder.is_whole()


def test_a_full_disk_is_told_and_cleaned_later(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DiskFullError("The disk is full.")

    folder.store.delete(article_id("a"))
    with monkeypatch.context() as patched:
        patched.setattr(cleaning, "refuse_full", fail)
        folder.store.cleaning.clean_or_tell()
    assert folder.notices == ["What was deleted can't be taken out of the indexes' files yet. The disk is full."]
    folder.store.cleaning.clean_or_tell()
    assert folder.holds() == []
    assert len(folder.notices) == 1


def test_closing_ends_a_cleaning_and_leaves_the_rest_to_the_next_opening(folder: Folder) -> None:
    folder.store.delete(article_id("a"))
    folder.store._indexes.stop()
    folder.store.cleaning.clean_or_tell()
    assert folder.holds()
    folder.reopen()
    assert folder.holds() == []
    assert folder.notices == []


def test_a_deletion_while_it_cleans_is_cleaned_next(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = folder.store._indexes.clean

    def clean() -> None:
        inner()
        folder.store.delete(article_id("a"))

    folder.store.delete(article_id("k3"))
    with monkeypatch.context() as patched:
        patched.setattr(folder.store._indexes, "clean", clean)
        folder.store.cleaning.clean()
    assert folder.holds()
    folder.store.cleaning.clean()
    assert folder.holds() == []
