"""The disk under a data folder: how much room there is, and how much is needed."""

import shutil
from pathlib import Path

from vectorstore.diagnosis import Check
from vectorstore.layout import index_folders

RESERVE = 32 << 20
"""Bytes that are left free: what is committed must still find its way into the indexes, and deleting takes some."""


def check_disk(data_dir: Path) -> Check:
    """Whether there is room to write, and to make the indexes anew beside the old ones."""
    free = shutil.disk_usage(data_dir).free
    needed = RESERVE + sum(_size(folder) for folder in index_folders(data_dir))
    if free >= needed:
        return Check("disk", True, f"{megabytes(free)} free")
    found = f"{megabytes(free)} free, and making the indexes anew takes {megabytes(needed)}"
    return Check("disk", False, found, "Free some space on the disk of the data folder.")


def megabytes(size: int) -> str:
    """A number of bytes in words."""
    return f"{size / 1e6:,.0f} MB"


def _size(folder: Path) -> int:
    """Bytes of the files in a folder; one that goes meanwhile has none."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total
