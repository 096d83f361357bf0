"""Libraries for the time of an evaluation: of articles that a data set brings, or of a dump."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from qa.engine import Engine
from qa.evaluation.errors import DatasetError
from qa.evaluation.records import Document, FailedArticle
from vectorstore.readers import read_paths
from vectorstore.records import Article, ArticleSummary, IngestResult, Source
from vectorstore.store import Store

OpenEngine = Callable[[Path], Engine]
"""An engine over a data folder, which is made where it isn't there."""

Progress = Callable[[int], None]
"""Told how many articles have been read so far."""

_PAGE = 500


@contextmanager
def temporary(open_engine: OpenEngine) -> Iterator[Engine]:
    """An engine over an empty library, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="qa-eval-", ignore_cleanup_errors=True) as folder:
        engine = open_engine(Path(folder) / "data")
        try:
            yield engine
        finally:
            engine.close()


def take_documents(store: Store, documents: Sequence[Document], progress: Progress) -> tuple[FailedArticle, ...]:
    """Take the articles of a data set in, and return those that could not be. Raises DatasetError where none could."""
    failed, taken = _taken(store, (_source(document) for document in documents), progress)
    if not taken:
        raise DatasetError(f"None of the articles that the data set brings can be taken in. {failed[0].reason}")
    return failed


def take_dump(store: Store, path: Path, progress: Progress) -> tuple[FailedArticle, ...]:
    """Take in whatever `qa ingest` reads, and return what could not be. Raises DatasetError where nothing could."""
    failed, taken = _taken(store, read_paths([path]), progress)
    if not taken:
        if failed:
            raise DatasetError(f"Nothing in {path} can be taken in: {failed[0].reason.rstrip('.')}.")
        raise DatasetError(f"There are no articles in {path}. Give --articles what `qa ingest` reads.")
    return failed


def articles_of(store: Store) -> tuple[ArticleSummary, ...]:
    """Return all articles of a library."""
    page = store.articles(limit=_PAGE)
    items = page.items
    while page.next_cursor is not None:
        page = store.articles(limit=_PAGE, cursor=page.next_cursor)
        items += page.items
    return items


def _taken(store: Store, sources: Iterable[Source], progress: Progress) -> tuple[tuple[FailedArticle, ...], int]:
    """What could not be taken in, and how much could."""
    results: list[IngestResult] = []

    def one_more(result: IngestResult) -> None:
        results.append(result)
        progress(len(results))

    store.ingest(sources, one_more)
    failed = tuple(
        FailedArticle(result.name, result.reason or "No reason was given.")
        for result in results
        if result.outcome == "failed"
    )
    return failed, len(results) - len(failed)


def _source(document: Document) -> Source:
    return Source(document.key, Article(key=document.key, text=document.text, title=document.title))
