"""Where one derived index lives: its folder, the index while it is open, and how a new one takes its place.

A new index is made in a folder of its own, beside the one that is searched: "chroma", then "chroma-1", "chroma-2".
Which of them counts is for the library to say (see `Changes.moving`); whatever else there is of them is left over.
"""

import os
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from vectorstore.changes import IndexBatch
from vectorstore.errors import IndexDamagedError, StorageError
from vectorstore.layout import index_folders

SAFE = "Nothing is lost: the library has every article."

Notice = Callable[[str], None]


class DerivedIndex(Protocol):
    """What is made from the library and can be made again."""

    def add(self, batch: IndexBatch) -> None:
        """Add or replace passages."""
        ...

    def remove(self, ids: Sequence[int]) -> None:
        """Remove passages; an unknown id is no error."""
        ...

    def commit(self) -> None:
        """Make it durable and visible."""
        ...

    def count(self) -> int:
        """How many passages it says it has."""
        ...

    def proves(self, sample: IndexBatch) -> bool:
        """Whether it finds each of these."""
        ...

    def missing(self, batch: IndexBatch) -> list[int]:
        """Those of these passages that it does not find."""
        ...

    def ids(self) -> set[int]:
        """The ids of all that it holds."""
        ...

    def close(self) -> None:
        """Let go of its folder."""
        ...


Index = TypeVar("Index", bound=DerivedIndex)


def _in_an_empty_folder(_: Path) -> None:
    """For an index that is made from nothing."""


class Slot(Generic[Index]):
    """The place of one index. Searched by many threads; opened, moved and closed by one at a time (the store's care).

    number: which of its folders counts. make: opens an index in a folder, or makes one there.
    """

    def __init__(
        self, name: str, data_dir: Path, number: int, make: Callable[[Path], Index], on_notice: Notice
    ) -> None:
        self.name = name
        self.make = make
        self.index: Index | None = None
        self._data_dir = data_dir
        self._number = self._last = number
        self._on_notice = on_notice
        self._searches: Counter[Index] = Counter()
        self._searched = threading.Condition()

    @property
    def folder(self) -> Path:
        """Where the index is."""
        return self._path(self._number)

    @property
    def opened(self) -> Index:
        """The index. A search never opens it: that is the store's, which proves it. Raises IndexDamagedError."""
        if self.index is None:
            raise IndexDamagedError(f"The {self.name} index is not open.")
        return self.index

    @contextmanager
    def searching(self) -> Iterator[Index]:
        """The index, which stays open until this ends, even if another takes its place. Raises IndexDamagedError."""
        with self._searched:
            index = self.opened
            self._searches[index] += 1
        try:
            yield index
        finally:
            with self._searched:
                self._searches[index] -= 1
                self._searched.notify_all()

    def open(self) -> Index:
        """The index, opened if it isn't yet. Raises IndexDamagedError, or StorageError where nothing can be kept."""
        _refuse_unusable(self.folder)
        if self.index is None:
            self.index = self.make(self.folder)
        return self.index

    @contextmanager
    def building(self, begin: Callable[[Path], None] = _in_an_empty_folder) -> Iterator[tuple[int, Index]]:
        """A new index in a new folder, and the folder's number. If what is done with it fails, both are gone again.

        begin: puts something into the folder, which isn't there yet, before the index is opened in it.
        """
        self._last += 1  # none twice: Chroma keeps one client a folder, which would go on with files that are gone
        while self._path(self._last).exists():
            self._last += 1
        number, folder, index = self._last, self._path(self._last), None
        try:
            begin(folder)
            index = self.make(folder)
            yield number, index
        except BaseException:
            self._let_go(index)
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def move(self, number: int, index: Index) -> None:
        """Let a new index take the place of the old one, which is closed and removed when its last search has ended."""
        old, self.index = self.index, index
        self._number = number
        self._let_go(old)
        self.tidy()

    def tidy(self) -> None:
        """Remove the folders of this index that don't count: of one that was replaced, or never done."""
        for folder in index_folders(self._data_dir):
            if folder.name.partition("-")[0] == self.name and folder != self.folder:
                try:
                    shutil.rmtree(folder)
                except OSError as error:
                    self._on_notice(f"{folder} is of no use any more and can't be removed: {error.strerror}.")

    def close(self) -> None:
        """Let go of the folder, when the last search has ended."""
        index, self.index = self.index, None
        self._let_go(index)

    def _let_go(self, index: Index | None) -> None:
        if index is None:
            return
        with self._searched:
            self._searched.wait_for(lambda: not self._searches[index])
            del self._searches[index]
        try:
            index.close()
        except IndexDamagedError as error:
            # Nothing hangs on a clean end: the next opening proves what is there.
            self._on_notice(f"The {self.name} index did not close cleanly: {error}")

    def _path(self, number: int) -> Path:
        return self._data_dir / (f"{self.name}-{number}" if number else self.name)


def _refuse_unusable(folder: Path) -> None:
    """Raise StorageError where no index can be kept in a folder, whatever is done."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise StorageError(f"{folder} is no folder, and an index is kept there. Move it away, then try again. {SAFE}")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise StorageError(f"{folder} may not be written to: give this user the right to, then try again. {SAFE}")
