"""What should not stand in the files of a graph (HNSW), overwritten: vectors of deleted elements, and foreign memory.

hnswlib marks an element as deleted and keeps it, vector and all: searches go on through it. So each gets the vector of
the nearest of its neighbours that are left, and what leads through it leads where it did. Its files have room for more
elements than there are, which is saved as it came: memory that the process used before, with any words in it. The
format is that of hnswlib's `saveIndex`, with a version before it; a file of another one is not touched.
"""

import struct
from os import SEEK_END
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import IndexDamagedError

HEADER = "header.bin"
ELEMENTS, LENGTHS = "data_level0.bin", "length.bin"
# version, offset of level 0, most elements, elements, bytes of each, where its label is, where its vector is
_HEADER = struct.Struct("<i6Q")
_VERSION = 1
_DELETED = 1
_LENGTH = 4  # bytes, of each element


def overwrite_deleted(graph: Path) -> int:
    """Overwrite the vectors of deleted elements in a graph's folder, which nobody has open: how many there were.

    Raises IndexDamagedError where the file isn't of the known format, or OSError.
    """
    count, layout = _layout(graph)
    if not count:
        return 0
    elements = np.memmap(graph / ELEMENTS, layout, "r+", shape=(count,))
    is_deleted = (elements["mark"] & _DELETED).astype(bool)
    deleted = np.flatnonzero(is_deleted)
    for place in deleted:
        elements["vector"][place] = _stand_in(elements, is_deleted, int(place))
    elements.flush()
    return len(deleted)


def clear_unset(graph: Path) -> None:
    """Overwrite by zeros what the files of a graph's folder hold beyond its elements. Raises OSError.

    A graph that was never saved has none. Nothing where the format isn't known.
    """
    try:
        count, layout = _layout(graph)
    except IndexDamagedError:
        return
    for name, width in ((ELEMENTS, layout.itemsize), (LENGTHS, _LENGTH)):
        with (graph / name).open("r+b") as file:
            unset = file.seek(0, SEEK_END) - count * width
            if unset > 0:
                file.seek(count * width)
                file.write(bytes(unset))


def _stand_in(elements: NDArray[np.void], is_deleted: NDArray[np.bool_], place: int) -> NDArray[np.float32]:
    """The vector of the nearest neighbour that is left; zeros where none is. (d,)"""
    own = elements["vector"][place]
    near = elements["links"][place][: elements["links_used"][place]]
    left = near[~is_deleted[near]]
    if not len(left):
        return np.zeros_like(own)
    vectors: NDArray[np.float32] = elements["vector"][left]
    nearest: NDArray[np.float32] = vectors[np.argmax(vectors @ own)]
    return nearest


def _layout(graph: Path) -> tuple[int, np.dtype[np.void]]:
    """How many elements there are, and how each lies in the file. Raises IndexDamagedError."""
    header = (graph / HEADER).read_bytes()
    if len(header) < _HEADER.size:
        raise IndexDamagedError(f"The graph in {graph} has no whole header.")
    version, offset, _, count, size, label, vector = _HEADER.unpack_from(header)
    known = version == _VERSION and offset == 0 and 4 < vector < label == size - 8 and size < 1 << 20
    if not known or (vector - 4) % 4 or (label - vector) % 4 or (graph / ELEMENTS).stat().st_size < count * size:
        raise IndexDamagedError(f"The graph in {graph} is of a format that is not known.")
    fields = {
        "links_used": (np.dtype("<u2"), 0),
        "mark": (np.dtype("u1"), 2),
        "links": (np.dtype(("<u4", ((vector - 4) // 4,))), 4),
        "vector": (np.dtype(("<f4", ((label - vector) // 4,))), vector),
    }
    names = list(fields)
    formats, offsets = [fields[name][0] for name in names], [fields[name][1] for name in names]
    return count, np.dtype({"names": names, "formats": formats, "offsets": offsets, "itemsize": size})
