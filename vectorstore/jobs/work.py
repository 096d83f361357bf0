"""What jobs do: articles taken in, and the indexes made anew; each gives up between two steps when it is told to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from vectorstore.records import Counts, IngestResult, Source


class Run(Protocol):
    """A job under way, as its work sees it. Every call raises where the job is to end."""

    def go_on(self) -> None:
        """Nothing, where it may go on."""

    def result(self, result: IngestResult, share: float | None = None) -> None:
        """Tell what became of an article, and which share of the work is done with it, 0 to 1, where that is known."""

    def reached(self, done: int, total: int) -> None:
        """Tell how many passages are done."""


class Ingesting(Protocol):
    """What takes articles in: the store."""

    def ingest(self, sources: Iterable[Source], progress: Callable[[IngestResult], None] | None = None) -> object:
        """Take articles in, and tell what became of each."""


class Reindexing(Protocol):
    """What makes the indexes anew: the store."""

    def counts(self) -> Counts:
        """How much there is."""

    def reindex(self, progress: Callable[[int], None] | None = None) -> Counts:
        """Make the indexes anew, and tell how many more passages are done."""


@dataclass(frozen=True, slots=True)
class Work:
    """run: does it. close: lets go of what it holds, whether it was run or not; called once."""

    run: Callable[[Run], object]
    close: Callable[[], None] = lambda: None


def ingesting(
    store: Ingesting,
    sources: Iterable[Source],
    share: Callable[[], float | None] = lambda: None,
    close: Callable[[], None] = lambda: None,
) -> Work:
    """Take articles in. share: how much of them has been read, 0 to 1. Given up, what is committed stays."""

    def run(job: Run) -> None:
        def until_stopped() -> Iterator[Source]:
            for source in sources:
                job.go_on()
                yield source

        store.ingest(until_stopped(), lambda result: job.result(result, share()))

    return Work(run, close)


def reindexing(store: Reindexing) -> Work:
    """Make the indexes anew. Given up, everything is as it was."""
    return Work(lambda job: reindex_telling(store, job.reached))


def reindex_telling(store: Reindexing, reached: Callable[[int, int], None]) -> Counts:
    """Make the indexes anew. reached: told how many passages are done, of how many; what it raises ends it."""
    total, done = store.counts().passages, 0

    def progress(more: int) -> None:
        nonlocal done
        done += more
        reached(done, max(done, total))

    return store.reindex(progress)
