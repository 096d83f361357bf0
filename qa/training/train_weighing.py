"""Learn what `qa/reading/weighing.py` weighs by, and print it: a few numbers, to be written there by hand.

    python -m qa.training.train_weighing --squad SQUAD [SET | SET:ARTICLES]...

SQUAD: a SQuAD 2.0 file, of which only the titles count that the reader never saw: questions that have an answer are
asked over all paragraphs, and again over all but their own. SET: what `qa eval` reads, ARTICLES: what `qa ingest`
does, where the set has none.
Each half of the questions is also judged by what was learned from the other half, which is what the report tells.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.bootstrap import open_engine
from qa.engine import PASSAGES_READ, Engine
from qa.evaluation.abstention import share_above
from qa.evaluation.dataset import Dataset, read_dataset
from qa.evaluation.libraries import take_documents, take_dump, temporary
from qa.evaluation.naming import named
from qa.evaluation.records import Case
from qa.language.similarity import Similarity
from qa.question.understand import to_search, understand
from qa.reading.evidence import examine
from qa.reading.trained import packaged
from qa.reading.weighing import FAINTEST_HERE, FAINTEST_SPAN, Signs
from qa.reading.windows import read_sentences
from qa.settings import Settings
from qa.training.reader_lessons import is_kept_apart
from vectorstore.embedding import open_embedding

_RIDGE = 3.0
_STEPS = 60
_LONGEST_STEP = 0.5  # Newton's method leaps too far where a softmax is nearly decided
_RANKING = ("passage", "coverage", "fit", "heading"), ("span", "here")

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question's sentences: their numbers (n,) by name, which are right (n,), and whether any answer is there."""

    numbers: dict[str, NDArray[np.float32]]
    right: NDArray[np.bool_]
    answerable: bool

    def rows(self, names: Sequence[str]) -> Rows:
        """(n, d)."""
        return np.stack([self.numbers[name] for name in names], axis=1).astype(np.float64)


def lessons_of(engine: Engine, similarity: Similarity, cases: Sequence[Case]) -> Iterator[Lesson]:
    """Ask the questions, as an engine does."""
    for case in cases:
        question = understand(case.question)
        hits = engine.store.search(to_search(question), limit=PASSAGES_READ).hits
        found = examine(question, hits, engine.store.rarity, similarity)
        if not found.candidates:
            continue
        read = read_sentences(question.text, found.candidates, packaged())
        signs = found.signs
        numbers = {part.name: getattr(signs, part.name) for part in fields(Signs)}
        numbers |= {
            "span": np.array([max(one.score, FAINTEST_SPAN) for one in read]),
            "here": np.array([max(one.here, FAINTEST_HERE) for one in read]),
        }
        answered = case.answerable and bool(case.golds)
        right = np.array([answered and all(named(one.text, case.golds)) for one in found.candidates])
        yield Lesson(numbers, right, case.answerable)


def learn_ranking(lessons: Sequence[Lesson], names: Sequence[str]) -> Rows:
    """(d,) weights by which a softmax over a question's sentences finds one that is right, by Newton's method.

    Where several are right, each counts by its present chance among them (expectation maximisation).
    """
    telling = [lesson for lesson in lessons if lesson.right.any() and not lesson.right.all()]
    if not telling:
        return np.zeros(len(names))
    ridge = _ridge(np.concatenate([lesson.rows(names) for lesson in telling]))
    weights = np.zeros(len(names))
    for _ in range(_STEPS):
        slope, curve = -ridge @ weights, ridge.copy()
        for lesson in telling:
            rows = lesson.rows(names)
            chances = _softmax(rows @ weights)
            wanted = np.where(lesson.right, chances, 0.0) / chances[lesson.right].sum()
            slope += rows.T @ (wanted - chances)
            centre = chances @ rows
            curve += (rows * chances[:, None]).T @ rows - np.outer(centre, centre)
        step = np.linalg.solve(curve, slope)
        weights += step / max(1.0, float(np.linalg.norm(step)) / _LONGEST_STEP)
    return weights


def learn_odds(rows: Rows, so: NDArray[np.bool_]) -> Rows:
    """(d + 1,) weights of a logistic regression by Newton's method, the bias first."""
    given = np.concatenate([np.ones((len(rows), 1)), rows], axis=1)
    ridge = np.pad(_ridge(rows), ((1, 0), (1, 0)))
    ridge[0, 0] = 1e-6  # the bias is all but free
    weights = np.zeros(given.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (so - chances) - ridge @ weights
        curve = given.T @ (given * (chances * (1 - chances))[:, None]) + ridge
        weights += np.linalg.solve(curve, slope)
    return weights


def _ridge(rows: Rows) -> Rows:
    """(d, d) against weights that fit these questions only, alike for numbers of any scale."""
    ridge: Rows = _RIDGE * np.diag(rows.var(axis=0) + 1e-6)
    return ridge


def _softmax(scores: Rows) -> Rows:
    powers = np.exp(scores - scores.max())
    shares: Rows = powers / powers.sum()
    return shares


def report(lessons: Sequence[Lesson], *, read: bool) -> Iterator[str]:
    """What is learned of all, and how well what was learned of one half does on the other."""
    ranking = _RANKING[0] + _RANKING[1] if read else _RANKING[0]
    yield f"{'read' if read else 'light'}: ranking {_told(ranking, learn_ranking(lessons, ranking))}"
    halves = [lessons[0::2], lessons[1::2]]
    best = []
    for half, other in (halves, halves[::-1]):
        weights = learn_ranking(other, ranking)
        best += [(lesson, int((lesson.rows(ranking) @ weights).argmax())) for lesson in half]
    asked = [(lesson, place) for lesson, place in best if lesson.right.any() or lesson.answerable]
    yield f"  right first {np.mean([lesson.right[place] for lesson, place in asked]):.3f} of {len(asked)}"
    here = ("here", "span") if read else ()
    for name, odds, so in (
        ("right", ("coverage", "likeness", *here), np.array([lesson.right[place] for lesson, place in best])),
        ("any", ("coverage", "likeness", *here), np.array([lesson.answerable for lesson, _ in best])),
    ):
        rows = np.stack([lesson.rows(odds)[place] for lesson, place in best])
        told = np.zeros(len(so))
        for half in (np.arange(len(so)) % 2 == 0, np.arange(len(so)) % 2 == 1):
            told[half] = _chances(rows[half], learn_odds(rows[~half], so[~half]))
        yield f"  {name}: {_told(('bias', *odds), learn_odds(rows, so))}, area {share_above(told[so], told[~so]):.3f}"


def _chances(rows: Rows, weights: Rows) -> Rows:
    chances: Rows = 1 / (1 + np.exp(-(weights[0] + rows @ weights[1:])))
    return chances


def _told(names: Sequence[str], weights: Rows) -> str:
    return " ".join(f"{name} {weight:.2f}" for name, weight in zip(names, weights, strict=True))


def _asked(dataset: Dataset, articles: Path | None, similarity: Similarity) -> Iterator[Lesson]:
    with temporary(lambda folder: open_engine(Settings(data_dir=folder))) as engine:
        if dataset.documents:
            take_documents(engine.store, dataset.documents, lambda _: None)
        elif articles is not None:
            take_dump(engine.store, articles, lambda _: None)
        yield from lessons_of(engine, similarity, dataset.cases)


def _squad(path: Path, similarity: Similarity) -> Iterator[Lesson]:
    """The questions about what was kept apart, with what answers them, and without."""
    dataset = read_dataset(path)
    kept = tuple(case for case in dataset.cases if case.answerable and is_kept_apart(case.group or ""))
    yield from _asked(replace(dataset, cases=kept), None, similarity)
    others = tuple(document for document in dataset.documents if not is_kept_apart(document.title or ""))
    missing = tuple(replace(case, answerable=False, golds=()) for case in kept)
    yield from _asked(replace(dataset, cases=missing, documents=others), None, similarity)


def main() -> None:
    """Learn, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", type=Path, required=True)
    parser.add_argument("sets", nargs="*")
    options = parser.parse_args()
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    lessons = list(_squad(options.squad, similarity))
    for one in options.sets:
        path, _, articles = one.partition(":")
        lessons += _asked(read_dataset(Path(path)), Path(articles) if articles else None, similarity)
    for read in (True, False):
        for told in report(lessons, read=read):
            print(told)  # noqa: T201


if __name__ == "__main__":
    main()
