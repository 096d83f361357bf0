"""A data set asked through: every case's question, one after the other, and what came of it."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa.engine import Engine
from qa.evaluation import ranking, verdicts
from qa.evaluation.abstention import points
from qa.evaluation.asking import AskedCase, ask_all
from qa.evaluation.dataset import Dataset
from qa.evaluation.errors import DatasetError
from qa.evaluation.libraries import OpenEngine, take_documents, take_dump, temporary
from qa.evaluation.measures import measure, trials_of
from qa.evaluation.records import Evaluation, FailedArticle, LibrarySize, Outcome, Summary

Progress = Callable[[str, int], None]
"""Told what is done ("articles" or "questions") and how many of them are."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the questions are put that bring no articles. articles: a dump; None: the library of the data folder."""

    open_engine: OpenEngine
    data_dir: Path
    articles: Path | None = None


@dataclass(slots=True)
class _Notes:
    """What the questions were put to, gathered on the way."""

    articles: int = 0
    passages: int = 0
    failed: list[FailedArticle] = field(default_factory=list)
    embedding: str = ""
    model: str | None = None

    def see(self, engine: Engine) -> None:
        counts = engine.store.counts()
        self.articles += counts.articles
        self.passages += counts.passages
        self.embedding = engine.store.embedding_name
        self.model = engine.writer.model.name if engine.writer else None


def evaluate(dataset: Dataset, place: Place, *, version: str, progress: Progress = lambda *_: None) -> Evaluation:
    """Ask every question of a data set, judge the answers, and measure.

    The questions go to the articles that the data set brings, else to those of `place`. Raises DatasetError where these
    don't belong to it, and what opening a data folder and `Engine.ask` raise.
    """
    started = time.perf_counter()
    notes = _Notes()
    asked = []
    for one in _asked(dataset, place, notes, progress):
        asked.append(one)
        progress("questions", len(asked))
    outcomes = _judged(asked)
    own = any(case.documents for case in dataset.cases)
    # The first question of a library pays for what is loaded on the way, and a case's own library has no other.
    latencies = () if own else tuple(round(outcome.seconds * 1000, 3) for outcome in outcomes[1:])
    usages = [outcome.answer.usage for outcome in outcomes if outcome.answer.usage]
    trials = trials_of(outcomes)
    summary = Summary(
        dataset=dataset.name,
        cases=len(outcomes),
        fingerprint=dataset.fingerprint,
        measures=measure(outcomes, latencies),
        curve=points(trials) if trials.answerable.any() else (),
        seconds=round(time.perf_counter() - started, 1),
        tokens=sum(usage.prompt_tokens + usage.completion_tokens for usage in usages),
        library=LibrarySize(notes.articles, notes.passages),
        version=version,
        settings=tuple(_settings(dataset, place, notes, {name for one in asked for name in one.relevant.missing})),
    )
    return Evaluation(summary, outcomes, latencies, tuple(notes.failed))


def _asked(dataset: Dataset, place: Place, notes: _Notes, progress: Progress) -> Iterator[AskedCase]:
    if not any(case.documents for case in dataset.cases):
        with _library(dataset, place, notes, progress) as engine:
            notes.see(engine)
            yield from ask_all(engine, dataset.cases)
        return
    for case in dataset.cases:
        with temporary(place.open_engine) as engine:
            try:
                failed = take_documents(engine.store, case.documents, lambda _: None)
            except DatasetError as error:
                raise DatasetError(f"{dataset.name}, line {case.line}: {error}") from None
            notes.failed += [replace(one, name=f"line {case.line}, {one.name}") for one in failed]
            notes.see(engine)
            yield from ask_all(engine, (case,))


@contextmanager
def _library(dataset: Dataset, place: Place, notes: _Notes, progress: Progress) -> Iterator[Engine]:
    """The engine that all questions of a data set go to."""
    if not dataset.documents and place.articles is None:
        engine = place.open_engine(place.data_dir)
        try:
            if not engine.store.counts().articles:
                raise DatasetError(
                    "The library is empty: take articles in with `qa ingest PATH...`, or give --articles."
                )
            yield engine
        finally:
            engine.close()
        return
    with temporary(place.open_engine) as engine:
        if dataset.documents:
            notes.failed += take_documents(engine.store, dataset.documents, lambda done: progress("articles", done))
        elif place.articles is not None:
            notes.failed += take_dump(engine.store, place.articles, lambda done: progress("articles", done))
        yield engine


def _judged(asked: list[AskedCase]) -> tuple[Outcome, ...]:
    ranked = [one for one in asked if one.relevant.ids]
    places = ranking.judge([ranking.Ranked([one.article_id for one in a.ranking], a.relevant.ids) for a in ranked])
    retrieved = {one.case.line: figures for one, figures in zip(ranked, places, strict=True)}
    return tuple(
        Outcome(
            case=one.case,
            answer=one.answer,
            ranking=one.ranking,
            seconds=one.seconds,
            verdicts={**retrieved.get(one.case.line, {}), **verdicts.judge(one.answer, one.case), **one.cited},
            missing=one.relevant.missing,
        )
        for one in asked
    )


def _settings(dataset: Dataset, place: Place, notes: _Notes, missing: Collection[str]) -> Iterator[str]:
    yield f"embedded by {notes.embedding}"
    yield f"answered by {notes.model}" if notes.model else "answered in the articles' own words, without a model"
    if any(case.documents for case in dataset.cases):
        yield "each question asked of the articles that it brings"
    elif dataset.documents:
        yield "asked of the articles that the data set brings"
    elif place.articles is not None:
        yield f"asked of the articles in {place.articles.resolve().name!r}"
    else:
        yield "asked of the library in the data folder"
    if notes.failed:
        yield f"articles that could not be taken in: {len(notes.failed):,}"
    if missing:
        yield f"articles named that aren't in the library: {len(missing):,}"
