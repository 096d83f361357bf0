"""Articles in: checked, cut, embedded and committed a batch at a time. What a batch has committed is acknowledged.

Nothing is kept but what the library has: after a crash at any point the same sources are simply ingested again, and
what was in comes back as unchanged.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vectorstore.changes import index_text
from vectorstore.chunking import cut_passages
from vectorstore.duplicates import signature
from vectorstore.embedder import Embedder
from vectorstore.errors import DiskFullError, EmbeddingError, StorageError, UnforeseenError, VectorstoreError
from vectorstore.guard import guarded
from vectorstore.identity import OncePerKey, content_hash, normalised
from vectorstore.languages import ENGLISH, base_of, language_of_article
from vectorstore.library import Library
from vectorstore.memory import give_back
from vectorstore.records import Article, IngestResult, Source, Span
from vectorstore.writing import Prepared

_ARTICLES_A_BATCH = 64
_CHARACTERS_A_BATCH = 1_000_000
_FAILURES_IN_A_ROW = 3

Progress = Callable[[IngestResult], None]
Commit = Callable[[list[Prepared]], list[IngestResult]]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Ingest:
    """One run over some sources.

    commit: takes a batch into the library (under the store's lock) and gives the outcomes.
    """

    library: Library
    embedder: Embedder
    commit: Commit
    progress: Progress
    _once: OncePerKey = field(default_factory=OncePerKey)
    _failures: int = 0
    _stopped: VectorstoreError | None = None

    def run(self, sources: Iterable[Source]) -> Iterator[IngestResult]:
        """Take the sources in as results are asked for: one a source, in order; a bad one never stops the others.

        Raises DiskFullError: what was acknowledged by then is kept.
        """
        for batch in _batches(sources):
            yield from self._take(batch)
            give_back()

    def _take(self, batch: list[Source]) -> list[IngestResult]:
        """The outcomes of a batch, in its order."""
        outcomes: dict[int, IngestResult] = {}
        fresh = self._fresh(batch, outcomes)
        results = self._commit([(batch[number].name, article) for number, article in fresh]) if fresh else []
        outcomes.update({number: result for (number, _), result in zip(fresh, results, strict=True)})
        ordered = [outcomes[number] for number in range(len(batch))]
        for result in ordered:
            self.progress(result)
        return ordered

    def _commit(self, named: list[tuple[str, Article]]) -> list[IngestResult]:
        """Embed and commit articles. Where one of them may be to blame for a failure, each is tried alone."""
        try:
            if self._stopped is not None:
                raise self._stopped
            with guarded("Taking it in", UnforeseenError):
                results = self.commit(self._prepare(named))
        except DiskFullError:
            raise  # no article is to blame, and none would fare better
        except VectorstoreError as error:
            if len(named) > 1 and isinstance(error, EmbeddingError | UnforeseenError) and not error.retryable:
                return [result for one in named for result in self._commit([one])]
            self._count(error, len(named))
            return [IngestResult(name, "failed", reason=_reason(error)) for name, _ in named]
        self._failures = 0
        return results

    def _count(self, error: VectorstoreError, articles: int) -> None:
        """Remember a failure that would come again, after as long a wait: then nothing more is tried."""
        if self._stopped is not None:
            return
        unforeseen = isinstance(error, UnforeseenError)
        _log.warning("%d articles were not taken in: %s", articles, error, exc_info=error if unforeseen else None)
        if unforeseen:
            return
        self._failures += 1
        if self._failures >= _FAILURES_IN_A_ROW or not isinstance(error, EmbeddingError):
            self._stopped = error

    def _fresh(self, batch: list[Source], outcomes: dict[int, IngestResult]) -> list[tuple[int, Article]]:
        """The articles that must be embedded, by their place in the batch; the others get their outcome."""
        asked = []
        for number, source in enumerate(batch):
            article = source.article
            if article is None:
                outcomes[number] = IngestResult(source.name, "failed", reason=source.reason or "It holds no article.")
            elif (reason := self._once.refusal(article, source.name)) is not None:
                outcomes[number] = IngestResult(source.name, "failed", reason=reason)
            else:
                asked.append((number, normalised(article)))
        try:
            known = self.library.known(article.key for _, article in asked)
        except StorageError as error:
            self._count(error, len(asked))
            known = {}
        fresh = []
        for number, article in asked:
            public_id, content = known.get(article.key, (None, None))
            if content == content_hash(article):
                outcomes[number] = IngestResult(batch[number].name, "unchanged", public_id)
            else:
                fresh.append((number, article))
        return fresh

    def _prepare(self, named: list[tuple[str, Article]]) -> list[Prepared]:
        """Cut and embed articles, all their passages in one call. Raises EmbeddingError."""
        languages = [language_of_article(article.text, article.language) for _, article in named]
        cuts: list[tuple[Span, ...]] = [
            cut_passages(article.text, language=base_of(language) or ENGLISH)
            for (_, article), language in zip(named, languages, strict=True)
        ]
        texts = [
            index_text(article.title, article.text, span)
            for (_, article), spans in zip(named, cuts, strict=True)
            for span in spans
        ]
        vectors = self._embed([article.key for _, article in named], texts)
        prepared, start = [], 0
        for (name, article), spans, language in zip(named, cuts, languages, strict=True):
            own = vectors[start : start + len(spans)]
            prepared.append(Prepared(name, article, signature(article.text), spans, own, language))
            start += len(spans)
        return prepared

    def _embed(self, keys: list[str], texts: list[str]) -> NDArray[np.float32]:
        """(len(texts), d) vectors: those that the library holds of these articles, and of the rest by the model."""
        held = self.library.embedded(keys, self.embedder.name)
        missing = [text for text in texts if text not in held]
        made = iter(self._made(missing) if missing else ())
        vectors = [held[text] if text in held else next(made) for text in texts]
        if len({len(vector) for vector in vectors}) > 1:  # a remote model that changed: the commit refuses it
            return self._made(texts)
        return np.array(vectors, np.float32)

    def _made(self, texts: list[str]) -> NDArray[np.float32]:
        vectors = self.embedder.embed_passages(texts)
        if len(vectors) != len(texts):
            raise EmbeddingError(f"The embedding model gave {len(vectors)} vectors for {len(texts)} passages.")
        return vectors


def _reason(error: VectorstoreError) -> str:
    """Why an article was not taken in, without another program's words."""
    if isinstance(error, UnforeseenError):
        return f"Taking it in failed as it never should ({type(error.__cause__).__name__}). Please report it."
    return str(error)


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    """Sources in groups of a bounded number and a bounded length of text."""
    batch: list[Source] = []
    characters = 0
    for source in sources:
        batch.append(source)
        characters += len(source.article.text) if source.article else 0
        if len(batch) >= _ARTICLES_A_BATCH or characters >= _CHARACTERS_A_BATCH:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
