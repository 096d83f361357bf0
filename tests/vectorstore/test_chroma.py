from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from vectorstore.changes import IndexBatch
from vectorstore.chroma import VectorIndex
from vectorstore.errors import IndexDamagedError


def batch(ids: list[int], vectors: list[list[float]]) -> IndexBatch:
    rows = np.array(vectors, np.float32).reshape(len(ids), 2)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return IndexBatch(ids, [""] * len(ids), [None] * len(ids), [None] * len(ids), rows)


THREE = batch([1, 2, 3], [[1, 0], [0, 1], [1, 1]])


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    index = VectorIndex(tmp_path / "chroma", rows_a_write=2)
    index.add(THREE)
    yield index
    index.close()


def test_no_memory_of_the_process_is_in_its_files(tmp_path: Path) -> None:
    for number in range(40):  # the size that the files begin with
        words = [b"ptarmigan" * 12_900 for _ in range(8)]
        del words
        index = VectorIndex(tmp_path / str(number))
        index.add(THREE)
        files = [path for path in (tmp_path / str(number)).rglob("*.bin") if path.name != "header.bin"]
        assert {path.name for path in files} == {"data_level0.bin", "length.bin", "link_lists.bin"}
        assert not any(any(path.read_bytes()) for path in files)
        assert index.nearest(np.array([1.0, 0.1], np.float32), 2) == [1, 3]
        index.close()
        again = VectorIndex(tmp_path / str(number))
        assert again.proves(THREE)
        again.close()


def test_what_a_graph_has_saved_is_left_as_it_is(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    many = batch(list(range(1, 2201)), rng.normal(size=(2200, 2)).tolist())
    index = VectorIndex(tmp_path / "chroma")
    index.add(many)
    index.close()
    again = VectorIndex(tmp_path / "chroma")
    again.add(batch([3000], [[1, 0]]))
    assert again.proves(many)
    again.close()


def test_the_nearest_come_first(index: VectorIndex) -> None:
    assert index.nearest(np.array([1.0, 0.1], np.float32), 2) == [1, 3]
    assert index.nearest(np.array([0.1, 1.0], np.float32), 10) == [2, 3, 1]
    assert index.count() == 3


def test_adding_again_replaces_and_removing_removes(index: VectorIndex) -> None:
    index.add(batch([1], [[0, -1]]))
    index.remove([2, 99])
    assert index.nearest(np.array([1.0, 0.0], np.float32), 10) == [3, 1]


def test_it_proves_what_it_holds(index: VectorIndex) -> None:
    assert index.proves(THREE)
    assert index.proves(batch([], []))
    assert not index.proves(batch([4], [[1, 0]]))
    assert not index.proves(batch([1], [[0, 1]]))


@pytest.mark.parametrize(("missed", "proven"), [(2, True), (9, False)])
def test_a_graph_may_miss_a_few_that_are_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missed: int, proven: bool
) -> None:
    angles = np.linspace(0, 1, 24)
    many = batch(list(range(24)), [[float(np.cos(angle)), float(np.sin(angle))] for angle in angles])
    index = VectorIndex(tmp_path / "near")
    index.add(many)
    found = index._distances(many.vectors)
    monkeypatch.setattr(index, "_distances", lambda _: [[0.002]] * missed + found[missed:])
    assert index.proves(many) is proven
    index.close()


def test_it_opens_again_after_closing(tmp_path: Path) -> None:
    for _ in range(2):
        index = VectorIndex(tmp_path / "again")
        index.add(THREE)
        assert index.proves(THREE)
        index.close()


def test_torn_files_are_damage(tmp_path: Path) -> None:
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "chroma.sqlite3").write_bytes(b"not a database at all" * 100)
    with pytest.raises(IndexDamagedError):
        VectorIndex(tmp_path / "torn")


def test_a_vector_of_another_length_is_damage(index: VectorIndex) -> None:
    with pytest.raises(IndexDamagedError):
        index.nearest(np.array([1.0, 0.0, 0.0], np.float32), 1)
