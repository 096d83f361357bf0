"""How well follow-ups are made to stand alone: what they find, what is asked back, what a person would have written.

Beside each figure stand those of three plain ways: the last turn alone, all the person's turns in a row, and the last
turn twice with the turn and the answer before it. Each is given for both halves of the conversations: "tuned", by which
the rules may have been made, and "apart".
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from qa.conversations.own_words import find_for
from qa.conversations.several import several_in
from qa.conversations.standalone import StandingAlone, stand_alone
from qa.evaluation.dialogues import Dialogue, Half, fingerprint
from qa.evaluation.interval import bootstrap
from qa.evaluation.libraries import OpenEngine, take_documents, temporary
from qa.evaluation.records import Document, Evaluation, FailedArticle, Group, LibrarySize, Measure, Summary
from qa.language.terms import content_words, key_of
from qa.question.understand import to_search, understand
from qa.records import Exchange
from vectorstore.identity import article_id
from vectorstore.records import Filters, SearchResult
from vectorstore.search import READ_CANDIDATES
from vectorstore.store import Store

DEPTH = 5
_LONGEST = 2_000  # characters that are searched by
_HALVES: tuple[Half, ...] = ("tuned", "apart")
_PLAIN: dict[str, Callable[[Dialogue], str]] = {
    "last turn alone": lambda one: one.question,
    "all turns": lambda one: " ".join([*(question for question, _ in one.before), one.question]),
    "last twice, and before": lambda one: " ".join([one.question, one.question, *one.before[-1]]),
}
_OURS = "standing alone"
_KINDS = ("underspecified", "answerable", "partial", "unanswerable")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a follow-up adds to the mean of a measure."""

    group: Group
    name: str
    value: float
    higher_is_better: bool = True


def evaluate_followups(
    name: str, dialogues: tuple[Dialogue, ...], passages: tuple[Document, ...], opened: OpenEngine, *, version: str
) -> Evaluation:
    """Measure follow-ups, without a model. passages: those that bear on them; empty where only rewritings are compared.

    Raises DatasetError where no passage can be taken in, and what opening a data folder and searching raise.
    """
    started = time.perf_counter()
    failed: tuple[FailedArticle, ...] = ()
    with temporary(opened) as engine:
        store = engine.store
        if passages:
            failed = take_documents(store, passages, lambda _: None)
        figures = [(one.half, figure) for one in dialogues for figure in _figures(one, store)]
        counts, embedding = store.counts(), store.embedding_name
    summary = Summary(
        dataset=name,
        cases=len(dialogues),
        fingerprint=fingerprint(dialogues, passages),
        measures=tuple(_measures(figures)),
        curve=(),
        seconds=round(time.perf_counter() - started, 1),
        tokens=0,
        library=LibrarySize(counts.articles, counts.passages),
        version=version,
        settings=(f"embedded by {embedding}", "made to stand alone by rules, without a model"),
    )
    return Evaluation(summary, (), (), failed)


def exchanges(before: Sequence[tuple[str, str]]) -> list[Exchange]:
    """Questions and answers as the exchanges of a conversation, each question standing alone by those before it."""
    told: list[Exchange] = []
    for question, answer in before:
        told.append(Exchange(question, stand_alone(question, told).question, answer))
    return told


def gains(found: Sequence[str], relevant: Sequence[str]) -> tuple[float, float]:
    """Recall and nDCG at 5 of what was found, best first.

    >>> gains(["b", "a"], ["a"])
    (1.0, 0.6309297535714575)
    """
    top = [one in relevant for one in found[:DEPTH]]
    gain = sum(right / math.log2(rank + 2) for rank, right in enumerate(top))
    best = sum(1 / math.log2(rank + 2) for rank in range(min(DEPTH, len(relevant))))
    return sum(top) / len(relevant), gain / best


def agreement(ours: str, theirs: str) -> tuple[float, float]:
    """Recall and precision of the content words of one text against another's; 0 for a text without any.

    >>> agreement("When did Kabul fall?", "When did the city of Kabul fall?")
    (0.6666666666666666, 1.0)
    """
    mine, wanted = ({key_of(word) for word in content_words(text)} for text in (ours, theirs))
    both = len(mine & wanted)
    return both / len(wanted) if wanted else 0.0, both / len(mine) if mine else 0.0


def _figures(one: Dialogue, store: Store) -> Iterator[Figure]:
    standing = stand_alone(one.question, exchanges(one.before), several=several_in(store, Filters(), ()))
    if one.answerability in _KINDS:
        missed = one.answerability == "underspecified"
        asked_back = float(standing.unclear is not None)
        yield Figure("asking back", f"{one.answerability}, asked back", asked_back, higher_is_better=missed)
    if not one.before:
        return
    ways = {_OURS: standing.question, **{name: way(one) for name, way in _PLAIN.items()}}
    if one.relevant:
        yield from _found(one, standing, store)
    if one.rewrite:
        for name, text in ways.items():
            recall, precision = agreement(text, one.rewrite)
            yield Figure("rewriting", f"words recall, {name}", recall)
            yield Figure("rewriting", f"words precision, {name}", precision)


def _found(one: Dialogue, standing: StandingAlone, store: Store) -> Iterator[Figure]:
    relevant = [article_id(name) for name in one.relevant]
    search = partial(_search, store)
    told = {name: gains(_articles(search(way(one))), relevant) for name, way in _PLAIN.items()}
    found = search(standing.question)
    if standing.question != one.question:
        found = find_for(standing.question, one.question, search, limit=READ_CANDIDATES)
    told = {_OURS: gains(_articles(found), relevant), **told}
    for name, (recall, ndcg) in told.items():
        yield Figure("follow-ups", f"Recall@5, {name}", recall)
        yield Figure("follow-ups", f"nDCG@5, {name}", ndcg)
    if told["last turn alone"][0] == 1.0:
        yield Figure("follow-ups", "Recall@5, where alone is enough", told[_OURS][0])


def _search(store: Store, text: str) -> SearchResult:
    return store.search(to_search(understand(text[:_LONGEST])), limit=READ_CANDIDATES)


def _articles(found: SearchResult) -> list[str]:
    """The ids of the articles found, best first."""
    return list(dict.fromkeys(hit.article.id for hit in found.hits))


def _measures(figures: Sequence[tuple[Half, Figure]]) -> Iterator[Measure]:
    kinds = dict.fromkeys((one.group, one.name, one.higher_is_better) for _, one in figures)
    for group in dict.fromkeys(group for group, _, _ in kinds):
        for of, name, higher_is_better in kinds:
            for half in _HALVES if of == group else ():
                values = np.array([one.value for part, one in figures if part == half and one.name == name])
                if len(values):
                    yield _measure(f"{name} ({half})", group, values, higher_is_better=higher_is_better)


def _measure(name: str, group: Group, values: NDArray[np.float64], *, higher_is_better: bool) -> Measure:
    value, low, high = bootstrap(lambda places: float(values[places].mean()), len(values))
    return Measure(name, group, value, low, high, len(values), higher_is_better)
