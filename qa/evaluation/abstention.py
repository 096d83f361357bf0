"""Whether the service knows when to say nothing: risk against coverage, and confidence against the truth. Pure.

Risk and coverage: El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification", JMLR 2010.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

KEPT = 0.95
_POINTS = 100
_BINS = 10

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Trials:
    """What was asked, each (n,). chance: that the articles say, as the answer has it; confidence: that its first
    sentence is right. right: answered, and rightly; first: so is its first sentence. answerable: the articles say."""

    chance: Floats
    confidence: Floats
    answered: Bools
    right: Bools
    first: Bools
    answerable: Bools

    def at(self, places: NDArray[np.intp]) -> "Trials":
        """Return some of them, given by their places."""
        return Trials(*(getattr(self, part.name)[places] for part in fields(self)))


def risks(trials: Trials) -> Floats:
    """Return the share of wrong answers among the 1, 2, ..., n cases that are covered first: (n,), from 0 to 1.

    Answers are covered by falling confidence, refusals after all of them, so that the curve goes to the end: to cover a
    refusal the service would have had to say what it hasn't, so it counts as wrong. An answer to what the articles
    don't say is wrong. Cases that are equal have the mean of their risks, in whatever order they come.

    >>> yes, no = np.array([True, True, True]), np.array([False, True, True])
    >>> sure = np.array([0.2, 0.9, 0.5])
    >>> risks(Trials(sure, sure, yes, no, no, yes)).round(2).tolist()
    [0.0, 0.0, 0.33]
    """
    order = np.lexsort((-trials.confidence, ~trials.answered))
    wrong = (~trials.right[order]).astype(np.float64)
    confidence, answered = trials.confidence[order], trials.answered[order]
    first = np.r_[True, (confidence[1:] != confidence[:-1]) | (answered[1:] != answered[:-1])]
    group = np.cumsum(first) - 1
    means = np.bincount(group, wrong) / np.bincount(group)
    curve: Floats = np.cumsum(means[group]) / np.arange(1, len(wrong) + 1)
    return curve


def area(trials: Trials) -> float:
    """Return the area under the risk-coverage curve (AURC): the mean risk over all coverages. Lower is better."""
    return float(risks(trials).mean())


def points(trials: Trials) -> tuple[tuple[float, float], ...]:
    """Return the curve as (coverage, risk), by rising coverage, thinned to some hundred points."""
    curve = risks(trials)
    cases = len(curve)
    chosen: list[int] = np.unique(np.ceil(np.linspace(1, cases, min(cases, _POINTS)))).astype(int).tolist()
    return tuple((round(covered / cases, 4), round(float(curve[covered - 1]), 4)) for covered in chosen)


def roc_area(trials: Trials) -> float:
    """Return how often something answerable is taken for likelier to be than something that isn't; ties count a half.

    NaN where one of the kinds is missing. The area under the ROC curve, as Mann and Whitney's U gives it.
    """
    return share_above(trials.chance[trials.answerable], trials.chance[~trials.answerable])


def sureness_area(trials: Trials) -> float:
    """Return how often an answer whose first sentence is right has more confidence than one whose is wrong."""
    given = trials.confidence[trials.answered]
    first = trials.first[trials.answered]
    return share_above(given[first], given[~first])


def calibration_error(trials: Trials) -> float:
    """Return how far confidence is from the share of right first sentences, over tenths of it; NaN without answers.

    The expected calibration error of Guo et al., "On Calibration of Modern Neural Networks", ICML 2017: 0 is best.
    """
    given, first = trials.confidence[trials.answered], trials.first[trials.answered].astype(np.float64)
    if not len(given):
        return float("nan")
    tenths = np.minimum((given * _BINS).astype(np.intp), _BINS - 1)
    apart = np.abs(np.bincount(tenths, given - first, minlength=_BINS))
    return float(apart.sum() / len(given))


def share_above(higher: Floats, lower: Floats) -> float:
    """Return how often one of the first is above one of the second, ties counted half; NaN where there are none."""
    if not len(higher) or not len(lower):
        return float("nan")
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, side="left") + np.searchsorted(ordered, higher, side="right")
    return float(below.mean() / (2 * len(ordered)))


def abstained_while_answering(trials: Trials) -> float:
    """Return the share of what isn't answerable that falls below the chance that 95% of the answerable reach.

    It is of the chance alone: what is refused counts by the chance that the refusal has. Whether anything was
    said is another question, since refusals above that chance (a name that isn't met, a figure that counts other
    things) leave fewer than 95% answered at any threshold; "answered" and "abstained" tell that. NaN where one of the
    kinds is missing.
    """
    yes, no = np.sort(trials.chance[trials.answerable]), trials.chance[~trials.answerable]
    if not len(yes) or not len(no):
        return float("nan")
    threshold = yes[int((1 - KEPT) * len(yes) + 1e-9)]
    return float((no < threshold).mean())
