"""The disk under a data folder: how much room there is, and how much is needed."""

import shutil
from pathlib import Path

from vectorstore.diagnosis import Check
from vectorstore.errors import DiskFullError
from vectorstore.layout import index_folders

RESERVE = 32 << 20
"""Bytes that are left free: what is committed must still find its way into the indexes, and deleting takes some."""

MAKE_ROOM = "Free some space and do it again."
_FULL = 1 << 20  # bytes that are of no use


def is_full(data_dir: Path) -> bool:
    """Whether there is as good as no room left."""
    return shutil.disk_usage(data_dir).free < _FULL


def check_disk(data_dir: Path) -> Check:
    """Whether there is room to write, and to make the indexes anew beside the old ones."""
    free = shutil.disk_usage(data_dir).free
    needed = RESERVE + size_of_indexes(data_dir)
    if free >= needed:
        return Check("disk", True, f"{megabytes(free)} free")
    found = f"{megabytes(free)} free, and making the indexes anew takes {megabytes(needed)}"
    return Check("disk", False, found, "Free some space on the disk of the data folder.")


def refuse_full(data_dir: Path, *, beside: int = 0) -> None:
    """Raise DiskFullError where there is no room to spare for a write. beside: bytes that it is known to take."""
    needed = RESERVE + beside
    if (free := shutil.disk_usage(data_dir).free) < needed:
        raise DiskFullError(
            f"The disk is full: {megabytes(free)} are free in {data_dir}, and this needs {megabytes(needed)} to spare. "
            f"What was acknowledged is kept. {MAKE_ROOM}"
        )


def megabytes(size: int) -> str:
    """A number of bytes in words."""
    return f"{size / 1e6:,.0f} MB"


def size_of_indexes(data_dir: Path) -> int:
    """Bytes: what it takes to make both anew beside those that are there."""
    return sum(_size(folder) for folder in index_folders(data_dir))


def _size(folder: Path) -> int:
    """Bytes of the files in a folder; one that goes meanwhile has none."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total
