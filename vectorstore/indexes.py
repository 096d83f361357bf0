"""The two derived indexes as one: opened, proven, kept up with the library, rebuilt from it when they fail.

A proof is not a count, which stays right when files are torn: stored vectors and words are looked up.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from vectorstore.chroma import SERVING_BATCH, VectorIndex
from vectorstore.errors import IndexDamagedError, StorageError
from vectorstore.feed import Feed, IndexBatch
from vectorstore.lexical import LexicalIndex

_SAMPLE = 48

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

    def close(self) -> None:
        """Let go of its folder."""
        ...


Index = TypeVar("Index", bound=DerivedIndex)


@dataclass(slots=True)
class _Slot(Generic[Index]):
    """Where one index lives, and the index while it is open."""

    name: str
    folder: Path
    make: Callable[[Path], Index]
    index: Index | None = None

    @property
    def opened(self) -> Index:
        """The index. A search never opens it: it may be closed because its folder is just being made anew."""
        if self.index is None:
            raise IndexDamagedError(f"The {self.name} index is not open.")
        return self.index


class Indexes:
    """Chroma and Tantivy in a data folder. Searched by many threads, written by one at a time (the store's care)."""

    def __init__(self, data_dir: Path, feed: Feed, on_notice: Notice) -> None:
        self._feed = feed
        self._on_notice = on_notice
        self._vectors = _Slot("chroma", data_dir / "chroma", VectorIndex)
        self._lexical = _Slot("tantivy", data_dir / "tantivy", LexicalIndex)

    @property
    def vectors(self) -> VectorIndex:
        """The vector index. Raises IndexDamagedError."""
        return self._vectors.opened

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index. Raises IndexDamagedError."""
        return self._lexical.opened

    def clear(self) -> None:
        """Drop what the folders hold: the library is a new one, they are of another."""
        for slot in (self._vectors, self._lexical):
            shutil.rmtree(slot.folder, ignore_errors=True)

    def serving(self) -> None:
        """From now on write in small steps: while Chroma writes, nothing else of the process runs."""
        self._vectors.make = lambda folder: VectorIndex(folder, SERVING_BATCH)
        if self._vectors.index is not None:
            self._vectors.index.rows_a_write = SERVING_BATCH

    def catch_up(self) -> None:
        """Bring both up to the library's revision. Raises IndexDamagedError or StorageError."""
        target, indexed = self._feed.position()
        if indexed == target:
            return
        self._apply(indexed, [self.vectors, self.lexical])
        self._feed.mark_indexed(target)

    def heal(self) -> None:
        """Bring both up to the library and prove them; what fails is rebuilt, with a notice. Raises StorageError."""
        target, indexed = self._feed.position()
        for slot in (self._vectors, self._lexical):
            try:
                if slot.index is None:
                    slot.index = slot.make(slot.folder)
                if indexed != target:
                    self._apply(indexed, [slot.index])
                proven = self._complete(slot.opened)
            except IndexDamagedError:
                proven = False
            if not proven:
                self._on_notice(f"The {slot.name} index could not be proven: building it anew from the library.")
                self._rebuild(slot)
        if indexed != target:
            self._feed.mark_indexed(target)

    def rebuild(self) -> None:
        """Make both anew from the library. Raises StorageError."""
        target, _ = self._feed.position()
        for slot in (self._vectors, self._lexical):
            self._rebuild(slot)
        self._feed.mark_indexed(target)

    def faults(self) -> dict[str, str]:
        """Prove what both have taken: what is wrong with each index, by its name; empty where nothing is."""
        found = {}
        for slot in (self._vectors, self._lexical):
            try:
                if not slot.opened.proves(self._feed.sample(_SAMPLE)):
                    found[slot.name] = "passages of the library are not found in it"
            except IndexDamagedError as error:
                found[slot.name] = str(error)
        return found

    def close(self) -> None:
        """Let go of both folders."""
        for slot in (self._vectors, self._lexical):
            self._close(slot)

    def _apply(self, indexed: int, indexes: Sequence[DerivedIndex]) -> None:
        """Take what left the library since a revision out of the indexes, and what came into them."""
        removed = self._feed.removed_since(indexed)
        for index in indexes:
            index.remove(removed)
        for batch in self._feed.added_since(indexed):
            for index in indexes:
                index.add(batch)
        for index in indexes:
            index.commit()

    def _complete(self, index: DerivedIndex) -> bool:
        return index.count() == self._feed.count() and index.proves(self._feed.sample(_SAMPLE))

    def _rebuild(self, slot: _Slot[Any]) -> None:
        self._close(slot)
        try:
            if slot.folder.exists():
                shutil.rmtree(slot.folder)
            slot.index = self._made(slot)
        except (IndexDamagedError, OSError) as error:
            raise StorageError(
                f"The {slot.name} index could not be built ({error}). Nothing is lost: the library has every article. "
                "Check the disk and its free space, then try again."
            ) from error

    def _made(self, slot: _Slot[Index]) -> Index:
        """An index with everything in it. Until then no search sees it, and if it fails it holds no file open:
        Chroma keeps one client a folder, which would go on with files that are gone."""
        index = slot.make(slot.folder)
        try:
            self._apply(0, [index])
        except BaseException:
            index.close()
            raise
        return index

    def _close(self, slot: _Slot[Any]) -> None:
        index, slot.index = slot.index, None
        if index is None:
            return
        try:
            index.close()
        except IndexDamagedError as error:
            # Nothing hangs on a clean end: the next opening proves what is there.
            self._on_notice(f"The {slot.name} index did not close cleanly: {error}")
