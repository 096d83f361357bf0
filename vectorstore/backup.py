"""A backup of the library: a copy as it was at one moment, taken while others write, and checked before it counts.

The indexes are made from the library, so they are not copied. Light to import: a backup may come from a server.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from vectorstore.errors import BackupError
from vectorstore.layout import LIBRARY

MANIFEST = "backup.json"
_PARTIAL = f"{LIBRARY}.partial"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. made_at: ISO 8601, UTC. size: bytes of the library's copy, which has this SHA-256."""

    made_at: str
    articles: int
    passages: int
    size: int
    sha256: str


def copy_library(library: Path, target: Path) -> None:
    """Copy a library as it is at one moment, while others read and write it. Raises BackupError."""
    try:
        with (
            closing(sqlite3.connect(f"{library.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file that is whole by itself
    except sqlite3.Error as error:
        raise BackupError(f"{library} could not be copied to {target} ({error}). `qa doctor` checks it.") from None


def back_up(folder: Path, copy: Callable[[Path], None]) -> Backup:
    """Make a backup in a folder that is new or empty.

    copy: writes a copy of the library to the path that it is given. Raises BackupError, and what `copy` does: then
    there is no backup, and nothing is left of it.
    """
    partial = folder / _PARTIAL
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BackupError(f"{folder} holds something already. Name a new folder for each backup.")
        try:
            copy(partial)
            made = _described(partial)
            partial.replace(folder / LIBRARY)
            _write(folder / MANIFEST, json.dumps(asdict(made), indent=2).encode())  # last: now it is whole
        except BaseException:
            for left in (partial, folder / LIBRARY):
                left.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise BackupError(f"No backup can be made in {folder}: {error.strerror}. Name another folder.") from error
    return made


def read_backup(folder: Path) -> Backup:
    """A backup, checked: it is whole, and as it was made. Raises BackupError."""
    try:
        made = Backup(**json.loads((folder / MANIFEST).read_text("utf-8")))
        size, digest = _fingerprint(folder / LIBRARY)
    except (OSError, ValueError, TypeError):
        raise BackupError(f"{folder} holds no backup that is whole. Name a folder that `qa backup` has made.") from None
    if (size, digest) != (made.size, made.sha256):
        raise BackupError(f"The backup in {folder} is not as it was made: it is damaged. Use another one.")
    return made


def _described(library: Path) -> Backup:
    """What a copy holds. Raises BackupError where it is damaged: so is what it was made from."""
    try:
        with closing(sqlite3.connect(f"{library.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            [articles] = connection.execute("SELECT count(*) FROM articles WHERE NOT deleted").fetchone()
            [passages] = connection.execute("SELECT count(*) FROM passages").fetchone()
    except sqlite3.Error as error:
        sound, articles, passages = str(error), 0, 0
    if sound != "ok":
        raise BackupError("The library is damaged, and so would its backup be. `qa doctor` tells how.")
    sync(library)
    size, digest = _fingerprint(library)
    return Backup(datetime.now(UTC).isoformat(timespec="seconds"), articles, passages, size, digest)


def _fingerprint(path: Path) -> tuple[int, str]:
    """(size, SHA-256) of a file."""
    with path.open("rb") as file:
        return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    sync(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on."""
    with suppress(PermissionError):  # a folder, on Windows
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
