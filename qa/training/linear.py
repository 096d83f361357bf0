"""Learns the weights of a linear classifier of sentences (`qa.language.linear`) from lessons and from plain text."""

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.language.linear import BIAS
from vectorstore.sentences import split_sentences

_OTHERS = 24_000
_FIRST_BIAS = -3.0
_STEP = 6.0

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a classifier learns from: what is to be told, what is like it and isn't, and other sentences."""

    told: Sequence[str]
    near: Sequence[str]
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is learned.

    rounds: steps of the descent; fewest: times that a sign must be seen among what is told or near; telling: what one
    of those counts for against another sentence; sparse: the penalty on the weights' sizes (L1), which leaves out signs
    that tell little.
    """

    rounds: int
    fewest: int
    telling: float
    sparse: float


def arguments(description: str, lessons: Path, weights: Path) -> argparse.Namespace:
    """What a training is called with: its texts, what to measure with, its own lessons, and where its weights go."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path, nargs="+")
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--lessons", type=Path, default=lessons)
    parser.add_argument("--out", type=Path, default=weights)
    return parser.parse_args()


def others_of(paths: Sequence[Path]) -> list[str]:
    """Up to 24,000 sentences of gzipped JSON lines whose `context` or `sentence` is text, the same every time."""
    texts: dict[str, None] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts |= dict.fromkeys(record.get("context") or record["sentence"] for record in map(json.loads, lines))
    sentences = [text[span.start : span.end] for text in texts for span in split_sentences(text)]
    random.Random(3).shuffle(sentences)
    return sentences[:_OTHERS]


def lessons_of(path: Path) -> tuple[list[str], list[str]]:
    """What is to be told and what is not, of a file of lessons: lines of "1" or "0", a tab and a sentence."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return [text for mark, text in lines if mark == "1"], [text for mark, text in lines if mark == "0"]


def learn(lessons: Lessons, signs_of: Callable[[str], frozenset[str]], recipe: Recipe) -> dict[str, float]:
    """The weights of a sparse logistic regression, by proximal gradient descent."""
    marked = [*lessons.told, *lessons.near]
    counts = Counter(sign for one in marked for sign in signs_of(one))
    seen = sorted(sign for sign, times in counts.items() if times >= recipe.fewest)
    places = {sign: place for place, sign in enumerate(seen)}
    rows = _rows([signs_of(one) for one in (*marked, *lessons.others)], places)
    wanted = np.array([1.0] * len(lessons.told) + [0.0] * (len(rows) - len(lessons.told)), np.float32)
    shares = np.array([recipe.telling] * len(marked) + [1.0] * len(lessons.others), np.float32)
    shares /= shares.sum()
    weights, bias = np.zeros(len(places), np.float32), _FIRST_BIAS
    for _ in range(recipe.rounds):
        missed = shares * (1 / (1 + np.exp(-(rows @ weights + bias))) - wanted)
        weights -= _STEP * (rows.T @ missed)
        bias -= _STEP * float(missed.sum())
        weights = np.sign(weights) * np.maximum(0, np.abs(weights) - _STEP * recipe.sparse)
    found = {sign: round(float(weights[place]), 2) for sign, place in places.items()}
    return {BIAS: round(bias, 2)} | {sign: weight for sign, weight in sorted(found.items()) if weight}


def save(weights: Mapping[str, float], path: Path) -> None:
    """Write weights as `LinearClassifier` reads them."""
    path.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def _rows(seen: Sequence[frozenset[str]], places: Mapping[str, int]) -> Floats:
    rows = np.zeros((len(seen), len(places)), np.float32)
    for row, signs in zip(rows, seen, strict=True):
        row[[places[sign] for sign in signs if sign in places]] = 1.0
    return rows
