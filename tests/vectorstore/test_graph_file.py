import struct
from pathlib import Path

import numpy as np
import pytest

from vectorstore.errors import IndexDamagedError
from vectorstore.graph_file import clear_unset, overwrite_deleted

LINKS = 3
VECTOR = 4 + 4 * LINKS
LABEL = VECTOR + 8  # two numbers
SIZE = LABEL + 8

# (neighbours, deleted, vector, label): the second is gone, and the fourth with all that it leads to
ELEMENTS = [
    ((1, 2), 0, (1.0, 0.0), 7),
    ((2, 0, 3), 1, (0.8, 0.6), 8),
    ((1, 0), 0, (0.0, 1.0), 9),
    ((1,), 1, (0.6, 0.8), 10),
]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    (tmp_path / "header.bin").write_bytes(struct.pack("<i6Q48x", 1, 0, 100, len(ELEMENTS), SIZE, LABEL, VECTOR))
    with (tmp_path / "data_level0.bin").open("wb") as file:
        for links, mark, vector, label in ELEMENTS:
            padded = (*links, *[0] * (LINKS - len(links)))
            file.write(struct.pack("<HBx3I2fQ", len(links), mark, *padded, *vector, label))
    return tmp_path


def _vectors(graph: Path) -> list[list[float]]:
    content = (graph / "data_level0.bin").read_bytes()
    return [np.frombuffer(content, "<f4", 2, at + VECTOR).tolist() for at in range(0, len(content), SIZE)]


def test_a_deleted_vector_becomes_that_of_the_nearest_neighbour_left(graph: Path) -> None:
    before = (graph / "data_level0.bin").read_bytes()
    assert overwrite_deleted(graph) == 2
    assert _vectors(graph) == [[1, 0], [1, 0], [0, 1], [0, 0]]
    after = (graph / "data_level0.bin").read_bytes()
    assert before[:VECTOR] == after[:VECTOR]  # links, marks and labels stay
    assert before[SIZE + LABEL : 2 * SIZE] == after[SIZE + LABEL : 2 * SIZE]


@pytest.mark.parametrize(
    "header",
    [
        struct.pack("<i6Q", 2, 0, 100, 4, SIZE, LABEL, VECTOR),
        struct.pack("<i6Q", 1, 8, 100, 4, SIZE, LABEL, VECTOR),
        struct.pack("<i6Q", 1, 0, 100, 5, SIZE, LABEL, VECTOR),
        struct.pack("<i6Q", 1, 0, 100, 4, SIZE + 8, LABEL, VECTOR),
        struct.pack("<i6Q", 1, 0, 100, 4, SIZE, LABEL, VECTOR + 2),
        b"\1",
    ],
)
def test_another_format_is_not_touched(graph: Path, header: bytes) -> None:
    (graph / "header.bin").write_bytes(header)
    before = (graph / "data_level0.bin").read_bytes()
    with pytest.raises(IndexDamagedError, match=r"not known|no whole header"):
        overwrite_deleted(graph)
    assert (graph / "data_level0.bin").read_bytes() == before


def test_a_graph_without_elements_has_nothing_to_overwrite(graph: Path) -> None:
    (graph / "header.bin").write_bytes(struct.pack("<i6Q", 1, 0, 100, 0, SIZE, LABEL, VECTOR))
    assert overwrite_deleted(graph) == 0


def test_memory_that_was_never_set_is_cleared(graph: Path) -> None:
    elements, lengths = graph / "data_level0.bin", graph / "length.bin"
    own, own_lengths = elements.read_bytes(), struct.pack("<4f", 1, 1, 1, 1)
    elements.write_bytes(own + b"words of the process")
    lengths.write_bytes(own_lengths + b"more")
    clear_unset(graph)
    assert elements.read_bytes() == own + bytes(20)
    assert lengths.read_bytes() == own_lengths + bytes(4)
    clear_unset(graph)
    assert elements.read_bytes() == own + bytes(20)


def test_nothing_is_cleared_of_an_unknown_format(graph: Path) -> None:
    (graph / "header.bin").write_bytes(struct.pack("<i6Q", 2, 0, 100, 0, SIZE, LABEL, VECTOR))
    before = (graph / "data_level0.bin").read_bytes()
    clear_unset(graph)
    assert (graph / "data_level0.bin").read_bytes() == before
