"""One process owns a data folder: two writers on one Chroma folder lose vectors silently.

The lock itself is the operating system's (it ends with the process, however that ends); the note beside it says who
holds it, so that others can go through the owner. A folder is copied with its note, which then speaks of the original:
so the note names the folder that it was written in, and counts only there, and only while the lock is held.
Imports nothing heavy: it is on the command line's way to a server.
"""

import errno
import json
import os
import secrets
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from vectorstore.errors import FolderError, FolderLockedError, FolderReadOnlyError, StorageError
from vectorstore.layout import LOCK, NEW_NOTE, NOTE

_PATIENCE_S = 0.5  # whoever asks whether the lock is held takes it for an instant
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EIO}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds a data folder. url: where it serves, None where it doesn't. token: proves a server to be this owner."""

    pid: int
    url: str | None
    token: str


class FolderLock:
    """A held lock on a data folder. Release it once; a process that dies releases it too."""

    def __init__(self, data_dir: Path, lock: FileLock, owner: Owner) -> None:
        self._note = data_dir / NOTE
        self._lock = lock
        self._owner = owner

    @classmethod
    def acquire(cls, data_dir: Path) -> Self:
        """Create the folder if need be and take its lock, without waiting for another owner to end.

        Raises FolderLockedError (with the owner's url, where it gave one), FolderReadOnlyError, FolderError or
        StorageError (a full disk).
        """
        # Not bound to a thread: a server opens the store in one thread and closes it in another.
        lock = FileLock(data_dir / LOCK, thread_local=False)
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=_PATIENCE_S)
        except Timeout:
            raise _locked(data_dir) from None
        except OSError as error:
            raise _unusable(data_dir, error) from error
        held = cls(data_dir, lock, Owner(pid=os.getpid(), url=None, token=secrets.token_hex(16)))
        try:
            held._write_note()
        except OSError as error:
            lock.release()
            raise _unusable(data_dir, error) from error
        return held

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._note.parent

    @property
    def token(self) -> str:
        """What a server on this folder gives as its `instance`, so that a stale note is told from a true one."""
        return self._owner.token

    def announce(self, url: str) -> None:
        """Tell other processes where this one serves. Raises FolderReadOnlyError, FolderError or StorageError."""
        self._owner = replace(self._owner, url=url)
        try:
            self._write_note()
        except OSError as error:
            raise _unusable(self._note.parent, error) from error

    def release(self) -> None:
        """Take the note away and let the folder go. A second call does nothing."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()

    def _write_note(self) -> None:
        """Replace the note in one step: a reader never sees half of it."""
        handle, name = tempfile.mkstemp(dir=self._note.parent, prefix=NEW_NOTE)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(self._owner) | {"folder": _identity(self._note.parent)}, file)
            Path(name).replace(self._note)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def read_owner(data_dir: Path) -> Owner | None:
    """The process that owns a folder, None where none does or its note can't be read."""
    try:
        note = json.loads((data_dir / NOTE).read_text(encoding="utf-8"))
        url = note["url"]
        owner = Owner(pid=int(note["pid"]), url=None if url is None else str(url), token=str(note["token"]))
        return owner if note["folder"] == _identity(data_dir) and _is_held(data_dir) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _identity(data_dir: Path) -> str:
    """What no copy of a folder shares with it: where it is, and which file its lock is. Raises OSError."""
    lock = (data_dir / LOCK).stat()
    return f"{data_dir.resolve()}:{lock.st_dev}:{lock.st_ino}"


def _is_held(data_dir: Path) -> bool:
    """Whether a process holds the lock. Raises OSError."""
    lock = FileLock(data_dir / LOCK, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except (Timeout, PermissionError):  # who may not write can't try the lock, and believes the note
        return True
    lock.release()
    return False


def _locked(data_dir: Path) -> FolderLockedError:
    owner = read_owner(data_dir)
    if owner is None:
        return FolderLockedError(f"The data folder {data_dir} is in use by another process. Stop it, or wait for it.")
    if owner.url is None:
        return FolderLockedError(
            f"The data folder {data_dir} is in use by process {owner.pid}. Stop it, or wait for it to end."
        )
    return FolderLockedError(
        f"The data folder {data_dir} is in use by the server at {owner.url} (process {owner.pid}). "
        f"Go through it (QA_SERVER={owner.url}), or stop it.",
        owner.url,
    )


def _unusable(data_dir: Path, error: OSError) -> FolderError | StorageError:
    if error.errno in _READ_ONLY:
        return FolderReadOnlyError(
            f"The data folder {data_dir} can't be written to. Give this user the right to write there, "
            "or set QA_DATA_DIR to another folder."
        )
    if isinstance(error, FileExistsError | NotADirectoryError):
        return FolderError(f"{data_dir} is not a folder. Set QA_DATA_DIR to a folder.")
    if error.errno in _DISK:
        return StorageError(
            f"The data folder {data_dir} can't be used: {error.strerror}. Free some space or check the disk."
        )
    return FolderError(
        f"The data folder {data_dir} can't be used: {error.strerror}. Check it, or set QA_DATA_DIR to another one."
    )
