"""The two derived indexes as one: opened, proven, kept up with the library, rebuilt from it when they fail.

A proof is not a count, which stays right when files are torn: stored vectors and words are looked up.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from vectorstore.changes import Changes, IndexBatch
from vectorstore.chroma import SERVING_BATCH, VectorIndex
from vectorstore.disk import MAKE_ROOM, is_full
from vectorstore.embedder import Embedder
from vectorstore.errors import ClosedError, DiskFullError, IndexDamagedError, StorageError
from vectorstore.fresh_vectors import FreshVectors
from vectorstore.layout import CHROMA, TANTIVY
from vectorstore.lexical import LexicalIndex
from vectorstore.slots import SAFE, DerivedIndex, Notice, Slot
from vectorstore.vector_cleaning import copy_without_removed

_SAMPLE = 48
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Lacks:
    """passages: how many are current. missing: those of them that an index does not find. strays: what it holds that
    is none of them."""

    passages: int
    missing: int
    strays: int

    def __bool__(self) -> bool:
        return bool(self.missing or self.strays)


class Indexes:
    """Chroma and Tantivy in a data folder. Searched by many threads, written by one at a time (the store's care)."""

    def __init__(self, data_dir: Path, changes: Changes, on_notice: Notice) -> None:
        self._data_dir = data_dir
        self._changes = changes
        self._on_notice = on_notice
        self._vectors = Slot(CHROMA, data_dir, changes.folder_number(CHROMA), VectorIndex, on_notice)
        self._lexical = Slot(TANTIVY, data_dir, changes.folder_number(TANTIVY), LexicalIndex, on_notice)
        self._stopping = False
        self._slots: tuple[Slot[Any], ...] = (self._vectors, self._lexical)

    @property
    def vectors(self) -> VectorIndex:
        """The vector index, for whoever writes. Raises IndexDamagedError."""
        return self._vectors.opened

    @property
    def lexical(self) -> LexicalIndex:
        """The lexical index, for whoever writes. Raises IndexDamagedError."""
        return self._lexical.opened

    @contextmanager
    def searching(self) -> Iterator[tuple[VectorIndex, LexicalIndex]]:
        """Both, for a search: they stay open until this ends, even if others take their place.

        Raises IndexDamagedError.
        """
        with self._vectors.searching() as vectors, self._lexical.searching() as lexical:
            yield vectors, lexical

    def rarity(self, word: str, language: str) -> float:
        """How telling a word is; see `LexicalIndex.rarity`. Raises IndexDamagedError."""
        with self._lexical.searching() as lexical:
            return lexical.rarity(word, language)

    def serving(self) -> None:
        """From now on write in small steps: while Chroma writes, nothing else of the process runs."""
        self._vectors.make = lambda folder: VectorIndex(folder, SERVING_BATCH)
        if self._vectors.index is not None:
            self._vectors.index.rows_a_write = SERVING_BATCH

    def catch_up(self) -> None:
        """Bring both up to the library's revision. Raises IndexDamagedError or StorageError."""
        target, indexed = self._changes.position()
        if indexed == target:
            return
        self._apply(indexed, [self.vectors, self.lexical])
        self._changes.mark_indexed(target)

    def heal(self) -> None:
        """Bring both up to the library and prove them; what fails is rebuilt, with a notice. Raises StorageError."""
        target, indexed = self._changes.position()
        sample = self._changes.sample(_SAMPLE)
        for slot in self._slots:
            slot.tidy()
            try:
                index = slot.open()
                if indexed != target:
                    self._apply(indexed, [index])
                proven = index.count() == self._changes.count() and index.proves(sample)
            except IndexDamagedError:
                proven = False
            if not proven:
                self._on_notice(f"The {slot.name} index could not be proven: building it anew from the library.")
                try:
                    self._renew([slot])
                except DiskFullError:
                    raise  # what is there may still be read
                except StorageError:
                    slot.close()  # so that the next search tries again
                    raise
        if indexed != target:
            self._changes.mark_indexed(target)

    def rebuild(self, embedder: Embedder | None = None, progress: Callable[[int], None] | None = None) -> None:
        """Make both anew from the library, beside those that are searched meanwhile.

        embedder: embeds every passage anew, too; the vectors and the indexes change in one transaction.
        progress: called with how many more passages are in both; what it raises ends this. Raises EmbeddingError or
        StorageError. Whatever ends it, vectors and indexes are as they were.
        """
        target, _ = self._changes.position()
        self._renew(self._slots, embedder, progress)
        self._changes.mark_indexed(target)

    def clean(self) -> None:
        """Take what was removed out of their files: new ones take their place, while the old ones are searched.

        Both must be up with the library. Raises StorageError or IndexDamagedError; then they are as they were.
        """
        kept = self._changes.sample(_SAMPLE)
        try:
            self._copy_vectors(kept)
        except IndexDamagedError:
            self._renew([self._vectors])
        self._go_on()
        self._renew([self._lexical])

    def stems_of(self, text: str, language: str | None) -> set[tuple[str, str]]:
        """What a text puts into the lexical index; see `LexicalIndex.stems_of`. Raises IndexDamagedError."""
        return self.lexical.stems_of(text, language)

    def stems_left(self, stems: Iterable[tuple[str, str]]) -> tuple[str, list[str]]:
        """The folder of the lexical index, and what it still has of these. Raises IndexDamagedError."""
        return self._lexical.folder.name, self.lexical.left_over(stems)

    def faults(self) -> dict[str, str]:
        """Prove what both have taken: what is wrong with each index, by its name; empty where nothing is."""
        found = {}
        for slot in self._slots:
            try:
                with slot.searching() as index:
                    if not index.proves(self._changes.sample(_SAMPLE)):
                        found[slot.name] = "passages of the library are not found in it"
            except IndexDamagedError as error:
                found[slot.name] = str(error)
        return found

    def stop(self) -> None:
        """Have whoever writes give up at the next step, with ClosedError: both are closed next."""
        self._stopping = True

    def lacks(self) -> dict[str, Lacks | str]:
        """What each index lacks, by its name, all of it being looked up; why, in words, where that fails."""
        found: dict[str, Lacks | str] = {}
        for slot in self._slots:
            try:
                with slot.searching() as index:
                    found[slot.name] = self._lacks(index)
            except IndexDamagedError as error:
                found[slot.name] = str(error)
        return found

    def renew(self, names: Collection[str]) -> None:
        """Make these anew from the library, until every passage is found in them.

        Raises StorageError, and then they are as they were, or IndexDamagedError.
        """
        slots = [slot for slot in self._slots if slot.name in names]
        self._renew(slots)
        for slot in slots:
            self._add_what_is_missing(slot.opened)

    def close(self) -> None:
        """Let go of both folders."""
        for slot in self._slots:
            slot.close()

    def _go_on(self) -> None:
        if self._stopping:
            raise ClosedError("The store is being closed. The indexes follow when it is opened again.")

    def _lacks(self, index: DerivedIndex) -> Lacks:
        missing, current = 0, set[int]()
        for batch in self._changes.added_since(0):
            current.update(batch.ids)
            missing += len(index.missing(batch))
        return Lacks(len(current), missing, len(index.ids() - current))

    def _add_what_is_missing(self, index: DerivedIndex) -> None:
        """Add again what is not found in an index: among near-duplicates Chroma's graph leads to some from nowhere at
        first, and to those that come again (8 of 6,000, then none, measured)."""
        for _ in range(_ROUNDS):
            found_all = True
            for batch in self._changes.added_since(0):
                if missing := index.missing(batch):
                    index.add(batch.only(missing))
                    found_all = False
            index.commit()
            if found_all:
                return

    def _apply(self, indexed: int, indexes: Sequence[DerivedIndex]) -> None:
        """Take what left the library since a revision out of the indexes, and what came into them."""
        removed = self._changes.removed_since(indexed)
        for index in indexes:
            index.remove(removed)
        for batch in self._changes.added_since(indexed):
            self._go_on()
            for index in indexes:
                index.add(batch)
        for index in indexes:
            index.commit()

    def _copy_vectors(self, kept: IndexBatch) -> None:
        """Let a copy without what was removed take the place of the vector index. Raises IndexDamagedError."""
        if not kept.ids:
            raise IndexDamagedError("An empty vector index is quicker made than copied.")
        copied = partial(copy_without_removed, self._vectors.folder, kept=kept.only(kept.ids[:1]))
        with self._vectors.building(copied) as (number, index):
            self._go_on()
            if index.count() != self._changes.count() or not index.proves(kept):
                raise IndexDamagedError("A copy of the vector index could not be proven.")
            with self._changes.moving({CHROMA: number}):
                pass  # the folder's number is all that changes
        self._vectors.move(number, index)

    def _renew(
        self,
        slots: Sequence[Slot[Any]],
        embedder: Embedder | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Fill new indexes; when the library says that they count, let them take the place of the old ones."""
        try:
            with ExitStack() as stack:
                built = [stack.enter_context(slot.building()) for slot in slots]
                fresh = stack.enter_context(closing(FreshVectors()))
                batches = self._changes.embedded_anew(embedder, fresh) if embedder else self._changes.every()
                for batch in batches:
                    self._go_on()
                    for _, index in built:
                        index.add(batch)
                    if progress is not None:
                        progress(len(batch.ids))
                for _, index in built:
                    index.commit()
                numbers = {slot.name: number for slot, (number, _) in zip(slots, built, strict=True)}
                with self._changes.moving(numbers) as connection:
                    if embedder is not None:
                        self._changes.replace_embeddings(connection, embedder, fresh)
        except IndexDamagedError as error:
            if is_full(self._data_dir):
                raise DiskFullError(f"The disk is full: no index could be built. {SAFE} {MAKE_ROOM}") from error
            raise StorageError(
                f"The index could not be built ({error}). {SAFE} Check the disk and its free space, then try again."
            ) from error
        for slot, (number, index) in zip(slots, built, strict=True):
            slot.move(number, index)
