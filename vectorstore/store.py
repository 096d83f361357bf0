"""The store: a data folder with its library and its two indexes, searched and written as one."""

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self

from vectorstore.carrying import carry_forward, cluster_all, name_languages, to_change
from vectorstore.changes import Changes
from vectorstore.cleaning import Cleaning
from vectorstore.database import Database, sqlite_url
from vectorstore.disk import refuse_full, size_of_indexes
from vectorstore.embedder import Embedder
from vectorstore.erasure import Erasure, prove_gone
from vectorstore.errors import ClosedError, IndexDamagedError, StorageError, VectorstoreError
from vectorstore.indexes import Indexes
from vectorstore.ingest import Commit, Ingest, Progress
from vectorstore.jobs.ledger import forget_article
from vectorstore.languages import ENGLISH
from vectorstore.layout import CHROMA, LIBRARY, TANTIVY, refuse_lost, remove_leftovers
from vectorstore.library import Forgetting, Library
from vectorstore.limits import NO_LIMITS, Limits
from vectorstore.lock import FolderLock
from vectorstore.passages import PassageReader
from vectorstore.records import Counts, Filters, Health, IngestResult, Page, Place, SearchResult, Source, StoredArticle
from vectorstore.search import Search
from vectorstore.slots import Notice
from vectorstore.upkeep import Upkeep
from vectorstore.writing import Prepared

_PASSAGES_BEHIND = 4_000
_LAST_WRITE_S = 0.8
_PATIENCE_S = 5.0  # how long a check waits for a writer to end
_MOST_HITS = 1_000
_MOST_REPRINTS = 20
_EVERYTHING = Filters()


def _silent(_: object) -> None:
    """For callers that want to hear nothing."""


class Store:
    """A data folder: the library and its two indexes, searched and written as one. Thread-safe.

    One batch is written at a time, and searches go on meanwhile. Use `open`, and `close` at the end.
    upkeep: checks and mends it. cleaning: takes what was deleted out of the indexes' files. `open` does so, and after
    each deletion a folder that is served (see `announce`) does; others call it.
    """

    def __init__(
        self, lock: FolderLock, database: Database, indexes: Indexes, embedder: Embedder, on_notice: Notice
    ) -> None:
        self._lock = lock
        self._database = database
        self._indexes = indexes
        self._embedder = embedder
        self._on_notice = on_notice
        self._library = Library(database)
        self._changes = Changes(database)
        self._reader = PassageReader(database)
        self._search = Search(self._reader)
        self._writing = threading.RLock()
        self._behind = 0
        self._forgetting: list[Forgetting] = [forget_article]
        self.upkeep = Upkeep(lock.folder, database, indexes, self._writing, self._follow, self._reader.changed)
        self.cleaning = Cleaning(lock.folder, database, indexes, self._writing, self._follow, on_notice)

    @classmethod
    def open(
        cls, data_dir: Path, embedding: Embedder, *, on_notice: Notice = _silent, reindexing: bool = False
    ) -> Self:
        """Open a data folder, or make one. The indexes are brought up to the library, proven, and rebuilt if need be.

        on_notice: is told, in words for the user, what was repaired. reindexing: open even where the passages are of
        another embedding model, so that `reindex` can embed them anew.

        Raises FolderLockedError, FolderReadOnlyError, FolderTooNewError, EmbeddingChangedError, FolderError or
        StorageError.
        """
        lock = FolderLock.acquire(data_dir)
        try:
            refuse_lost(data_dir)
            remove_leftovers(data_dir)
            database = Database.open(sqlite_url(data_dir / LIBRARY))
            indexes = Indexes(data_dir, Changes(database), on_notice)
        except BaseException:
            lock.release()
            raise
        store = cls(lock, database, indexes, embedding, on_notice)
        try:
            if not reindexing:
                store._library.bind(embedding.name, embedding.dimensions)
            store._library.unstage()  # what a process that was killed left
            name_languages(database, on_notice)
            indexes.heal()
            store.cleaning.clean_or_tell()
        except BaseException:
            store.close()
            raise
        return store

    @property
    def database(self) -> Database:
        """The library's database, for those above who keep something beside the articles."""
        return self._database

    def when_deleting(self, forget: Forgetting) -> None:
        """Have `forget` called in each transaction that deletes an article."""
        self._forgetting.append(forget)

    @property
    def embedding_name(self) -> str:
        """The name of the embedding model."""
        return self._embedder.name

    @property
    def embedder(self) -> Embedder:
        """The embedding model, for those above who compare sentences by it."""
        return self._embedder

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        filters: Filters = _EVERYTHING,
        also: Sequence[Place] = (),
        language: str = ENGLISH,
    ) -> SearchResult:
        """The passages that bear on a question, best first; as many as `limit` where there are as many that pass.

        limit: at most 1,000. also: stretches whose passages compete in any case. language: of the question, by whose
        stems passages are found (see `languages`).

        Raises EmbeddingError, EmbeddingChangedError or StorageError.
        """
        limit = min(limit, _MOST_HITS)
        vector = self._embedder.embed_question(question)
        self._reader.check_embedding(self._embedder.name, len(vector))

        def find() -> SearchResult:
            with self._indexes.searching() as (vectors, lexical):
                spoken = lexical.speaking(language)
                return self._search.find(question, vector, (vectors, spoken), limit, filters, also)

        try:
            return find()
        except IndexDamagedError:
            return self._search_again(find, len(vector))

    def reprints(self, article: StoredArticle, filters: Filters = _EVERYTHING) -> list[StoredArticle]:
        """Other articles that print nearly the same text, at most 20 of them. Raises StorageError."""
        return self._reader.reprints(article, Limits.of(filters), _MOST_REPRINTS)

    def rarity(self, word: str, language: str = ENGLISH) -> float:
        """How telling a word is among all passages: its inverse document frequency, above 0, about 10 at most.

        1 while the lexical index is damaged: then all words are alike.
        """
        try:
            return self._indexes.rarity(word, language)
        except IndexDamagedError:
            return 1.0

    def ingest(self, sources: Iterable[Source], progress: Progress | None = None) -> tuple[IngestResult, ...]:
        """Take articles in: one result a source, in their order, each given to `progress` once it is committed.

        Without a `progress` they are returned; with one nothing is, since a dump may have millions.

        A committed article is safe whatever happens next, and found by searches when this returns. Never raises for a
        bad article; DiskFullError once there is no room for more. An index that can't be written is rebuilt; where
        that fails too, the article is in nevertheless, a notice says so, and the next search tries again. Where the
        process is told to end meanwhile, they follow when the store is opened again.
        """
        return self._take_in(sources, progress, self._commit)

    def delete(self, article_id: str) -> None:
        """Take an article away: it is not found, shown or cited from now on. Raises ArticleNotFoundError.

        Its text is gone from the library's files, too, when this returns; if a search is long in the way, when the next
        article is deleted or the store is closed. The indexes' files may hold vectors and stems of it, which nothing
        finds, until `cleaning` has taken them out. It waits for no other writer: who writes brings the indexes up.
        """
        self._library.delete(article_id, self._forgetting)
        self._reader.changed()
        if self._writing.acquire(blocking=False):
            try:
                self._follow_or_tell()
            finally:
                self._writing.release()
        self._database.forget()
        self.cleaning.deleted()

    def erase(self, article_id: str) -> Erasure:
        """Delete an article, take what is left of it out of the indexes' files, and search the data folder for it.

        Keeps other writers waiting. Raises ArticleNotFoundError; StorageError or IndexDamagedError where the indexes'
        files can't be made clean: the article is deleted then, and nothing proven.
        """

        def delete() -> None:
            self.delete(article_id)
            self.cleaning.clean()

        with self._writing:
            return prove_gone(self._database, self._lock.folder, self._indexes, article_id, delete)

    def articles(self, *, limit: int = 50, cursor: str | None = None) -> Page:
        """A page of the articles, the last added first. Raises BadCursorError."""
        return self._library.page(limit, cursor)

    def article(self, article_id: str, revision: int | None = None) -> StoredArticle:
        """An article, or an older revision of it. Raises ArticleNotFoundError."""
        return self._library.article(article_id, revision)

    def sources(self) -> tuple[str, ...]:
        """The publishers of the articles, as they are written, in order."""
        return self._reader.sources()

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of publication among the articles; None where none has one."""
        return self._reader.days()

    def counts(self) -> Counts:
        """How much there is to search."""
        return self._reader.counts(NO_LIMITS)

    def reindex(self, progress: Callable[[int], None] | None = None) -> Counts:
        """Make both indexes anew from the library; embed every passage anew where the model has changed.

        Articles of an older version whose text is made otherwise now get a new revision; a notice says first how many.

        Searches go on with the old ones meanwhile; after a change of model there is nothing for them to go on with, and
        they raise EmbeddingChangedError until then.

        progress: called with how many more passages are done; what it raises ends this. Raises EmbeddingError or
        StorageError: then everything is as it was, and searches go on as before.
        """
        told = progress or _silent

        def take(sources: Iterable[Source]) -> None:
            told(0)
            self._take_in(sources, None, partial(self._commit, bring_back=False))  # a deletion doesn't wait for this

        with self._writing:
            refuse_full(self._lock.folder, beside=size_of_indexes(self._lock.folder))
            if changing := to_change(self._database):
                self._on_notice(
                    f"{changing:,} of the articles were taken in by an older version, and their text is made otherwise "
                    "now (see docs/ingest.md): each gets a new revision."
                )
            if self._embedder.dimensions is None and self._changes.count():
                self._embedder.embed_question("How long is a vector?")  # a remote model tells its dimensions by one
            same, uncleaned = self._changes.embedded_by(self._embedder), self._changes.uncleaned()
            self._indexes.rebuild(None if same else self._embedder, told)
            self._changes.mark_clean(uncleaned)
            self._reader.changed()
            carry_forward(self._database, take)
            cluster_all(self._database)
            self._reader.changed()
        return self.counts()

    def check(self) -> Health:
        """Prove now that the library can be read and that both indexes find what it holds; mend them if they don't."""
        try:
            if self._writing.acquire(blocking=False):  # else a batch is being written, which brings them up anyway
                try:
                    self._follow()
                finally:
                    self._writing.release()
            counts = self.counts()
            # What looks like a fault may be a write that got between: then waiting for its end is all it takes.
            if (faults := self._indexes.faults()) and self._writing.acquire(timeout=_PATIENCE_S):
                try:
                    if faults := self._indexes.faults():
                        self._indexes.heal()
                        faults = self._indexes.faults()
                finally:
                    self._writing.release()
        except VectorstoreError as error:
            return Health(ready=False, detail={"library": str(error)})
        detail = {"library": f"{counts.articles} articles", CHROMA: "proven", TANTIVY: "proven", **faults}
        return Health(ready=not faults, detail=detail)

    def announce(self, url: str) -> None:
        """Tell others where this folder is served; from now on indexes are written in small steps, and cleaned."""
        self._lock.announce(url)
        self._indexes.serving()
        self.cleaning.go_on_behind()

    @property
    def token(self) -> str:
        """What the server gives as its `instance`, by which others prove the owner's note."""
        return self._lock.token

    def close(self) -> None:
        """Let go of the folder. A second call does nothing.

        A write that goes on in another thread gives up at its next step, and is not waited for much longer: what is
        acknowledged is safe, and the indexes follow when the store is opened again.
        """
        self.cleaning.stop()
        self._indexes.stop()
        held = self._writing.acquire(timeout=_LAST_WRITE_S)
        try:
            self._indexes.close()
            self._database.close()
            self._lock.release()
        finally:
            if held:
                self._writing.release()
            self.cleaning.join(_LAST_WRITE_S)

    def _search_again(self, find: Callable[[], SearchResult], dimensions: int) -> SearchResult:
        """Search after an index has failed: it is just being made anew, or must be. Raises StorageError."""
        with self._writing:
            self._library.bind(self._embedder.name, dimensions)  # a remote model that changed is no damage
            self._indexes.heal()
            try:
                return find()
            except IndexDamagedError as error:
                raise StorageError(f"{error}. Nothing is lost: run `qa reindex` to make the indexes anew.") from error

    def _take_in(
        self, sources: Iterable[Source], progress: Progress | None, commit: Commit
    ) -> tuple[IngestResult, ...]:
        each = Ingest(self._library, self._embedder, commit, progress or _silent).run(sources)
        try:
            results = tuple(result for result in each if progress is None)
        except Exception:
            self._follow_or_tell()
            raise
        self._follow_or_tell()
        return results

    def _commit(self, batch: list[Prepared], *, bring_back: bool = True) -> list[IngestResult]:
        """Acknowledge a batch. The indexes follow in larger steps: small ones cost them twice the time.

        But revisions that replace others are in the indexes before they count, so that no search finds neither.
        """
        with self._writing:
            refuse_full(self._lock.folder)
            try:
                if self._library.stage(batch, self._embedder.name):
                    self._follow_or_tell()
                results = self._library.commit(batch, self._embedder.name, bring_back=bring_back)
            except BaseException:
                with suppress(StorageError):  # then the next opening does it
                    self._library.unstage()
                raise
            self._reader.changed()
            self._behind += sum(len(prepared.spans) for prepared in batch)
            if self._behind >= _PASSAGES_BEHIND:
                self._follow_or_tell()
        return results

    def _follow(self) -> None:
        """Bring the indexes up to the library; rebuild what fails. Raises StorageError."""
        with self._writing:
            try:
                self._indexes.catch_up()
            except IndexDamagedError:
                self._indexes.heal()

    def _follow_or_tell(self) -> None:
        """Bring the indexes up after a commit: what is committed has not failed, whatever becomes of them now."""
        with self._writing:
            self._behind = 0
            try:
                self._follow()
            except ClosedError:
                return
            except StorageError as error:
                self._on_notice(str(error))
