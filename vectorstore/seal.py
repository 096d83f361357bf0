"""Whether a vector index's graph is as it was left, and fit to be opened.

A graph (HNSW) that is torn or has one wrong bit makes Chroma read what isn't there, and no process survives that (7 of
24 flipped bits of two of its files, measured). So an index that is closed gets a seal, the sizes and checksums of the
graph's files, which is broken by opening it. One that has no seal was not closed: it is opened in a process of its own
first.
"""

import json
import os
import subprocess
import sys
import zlib
from contextlib import suppress
from pathlib import Path

from vectorstore.errors import IndexDamagedError

SEAL = "seal.json"
_TRIAL_S = 120
_CHUNK = 1 << 20


def seal(folder: Path) -> None:
    """Note how the graph's files are. Where that can't be written, the index is tried out on its next opening."""
    with suppress(OSError):
        (folder / SEAL).write_text(json.dumps(_files(folder)), "utf-8")


def unseal(folder: Path) -> None:
    """Break the seal, before an index is opened. Raises IndexDamagedError where it must not be."""
    if not folder.exists():
        return
    try:
        kept = json.loads((folder / SEAL).read_text("utf-8"))
        sound = kept == _files(folder)
        (folder / SEAL).unlink()
    except (OSError, ValueError):
        sound = _survives(folder)
    if not sound:
        raise IndexDamagedError("The vector index is not as it was left.")


def _files(folder: Path) -> dict[str, list[int]]:
    """(size, checksum) of each file of the graph, which Chroma keeps in a folder of its own beside its SQLite."""
    found = {}
    for path in sorted(folder.glob("*/*")):
        size, checksum = 0, 0
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                size, checksum = size + len(chunk), zlib.crc32(chunk, checksum)
        found[path.relative_to(folder).as_posix()] = [size, checksum]
    return found


def _survives(folder: Path) -> bool:
    """Whether a process that opens the index and searches it comes to its end."""
    above = str(Path(__file__).parents[1])
    paths = [above, *filter(None, [os.environ.get("PYTHONPATH")])]
    command = [sys.executable, "-m", "vectorstore.trial", str(folder)]
    try:
        tried = subprocess.run(  # noqa: S603 - our own module
            command,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TRIAL_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0
