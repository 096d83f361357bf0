"""What deleted articles leave in the indexes' files, taken out: soon after they are deleted, whatever ends in between.

That something is left is noted in the library by the transaction that deletes (see `writing.erase`), and the note goes
when it is out. So a process that is killed leaves the note, and the next opening does what is left to do.
"""

import threading
from collections.abc import Callable
from pathlib import Path

from vectorstore.changes import Changes
from vectorstore.database import Database
from vectorstore.disk import refuse_full, size_of_indexes
from vectorstore.errors import ClosedError, VectorstoreError
from vectorstore.indexes import Indexes
from vectorstore.slots import Notice

_QUIET_S = 0.5  # without another deletion, before it begins: several cost as much as one
_LONGEST_QUIET_S = 5.0


class Cleaning:
    """Takes what was deleted out of the files of an open data folder. Thread-safe.

    writing: the store's lock. follow: brings the indexes up to the library.
    """

    def __init__(
        self,
        folder: Path,
        database: Database,
        indexes: Indexes,
        writing: threading.RLock,
        follow: Callable[[], None],
        on_notice: Notice,
    ) -> None:
        self._folder = folder
        self._database = database
        self._changes = Changes(database)
        self._indexes = indexes
        self._writing = writing
        self._follow = follow
        self._on_notice = on_notice
        self._deleted = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def clean(self) -> None:
        """Take it out now; nothing where there is nothing. Searches go on meanwhile, and writes wait.

        Raises StorageError or IndexDamagedError: then the note of it stays.
        """
        with self._writing:
            if number := self._changes.uncleaned():
                refuse_full(self._folder, beside=size_of_indexes(self._folder))
                self._follow()
                self._indexes.clean()
                self._changes.mark_clean(number)
                self._database.forget()

    def clean_or_tell(self) -> None:
        """Take it out now, or tell why not: then the next deletion or opening does."""
        try:
            self.clean()
        except ClosedError:
            return
        except VectorstoreError as error:
            self._on_notice(f"What was deleted can't be taken out of the indexes' files yet. {error}")

    def go_on_behind(self) -> None:
        """From now on take it out in a thread, some moments after each deletion."""
        self._thread = threading.Thread(target=self._work, name="cleaning", daemon=True)
        self._thread.start()

    def deleted(self) -> None:
        """Tell that something was deleted."""
        self._deleted.set()

    def stop(self) -> None:
        """Have the thread end. What it is at gives up when the indexes are stopped."""
        self._closing.set()
        self._deleted.set()

    def join(self, timeout_s: float) -> None:
        """Wait until the thread has ended, for so long at most."""
        if self._thread is not None:
            self._thread.join(timeout_s)

    def _work(self) -> None:
        while True:
            self._deleted.wait()
            for _ in range(int(_LONGEST_QUIET_S / _QUIET_S)):
                self._deleted.clear()
                if self._closing.wait(_QUIET_S):
                    return
                if not self._deleted.is_set():
                    break
            self._deleted.clear()
            self.clean_or_tell()
