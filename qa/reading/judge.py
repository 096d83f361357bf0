"""The learned judge: which sentence answers, and whether any does. Two linear models over `features.measure`'s numbers.

The first ranks the sentences of one question (a softmax over them, so that only differences count); the second says how
likely the articles hold an answer, from the first one's best sentence and how far it stands out. The weights are in
judge.json; `qa/training/train_judge.py` makes them, and says of what.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_FILE = Path(__file__).with_name("judge.json")
_OTHERS = "The judge's weights are of other features: run `python -m qa.training.train_judge` with a SQuAD 2.0 file."
STANDING = ("score", "margin", "share", "spread")  # what `standing` gives


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum of standardised numbers: weights, means and scales are (d,)."""

    weights: Floats
    means: Floats
    scales: Floats
    bias: float

    def of(self, rows: Floats) -> Floats:
        """(n,) sums for (n, d) rows."""
        sums = ((rows - self.means) / self.scales) @ self.weights + self.bias
        return np.asarray(sums, np.float32)


@dataclass(frozen=True, slots=True)
class Judge:
    """names: the features, in the order of the columns. ranks: over them; assures: over them and `STANDING`."""

    names: tuple[str, ...]
    ranks: Linear
    assures: Linear

    def rank(self, features: Mapping[str, Floats]) -> Floats:
        """(n,) for n > 0 sentences of a question, how likely each is the one that answers, if one does; sums to 1."""
        return softmax(self.ranks.of(self._rows(features)))

    def assure(self, features: Mapping[str, Floats], best: int) -> float:
        """How likely n > 0 sentences hold an answer, from 0 to 1. best: the one that is taken for it."""
        rows = self._rows(features)
        told = np.concatenate([rows[best], standing(self.ranks.of(rows))])[None]
        return float(1 / (1 + np.exp(-self.assures.of(told)[0])))

    def _rows(self, features: Mapping[str, Floats]) -> Floats:
        if not features.keys() >= set(self.names):
            raise ValueError(_OTHERS)
        return np.stack([features[name] for name in self.names], axis=1)


def standing(scores: Floats) -> Floats:
    """How the best of n > 0 scores stands among them: itself, how far before the next, its share, and their spread."""
    ordered = np.sort(scores)[::-1]
    shares = softmax(ordered)
    spread = float(-(shares * np.log(shares + 1e-9)).sum())
    margin = ordered[0] - ordered[1] if len(ordered) > 1 else 1.0
    return np.array([ordered[0], margin, shares[0], spread], np.float32)


def softmax(scores: Floats) -> Floats:
    """(n,) scores as shares of 1."""
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


@cache
def load_judge(path: Path = _FILE) -> Judge:
    """Return the judge whose weights are in a file that `qa/training/train_judge.py` wrote."""
    told = json.loads(path.read_text(encoding="utf-8"))
    judge = Judge(tuple(told["features"]), _linear(told["ranks"]), _linear(told["assures"]))
    if (len(judge.ranks.weights), len(judge.assures.weights)) != (len(judge.names), len(judge.names) + len(STANDING)):
        raise ValueError(_OTHERS)
    return judge


def _linear(told: Mapping[str, Any]) -> Linear:
    weights, means, scales = (np.array(told[part], np.float32) for part in ("weights", "means", "scales"))
    return Linear(weights, means, scales, float(told["bias"]))
