"""What tells an article in any file, and the files of a folder searched for it, byte by byte.

Of its words some runs are sought, of which each is unlikely to stand anywhere else. Its vectors are sought as they are
stored in the library, and as Chroma has them in its graph: made of unit length anew, which rounds some of their numbers
otherwise (of 20 vectors 12 had other bytes there, measured).
"""

import mmap
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Found = TypeVar("Found")

_RUNS = 24
_VECTORS = 24
_WORDS = 5  # of a run
_SIGNS = 24  # of a run of a line that has fewer words, or no spaces
# What JSON writes otherwise is in no run: answers are kept in it.
_LINE = re.compile(r"[^\s\"\\](?:[^\n\t\"\\\x00-\x1f]*[^\s\"\\])?")
_WORD = re.compile(r"\S+")
_SLICE = slice(64, 192)  # of a vector's bytes: 32 numbers
_LEAST = 4  # bytes
_NUMBER = 4  # bytes
_NUMBERS_AT_A_TIME = 1 << 18
_ROUNDING = 4  # in the last place of a number


@dataclass(frozen=True, slots=True)
class Sought:
    """What tells an article in any file: runs of its words, and parts of its passages' vectors as they are stored."""

    words: tuple[str, ...]
    vectors: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a file holds of what was sought. file: its path in the folder, or that of an index, whose dictionary has
    these stems."""

    file: str
    words: tuple[str, ...]
    vectors: tuple[bytes, ...]
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched, and what was found. size: bytes in all."""

    files: int
    size: int
    traces: tuple[Trace, ...]


def sought_of(texts: Iterable[str], embeddings: Iterable[bytes]) -> Sought:
    """What to look for, of the texts of all revisions of an article and of all its vectors; spread over them."""
    runs = list(dict.fromkeys(run for text in texts for run in _runs(text) if len(run.encode()) >= _LEAST))
    vectors = list(dict.fromkeys(embedding[_SLICE] or embedding for embedding in embeddings))
    return Sought(tuple(_spread(runs, _RUNS)), tuple(_spread(vectors, _VECTORS)))


def search_files(folder: Path, sought: Sought) -> Searched:
    """Search every file in a folder and below it. One that goes meanwhile is gone, and no fault."""
    files = size = 0
    traces = []
    for path in sorted(folder.rglob("*")):
        try:
            with path.open("rb") as file:
                length = path.stat().st_size
                if not length:
                    continue
                with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                    trace = _trace(str(path.relative_to(folder)), content, sought)
        except (FileNotFoundError, IsADirectoryError):
            continue
        files, size = files + 1, size + length
        if trace.words or trace.vectors:
            traces.append(trace)
    return Searched(files, size, tuple(traces))


def _trace(name: str, content: mmap.mmap, sought: Sought) -> Trace:
    words = tuple(run for run in sought.words if content.find(run.encode()) >= 0)
    near = set(_rounded(content, sought.vectors))
    vectors = (part for part in sought.vectors if part in near or content.find(part) >= 0)
    return Trace(name, words, tuple(vectors))


def _rounded(content: mmap.mmap, vectors: Iterable[bytes]) -> Iterator[bytes]:
    """Those of these parts of vectors that stand in a file, but for the rounding of their numbers; as float32 lie."""
    parts = [(part, np.frombuffer(part, "<i4")) for part in vectors if len(part) >= _NUMBER]
    numbers = np.frombuffer(content, "<i4", len(content) // _NUMBER)
    for start in range(0, len(numbers), _NUMBERS_AT_A_TIME):
        some = numbers[start : start + _NUMBERS_AT_A_TIME]
        for part, wanted in parts:
            # The largest tells most: of the others some may be 0, as much in a file is.
            place = int(np.argmax(np.abs(wanted.view("<f4"))))
            for found in np.flatnonzero(_near(some, wanted[place])) + (start - place):
                here = numbers[max(found, 0) : found + len(wanted)]
                if len(here) == len(wanted) and _near(here, wanted).all():
                    yield part
                    break


def _near(numbers: NDArray[np.int32], wanted: NDArray[np.int32] | np.int32) -> NDArray[np.bool_]:
    """Which of these float32, given as their bits, are those wanted, or next to them."""
    apart = numbers - wanted  # wraps around, which is far apart, too
    near: NDArray[np.bool_] = (apart <= _ROUNDING) & (apart >= -_ROUNDING)
    return near


def _runs(text: str) -> Iterator[str]:
    """Runs of five words, each within a line; of lines without spaces, of some signs."""
    for line in _LINE.finditer(text):
        words = [word.span() for word in _WORD.finditer(line[0])]
        if len(words) >= _WORDS:
            ends = ((words[at][0], words[at + _WORDS - 1][1]) for at in range(0, len(words) - _WORDS + 1, _WORDS))
            yield from (line[0][start:end] for start, end in ends)
        else:
            yield from (line[0][at : at + _SIGNS] for at in range(0, len(line[0]), _SIGNS))


def _spread(found: list[Found], most: int) -> list[Found]:
    """At most so many of them, from the first to the last."""
    return [found[at * len(found) // most] for at in range(most)] if len(found) > most else found
