"""A backup put in the place of a library: checked, copied beside it, opened there, and only then swapped in.

Whatever ends this, there is either the old library or the new one. The indexes are those of the old one: they go first,
and the next opening makes them anew.
"""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from vectorstore.backup import Backup, read_backup, sync
from vectorstore.database import Database, sqlite_url
from vectorstore.disk import refuse_full
from vectorstore.errors import BackupError
from vectorstore.layout import LIBRARY, RESTORED, index_folders
from vectorstore.lock import FolderLock


def restore(folder: Path, data_dir: Path, *, force: bool = False) -> Backup:
    """Put the backup in a folder in the place of a data folder's library. force: even where that holds something.

    Raises BackupError (no whole backup, or a library that holds something), FolderLockedError, FolderTooNewError (the
    backup is of a newer version), DiskFullError or another FolderError: then the library is as it was.
    """
    backup = read_backup(folder)
    lock = FolderLock.acquire(data_dir)
    library, staged = data_dir / LIBRARY, data_dir / RESTORED
    try:
        if not force and _holds_something(library):
            raise BackupError(f"{data_dir} has a library already. Restore with --force to replace it by the backup.")
        refuse_full(data_dir, beside=backup.size)
        shutil.copyfile(folder / LIBRARY, staged)
        Database.open(sqlite_url(staged)).close()  # its version is one of ours, or becomes it
        sync(staged)
        _empty_log(library)
        for index in index_folders(data_dir):
            shutil.rmtree(index)
        staged.replace(library)
        sync(data_dir)
    except OSError as error:
        raise BackupError(f"The backup can't be put into {data_dir}: {error.strerror}. Check the disk.") from error
    finally:
        staged.unlink(missing_ok=True)
        lock.release()
    return backup


def _holds_something(library: Path) -> bool:
    """Whether anything would be lost with a library; what can't be read may hold anything."""
    if not library.exists() or not library.stat().st_size:
        return False
    tables = ("articles", "conversations", "feedback")
    try:
        with closing(sqlite3.connect(library)) as connection:
            there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            count = "SELECT count(*) FROM "
            return any(connection.execute(count + name).fetchone()[0] for name in tables if name in there)
    except sqlite3.Error:
        return True


def _empty_log(library: Path) -> None:
    """Take what is in the old library's write-ahead log into it: beside the new one it would be taken for its own."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(library)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in ("-wal", "-shm"):
        library.with_name(library.name + end).unlink(missing_ok=True)
