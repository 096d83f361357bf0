import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.fakes import FakeEmbedder
from vectorstore.changes import Changes
from vectorstore.chroma import SERVING_BATCH, VectorIndex
from vectorstore.database import Database, sqlite_url
from vectorstore.errors import IndexDamagedError, StorageError
from vectorstore.identity import article_id
from vectorstore.indexes import Indexes
from vectorstore.lexical import LexicalIndex
from vectorstore.library import Library
from vectorstore.limits import NO_LIMITS
from vectorstore.records import Article, Span
from vectorstore.writing import Prepared

EMBEDDER = FakeEmbedder()


class Folder:
    """A library and its indexes, which can be opened again and again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = Database.open(sqlite_url(path / "library.db"))
        self.library = Library(self.database)
        self.changes = Changes(self.database)
        self.notices: list[str] = []
        self.indexes = self.open()

    def open(self) -> Indexes:
        self.notices.clear()
        self.indexes = Indexes(self.path, self.changes, self.notices.append)
        self.indexes.heal()
        return self.indexes

    def put(self, *keys: str, text: str = "about") -> None:
        batch = []
        for key in keys:
            words = f"{text} {key}"
            vectors = EMBEDDER.embed_passages([words])
            batch.append(Prepared(key, Article(key=key, text=words), b"", (Span(0, len(words)),), vectors))
        self.library.commit(batch, "fake")

    def folders(self) -> list[str]:
        return sorted(path.name for path in self.path.iterdir() if path.is_dir())

    def found(self, word: str) -> tuple[list[int], int]:
        lexical = [number for number, _ in self.indexes.lexical.search(word, 10, NO_LIMITS)]
        return sorted(lexical), self.indexes.vectors.nearest(EMBEDDER.embed_question(f"about {word}"), 1)[0]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(tmp_path)
    folder.put("kabul", "herat", "plum")
    folder.indexes.catch_up()
    yield folder
    folder.indexes.close()
    folder.database.close()


def test_catching_up_adds_and_removes(folder: Folder) -> None:
    assert folder.notices == []
    assert folder.found("kabul") == ([1], 1)
    folder.put("kabul", text="more about")
    folder.library.delete(article_id("plum"))
    folder.indexes.catch_up()
    assert folder.found("kabul") == ([4], 4)
    assert folder.found("plum")[0] == []
    assert folder.indexes.vectors.count() == folder.indexes.lexical.count() == 2
    assert folder.changes.position() == (3, 3)
    assert folder.changes.removed_since(0) == []
    assert folder.indexes.faults() == {}


def test_opening_catches_up_without_a_rebuild(folder: Folder) -> None:
    folder.put("ghazni")
    folder.library.delete(article_id("plum"))
    folder.indexes.close()
    folder.open()
    assert folder.notices == []
    assert folder.found("ghazni") == ([4], 4)
    assert folder.indexes.lexical.count() == 3


@pytest.mark.parametrize("name", ["chroma", "tantivy"])
def test_a_folder_deleted_by_hand_is_made_anew(folder: Folder, name: str) -> None:
    folder.indexes.close()
    shutil.rmtree(folder.path / name)
    folder.open()
    assert len(folder.notices) == 1
    assert name in folder.notices[0]
    assert folder.found("kabul") == ([1], 1)
    folder.indexes.close()
    folder.open()
    assert folder.notices == []


@pytest.mark.parametrize("keep", [0, 0.5])
@pytest.mark.parametrize("name", ["chroma", "tantivy"])
def test_torn_files_are_made_anew(folder: Folder, name: str, keep: float) -> None:
    folder.indexes.close()
    for file in (folder.path / name).rglob("*"):
        if file.is_file():
            whole = file.read_bytes()
            file.write_bytes(whole[: int(len(whole) * keep)])
    folder.open()
    assert folder.found("kabul") == ([1], 1)
    assert folder.found("herat") == ([2], 2)
    assert folder.indexes.faults() == {}


def test_files_of_noise_are_made_anew(folder: Folder) -> None:
    folder.indexes.close()
    for file in [*(folder.path / "chroma").rglob("*"), *(folder.path / "tantivy").rglob("*")]:
        if file.is_file():
            file.write_bytes(b"\xa5" * file.stat().st_size)
    folder.open()
    assert len(folder.notices) == 2
    assert folder.found("kabul") == ([1], 1)


def test_a_stale_lock_file_is_no_obstacle(folder: Folder) -> None:
    folder.indexes.close()
    (folder.path / "tantivy" / ".tantivy-writer.lock").touch()
    (folder.path / "tantivy" / ".tantivy-meta.lock").touch()
    folder.open()
    assert folder.notices == []
    assert folder.found("kabul") == ([1], 1)


def test_vectors_that_were_lost_behind_a_right_count_are_noticed(folder: Folder) -> None:
    batch = folder.changes.sample(10)
    folder.indexes.vectors.remove([2])
    folder.indexes.vectors.add(type(batch)([9], [""], [None], [None], np.full((1, 64), 1 / 8, np.float32)))
    assert folder.indexes.vectors.count() == 3
    assert set(folder.indexes.faults()) == {"chroma"}
    folder.indexes.heal()
    assert folder.found("herat") == ([2], 2)


def test_words_that_were_lost_are_noticed(folder: Folder) -> None:
    folder.indexes.lexical.remove([1])
    folder.indexes.lexical.commit()
    assert set(folder.indexes.faults()) == {"tantivy"}
    folder.indexes.heal()
    assert folder.indexes.faults() == {}


def test_an_index_that_can_not_be_built_is_an_error(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: VectorIndex, batch: object) -> None:
        raise IndexDamagedError("No space left on device")

    monkeypatch.setattr(VectorIndex, "add", fail)
    with pytest.raises(StorageError, match="Nothing is lost"):
        folder.indexes.rebuild()
    assert folder.found("kabul") == ([1], 1)  # by the old one
    assert folder.folders() == ["chroma", "tantivy"]
    folder.indexes.vectors.remove([2])
    with pytest.raises(StorageError, match="Nothing is lost"):
        folder.indexes.heal()
    with pytest.raises(IndexDamagedError, match="not open"):
        _ = folder.indexes.vectors
    monkeypatch.undo()
    folder.indexes.heal()
    assert folder.found("kabul") == ([1], 1)


def test_a_rebuild_takes_new_folders_and_leaves_none_behind(folder: Folder) -> None:
    folder.indexes.rebuild()
    folder.indexes.rebuild()
    assert folder.folders() == ["chroma-2", "tantivy-2"]
    assert folder.found("kabul") == ([1], 1)
    folder.indexes.close()
    (folder.path / "chroma-7").mkdir()
    (folder.path / "tantivy").mkdir()
    (folder.path / "chroma-notes").mkdir()
    folder.open()
    assert folder.notices == []
    assert folder.folders() == ["chroma-2", "chroma-notes", "tantivy-2"]
    assert folder.found("kabul") == ([1], 1)


def test_a_search_keeps_the_old_index_until_it_ends(folder: Folder) -> None:
    with ThreadPoolExecutor(1) as pool:
        with folder.indexes.searching() as (vectors, lexical):
            rebuilding = pool.submit(folder.indexes.rebuild)
            while folder.indexes.vectors is vectors:
                time.sleep(0.001)
            assert vectors.nearest(EMBEDDER.embed_question("about kabul"), 1) == [1]
            assert lexical.count() == 3
            assert folder.found("kabul") == ([1], 1)  # by the new one
            assert {"chroma", "chroma-1"} <= set(folder.folders())
            assert not rebuilding.done()
        rebuilding.result(timeout=10)
    assert folder.folders() == ["chroma-1", "tantivy-1"]


_KILLED = """
import os, sys
from pathlib import Path
from tests.vectorstore.test_indexes import Folder
from vectorstore.slots import Slot
from vectorstore.lexical import LexicalIndex
owner, name = {"before": (LexicalIndex, "commit"), "after": (Slot, "move")}[sys.argv[2]]
folder = Folder(Path(sys.argv[1]))
setattr(owner, name, lambda *_: os._exit(9))
folder.indexes.rebuild()
"""


@pytest.mark.parametrize(("moment", "number"), [("before", ""), ("after", "-1")])
def test_a_rebuild_that_is_killed_leaves_nothing_to_mend(folder: Folder, moment: str, number: str) -> None:
    folder.indexes.close()
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(folder.path), moment], check=False, cwd=root)
    assert killed.returncode == 9
    assert len(folder.folders()) == 4
    folder.open()
    assert folder.notices == []
    assert folder.folders() == [f"chroma{number}", f"tantivy{number}"]
    assert folder.found("kabul") == ([1], 1)


@pytest.mark.parametrize("name", ["chroma", "tantivy"])
def test_a_file_in_the_place_of_a_folder_is_named(folder: Folder, name: str) -> None:
    folder.indexes.close()
    shutil.rmtree(folder.path / name)
    (folder.path / name).write_text("mine")
    with pytest.raises(StorageError, match=f"/{name} is no folder"):
        folder.open()
    assert folder.notices == []
    assert (folder.path / name).read_text() == "mine"


@pytest.mark.parametrize("name", ["chroma", "tantivy"])
def test_a_folder_that_may_not_be_written_to_is_named(
    folder: Folder, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.indexes.close()
    monkeypatch.setattr("vectorstore.slots.os.access", lambda path, _: path.name != name)
    with pytest.raises(StorageError, match=f"/{name} may not be written to: give this user the right"):
        folder.open()
    assert folder.notices == []


def test_a_folder_that_can_not_be_removed_is_named(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path / "deep"))

    monkeypatch.setattr(shutil, "rmtree", refuse)
    folder.indexes.rebuild()
    assert folder.found("kabul") == ([1], 1)
    assert [notice.split(" is of no use any more")[0] for notice in folder.notices] == [
        str(folder.path / "chroma"),
        str(folder.path / "tantivy"),
    ]


def test_an_index_that_does_not_close_is_let_go(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: LexicalIndex) -> None:
        raise IndexDamagedError("torn")

    with monkeypatch.context() as patch:
        patch.setattr(LexicalIndex, "close", fail)
        index = folder.indexes.lexical
        folder.indexes.close()
    assert "did not close cleanly: torn" in folder.notices[0]
    index.close()


def test_a_server_writes_in_small_steps(folder: Folder) -> None:
    folder.indexes.serving()
    assert folder.indexes.vectors.rows_a_write == SERVING_BATCH
    folder.indexes.rebuild()
    assert folder.indexes.vectors.rows_a_write == SERVING_BATCH


def test_a_sample_is_spread_and_holds_both_ends(folder: Folder) -> None:
    folder.put(*(f"k{number}" for number in range(20)))
    assert folder.changes.sample(4).ids == [1, 2, 3]  # what is not indexed yet proves nothing
    folder.indexes.catch_up()
    folder.library.delete(article_id("k5"))
    sample = folder.changes.sample(4)
    assert (sample.ids[0], sample.ids[-1], len(sample.ids)) == (1, 23, 4)
    assert sample.texts[0] == "about kabul\nabout kabul"  # it has no title, so its beginning stands for one
    assert sample.vectors.shape == (4, 64)
