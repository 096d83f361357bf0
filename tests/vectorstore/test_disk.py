"""A disk that is full, where none may be mounted: what says how much is free is patched."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.changes import IndexBatch
from vectorstore.chroma import VectorIndex
from vectorstore.disk import RESERVE, check_disk, is_full, refuse_full, size_of_indexes
from vectorstore.errors import DiskFullError, IndexDamagedError
from vectorstore.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "data", FakeEmbedder())) as store:
        store.ingest([source("a", "Kabul fell")])
        yield store


def free(patch: pytest.MonkeyPatch, size: int) -> None:
    patch.setattr("vectorstore.disk.shutil.disk_usage", lambda _: SimpleNamespace(free=size))


def test_what_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "chroma").mkdir()
    (tmp_path / "chroma" / "file").write_bytes(bytes(5_000_000))
    free(monkeypatch, RESERVE)
    refuse_full(tmp_path)
    assert not check_disk(tmp_path).ok
    with pytest.raises(DiskFullError, match=r"34 MB are free in .* needs 39 MB to spare"):
        refuse_full(tmp_path, beside=size_of_indexes(tmp_path))
    free(monkeypatch, RESERVE - 1)
    with pytest.raises(DiskFullError):
        refuse_full(tmp_path)
    assert not is_full(tmp_path)
    free(monkeypatch, 1000)
    assert is_full(tmp_path)
    free(monkeypatch, RESERVE + 5_000_000)
    assert check_disk(tmp_path).ok


def test_a_batch_that_finds_no_room_is_refused_and_not_failed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    free(monkeypatch, 0)
    with pytest.raises(DiskFullError):
        store.ingest([source("b", "Plum cake")])
    with pytest.raises(DiskFullError):
        store.reindex()
    assert store.counts().articles == 1
    assert [result.outcome for result in store.ingest([source("a", "Kabul fell")])] == ["unchanged"]
    monkeypatch.undo()
    assert [result.outcome for result in store.ingest([source("b", "Plum cake")])] == ["added"]


def test_an_index_that_finds_no_room_is_read_as_it_is(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: VectorIndex, batch: IndexBatch) -> None:
        free(monkeypatch, 0)
        raise IndexDamagedError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(VectorIndex, "add", fail)
        assert [result.outcome for result in store.ingest([source("b", "Plum cake")])] == ["added"]
        assert store.search("kabul").hits[0].text == "Kabul fell"
    monkeypatch.undo()
    assert store.check().ready
    assert {hit.text for hit in store.search("plum").hits} == {"Plum cake", "Kabul fell"}
