"""Learn the judge's weights from a SQuAD 2.0 file: numpy alone, the same weights every time; some three minutes.

    python -m qa.training.train_judge SQUAD [--folds 5] [--to judge.json]

With --folds nothing is written: each title is judged by what was learned from the others, and it tells how often the
sentence that holds the answer is first, or among three, and how well confidence tells what can be answered.
SQuAD 2.0 is CC BY-SA 4.0 (Rajpurkar, Jia and Liang, https://arxiv.org/abs/1806.03822).

The questions are asked as a reader asks them: over a library of all paragraphs. For confidence, also over two that
hold every second title each, where half of the questions have nothing to be found.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.engine import PASSAGES_READ
from qa.evaluation.abstention import share_above
from qa.evaluation.squad import holds_answer
from qa.language.similarity import Similarity
from qa.question.understand import to_search, understand
from qa.reading.evidence import Examined, examine
from qa.reading.judge import Floats, Judge, Linear, standing
from qa.training.squad import Example, read_squad
from vectorstore.embedding import open_embedding
from vectorstore.records import Article, Source
from vectorstore.store import Store

_RIDGE = 10.0  # against weights that fit these questions only
_RIDGE_ASSURES = 10.0
_STEPS = 30
_LONGEST_STEP = 0.5  # Newton's method leaps too far where a softmax is nearly decided
# How much a question counts for confidence: nothing to be found is told first, questions written to mislead last.
_MISSING, _MISLEADING, _HALF = 4.0, 0.3, 0.5


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question as one library has it: its sentences' features (n, d), which of them hold the answer (n,), whether it
    can be answered there, and how much it counts for confidence."""

    title: str
    features: Floats
    right: NDArray[np.bool_]
    answerable: bool
    complete: bool
    weight: float


def lessons_of(
    examples: Sequence[Example], similarity: Similarity, folder: Path
) -> tuple[list[Lesson], tuple[str, ...]]:
    """Ask every question, of the whole and of the halves: the lessons, and the names of their features."""
    titles = sorted({example.title for example in examples})
    names: tuple[str, ...] = ()
    lessons = []
    for place, kept in enumerate((frozenset(titles), frozenset(titles[0::2]), frozenset(titles[1::2]))):
        whole = place == 0
        asked = [example for example in examples if whole or example.answers]
        for example, found in _ask(asked, kept, similarity, folder / str(place)):
            names = tuple(found.features) or names
            here = example.title in kept
            weight = (
                _HALF if here and not whole else 1.0 if example.answers and here else _MISLEADING if here else _MISSING
            )
            rows = np.stack(tuple(found.features.values()), axis=1) if found.features else np.zeros((0, 0), np.float32)
            right = np.array([holds_answer(one.text, example.answers) for one in found.candidates], bool)
            lessons.append(Lesson(example.title, rows, right, bool(example.answers) and here, whole, weight))
    return [lesson for lesson in lessons if lesson.features.size], names


@contextmanager
def library(examples: Sequence[Example], titles: frozenset[str], folder: Path) -> Iterator[Store]:
    """Around a library of the paragraphs of some titles."""
    paragraphs = dict.fromkeys((example.title, example.context) for example in examples if example.title in titles)
    articles = [
        Article(f"{title}#{number}", context, title=title.replace("_", " "))
        for number, (title, context) in enumerate(paragraphs)
    ]
    store = Store.open(folder, open_embedding("wordllama", None, None, 0))
    try:
        list(store.ingest(Source(article.key, article) for article in articles))
        yield store
    finally:
        store.close()


def _ask(
    examples: Sequence[Example], titles: frozenset[str], similarity: Similarity, folder: Path
) -> Iterator[tuple[Example, Examined]]:
    with library(examples, titles, folder) as store:
        for example in examples:
            question = understand(example.question)
            hits = store.search(to_search(question), limit=PASSAGES_READ).hits
            yield example, examine(question, hits, store.rarity, similarity)


def learn(lessons: Sequence[Lesson], names: tuple[str, ...]) -> Judge:
    """Learn both models from lessons."""
    ranks = _learn_ranking([lesson for lesson in lessons if lesson.complete and lesson.answerable])
    rows, weights = [], []
    for lesson in lessons:
        scores = ranks.of(lesson.features)
        rows.append(np.concatenate([lesson.features[scores.argmax()], standing(scores)]))
        weights.append(lesson.weight)
    answerable = np.array([lesson.answerable for lesson in lessons])
    return Judge(names, ranks, _learn_confidence(np.stack(rows), answerable, np.array(weights)))


def _learn_ranking(lessons: Sequence[Lesson]) -> Linear:
    """Maximise how likely a softmax over a question's sentences finds any that holds the answer, by Newton's method.

    Where several do, each counts by its present chance among them (expectation maximisation).
    """
    telling = [lesson for lesson in lessons if lesson.right.any() and not lesson.right.all()]
    rows = np.concatenate([lesson.features for lesson in telling]).astype(np.float64)
    right = np.concatenate([lesson.right for lesson in telling])
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    rows = (rows - means) / scales
    lengths = np.array([len(lesson.right) for lesson in telling])
    starts = np.cumsum(lengths) - lengths
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = _shares(rows @ weights, np.ones_like(right), starts, lengths)
        wanted = _shares(rows @ weights, right, starts, lengths)
        slope = rows.T @ (wanted - chances) - _RIDGE * weights
        weighed = rows * chances[:, None]
        centres = np.add.reduceat(weighed, starts)
        curve = rows.T @ weighed - centres.T @ centres + _RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights += step / max(1.0, float(np.linalg.norm(step)) / _LONGEST_STEP)
    return _linear(weights, means, scales, 0.0)


def _shares(
    scores: NDArray[np.float64], chosen: NDArray[np.bool_], starts: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Softmax among the chosen rows of each question; 0 for the others."""
    scores = np.where(chosen, scores, -np.inf)
    powers = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), lengths))
    shares: NDArray[np.float64] = powers / np.repeat(np.add.reduceat(powers, starts), lengths)
    return shares


def _learn_confidence(rows: Floats, answerable: NDArray[np.bool_], counts: NDArray[np.float64]) -> Linear:
    """Logistic regression by Newton's method."""
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    given = np.concatenate([(rows - means) / scales, np.ones((len(rows), 1))], axis=1).astype(np.float64)
    ridge = np.eye(given.shape[1]) * _RIDGE_ASSURES
    ridge[-1, -1] = 0
    weights = np.zeros(given.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (counts * (answerable - chances)) - ridge @ weights
        curve = given.T @ (given * (counts * chances * (1 - chances))[:, None]) + ridge
        weights += np.linalg.solve(curve, slope)
    return _linear(weights[:-1], means, scales, float(weights[-1]))


def _linear(weights: NDArray[np.float64], means: Floats, scales: Floats, bias: float) -> Linear:
    return Linear(weights.astype(np.float32), means.astype(np.float32), scales.astype(np.float32), bias)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge made of a lesson that it did not learn from."""

    lesson: Lesson
    first: bool
    among_three: bool
    confidence: float


def cross_validate(lessons: Sequence[Lesson], names: tuple[str, ...], folds: int) -> list[Judged]:
    """Judge the lessons of each fold of titles by what was learned from the others."""
    titles = sorted({lesson.title for lesson in lessons})
    verdicts = []
    for fold in range(folds):
        held = set(titles[fold::folds])
        judge = learn([lesson for lesson in lessons if lesson.title not in held], names)
        for lesson in (lesson for lesson in lessons if lesson.title in held):
            features = dict(zip(names, lesson.features.T, strict=True))
            best = np.argsort(-judge.rank(features), kind="stable")
            right, confidence = lesson.right[best], judge.assure(features, int(best[0]))
            verdicts.append(Judged(lesson, bool(right[0]), bool(right[:3].any()), confidence))
    return verdicts


def summary(verdicts: Sequence[Judged]) -> str:
    """What was found, in a few lines."""
    answerable = [one for one in verdicts if one.lesson.complete and one.lesson.answerable]
    misleading = [one.confidence for one in verdicts if one.lesson.complete and not one.lesson.answerable]
    halves = [one for one in verdicts if not one.lesson.complete]
    here = [one.confidence for one in halves if one.lesson.answerable]
    gone = np.array([one.confidence for one in halves if not one.lesson.answerable])
    limit = float(np.quantile(here, 0.05))
    return (
        f"first {np.mean([one.first for one in answerable]):.3f}, "
        f"among three {np.mean([one.among_three for one in answerable]):.3f} of {len(answerable)}\n"
        f"confidence from {limit:.3f} on answers 95%, and refuses {np.mean(gone < limit):.3f} "
        "where a title is missing\n"
        f"area under ROC, answerable against misleading: "
        f"{share_above(np.array([one.confidence for one in answerable]), np.array(misleading)):.3f}"
    )


def main() -> None:
    """Learn, and write the weights or tell how well they do on what they were not learned from."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("squad", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--to", type=Path, default=Path(__file__).parents[1] / "reading" / "judge.json")
    options = parser.parse_args()
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    with tempfile.TemporaryDirectory() as folder:
        lessons, names = lessons_of(read_squad(options.squad), similarity, Path(folder))
    if options.folds:
        print(summary(cross_validate(lessons, names, options.folds)))  # noqa: T201
        return
    judge = learn(lessons, names)
    told = {"features": names, "ranks": _told(judge.ranks), "assures": _told(judge.assures)}
    options.to.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _told(linear: Linear) -> dict[str, list[float] | float]:
    parts = {"weights": linear.weights, "means": linear.means, "scales": linear.scales}
    return {**{name: [round(float(value), 6) for value in part] for name, part in parts.items()}, "bias": linear.bias}


if __name__ == "__main__":
    main()
