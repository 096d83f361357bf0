from pathlib import Path

import pytest

from tests.vectorstore.fakes import FakeEmbedder
from vectorstore.changes import IndexBatch
from vectorstore.chroma import VectorIndex
from vectorstore.errors import IndexDamagedError
from vectorstore.seal import seal, unseal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A graph, as far as the seal knows one."""
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "links").write_bytes(b"0123456789")
    (tmp_path / "chroma.sqlite3").write_bytes(b"rows")
    return tmp_path


def test_a_seal_is_broken_by_opening(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Path] = []

    def survives(path: Path) -> bool:
        tried.append(path)
        return True

    monkeypatch.setattr("vectorstore.seal._survives", survives)
    seal(folder)
    (folder / "chroma.sqlite3").write_bytes(b"other rows")  # SQLite sees to its own
    unseal(folder)
    assert tried == []
    unseal(folder)
    assert tried == [folder]


@pytest.mark.parametrize("content", [b"0123456788", b"012345678", b""])
def test_a_graph_that_is_not_as_it_was_left_is_not_opened(folder: Path, content: bytes) -> None:
    seal(folder)
    (folder / "graph" / "links").write_bytes(content)
    with pytest.raises(IndexDamagedError, match="not as it was left"):
        unseal(folder)


def test_a_file_that_is_gone_or_new_is_noticed(folder: Path) -> None:
    seal(folder)
    (folder / "graph" / "more").touch()
    with pytest.raises(IndexDamagedError):
        unseal(folder)


def test_what_was_not_closed_is_tried_out_in_a_process_of_its_own(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path / "index")
    texts = [f"word{number}" for number in range(1_100)]
    blank: list[None] = [None] * len(texts)
    numbers = list(range(1, len(texts) + 1))
    index.add(IndexBatch(numbers, texts, list(blank), list(blank), FakeEmbedder().embed_passages(texts)))
    index.close()
    (tmp_path / "index" / "seal.json").unlink()
    VectorIndex(tmp_path / "index").close()
    (tmp_path / "index" / "seal.json").unlink()
    links = next((tmp_path / "index").glob("*/header.bin"))
    links.write_bytes(bytes(byte ^ 0x10 for byte in links.read_bytes()))
    with pytest.raises(IndexDamagedError, match="not as it was left"):
        VectorIndex(tmp_path / "index")


def test_an_end_that_does_not_come_is_no_good_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.seal._TRIAL_S", 0.01)
    with pytest.raises(IndexDamagedError):
        unseal(folder)


def test_a_seal_that_can_not_be_written_is_none(folder: Path) -> None:
    (folder / "seal.json").mkdir()
    seal(folder)
