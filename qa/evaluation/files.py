"""Files that are written whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; what stood there stays until there is a whole new one. Raises OSError."""
    new = _beside(path)
    try:
        new.write_bytes(content)
        new.replace(path.resolve())
    finally:
        new.unlink(missing_ok=True)


def try_to_write(path: Path) -> None:
    """Raise OSError where `write_whole` can't write; nothing is left behind, and what stands there stays."""
    new = _beside(path)
    try:
        new.touch(exist_ok=False)
    finally:
        new.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    """A name in the same folder, which is nobody else's: renaming to `path` is then one step."""
    place = path.resolve()
    return place.with_name(f".{place.name}.{os.getpid()}.new")
