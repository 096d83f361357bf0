"""What can be told of sentences, and what was read in them -> how likely each is the one that answers. Pure.

The weights are of regressions: a softmax over the sentences of a question, and logistic ones for its best sentence.
`qa/training/train_weighing.py` learns them, from the questions that docs/decisions.md names.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.reading.windows import Read

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signs:
    """Of n > 0 sentences of a question, each (n,).

    passage: the score of its passage, as a share of the best one's. likeness: its passage's cosine with the question.
    coverage: how much of the question it meets, fit: how well it holds what is asked for, both from 0 to 1. other:
    whether it speaks of another ("UK troops" for US ones). heading: whether it is a headline.
    """

    passage: Floats
    likeness: Floats
    coverage: Floats
    fit: Floats
    other: Floats
    heading: Floats


@dataclass(frozen=True, slots=True)
class Ranking:
    """What each sign counts for which sentence answers; span, here: of the log-odds that were read of it.

    other is set by hand: such sentences are too rare among the questions that were learned from.
    """

    passage: float
    coverage: float
    fit: float
    span: float = 0.0
    here: float = 0.0
    heading: float = 0.0
    other: float = -1.0


@dataclass(frozen=True, slots=True)
class Odds:
    """Of the best sentence's signs: log-odds that it answers, or that anything does. span, here: of what was read."""

    bias: float
    likeness: float
    coverage: float
    here: float = 0.0
    span: float = 0.0


FAINTEST_SPAN, FAINTEST_HERE = -8.0, -6.0
"""The log-odds below which it makes no difference to the chances how far."""

READ = Ranking(passage=7.1, coverage=3.2, fit=1.55, span=0.25, here=0.17, heading=-1.15)
LIGHT = Ranking(passage=7.5, coverage=7.8, fit=2.6, heading=-0.6)
RIGHT = Odds(-3.02, likeness=3.11, coverage=2.48, here=0.19, span=0.1)
RIGHT_LIGHT = Odds(-4.46, likeness=3.37, coverage=3.86)
ANY = Odds(-3.55, likeness=7.49, coverage=3.01, here=0.42, span=0.15)
ANY_LIGHT = Odds(-5.46, likeness=7.3, coverage=5.23)


def ranked(signs: Signs, read: Sequence[Read] | None) -> Floats:
    """(n,) how likely each sentence is the one that answers, if one does; sums to 1. read: None where nothing was."""
    weights = READ if read else LIGHT
    scores = (
        weights.passage * signs.passage
        + weights.coverage * signs.coverage
        + weights.fit * signs.fit
        + weights.other * signs.other
        + weights.heading * signs.heading
    )
    if read:
        scores = scores + weights.span * _column(read, "score") + weights.here * _column(read, "here")
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum(), np.float32)


def right(signs: Signs, best: int, read: Sequence[Read] | None) -> float:
    """How likely the best sentence answers, from 0 to 1. best: its place among them."""
    return _chance(RIGHT if read else RIGHT_LIGHT, signs, best, read)


def answerable(signs: Signs, best: int, read: Sequence[Read] | None) -> float:
    """How likely the articles hold an answer, from 0 to 1. best: the place of the sentence that is taken for it.

    0 where that meets nothing of the question, which may have no words at all.
    """
    if not signs.coverage[best]:
        return 0.0
    return _chance(ANY if read else ANY_LIGHT, signs, best, read)


def _chance(odds: Odds, signs: Signs, best: int, read: Sequence[Read] | None) -> float:
    told = odds.bias + odds.coverage * signs.coverage[best] + odds.likeness * signs.likeness[best]
    if read:
        told += odds.here * max(read[best].here, FAINTEST_HERE) + odds.span * max(read[best].score, FAINTEST_SPAN)
    return float(1 / (1 + np.exp(-told)))


def _column(read: Sequence[Read], part: str) -> Floats:
    return np.array([getattr(one, part) for one in read], np.float32)
