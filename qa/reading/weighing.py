"""What was read, weighed with the light judge's word -> how likely each sentence is the one that answers, and whether
any does. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.reading.judge import Floats, softmax
from qa.reading.windows import Read


@dataclass(frozen=True, slots=True)
class Weights:
    """Of what is weighed for a sentence. Learned by regression from SQuAD 2.0's kept title, CLAP NQ and RealtimeQA.

    span: of the log-odds of its best span. here: of those that its window answers. passage: of its passage's score as a
    share of the best one's. judged: of the light judge's log-share. other: where it speaks of another one ("UK troops"
    for US ones), set by hand. sure_here, sure_judged, bias: of the log-odds of the best sentence's window, and of the
    light judge's confidence, for whether there is an answer at all.
    """

    span: float = 0.2
    here: float = 0.06
    passage: float = 3.3
    judged: float = 0.2
    other: float = -1.0
    sure_here: float = 0.43
    sure_judged: float = 0.48
    bias: float = -0.67


WEIGHTS = Weights()
_LEAST = 1e-6


def ranked(
    read: Sequence[Read], passages: Floats, judged: Floats, others: NDArray[np.bool_], weights: Weights = WEIGHTS
) -> Floats:
    """(n,) for n > 0 sentences of a question, how likely each is the one that answers, if one does; sums to 1.

    passages: (n,) scores of their passages, as shares of the best one's. judged: (n,) as the light judge ranks them.
    others: (n,) whether each speaks of another one than is asked about.
    """
    spans, here = (np.array([getattr(one, part) for one in read], np.float32) for part in ("score", "here"))
    scores = weights.span * spans + weights.here * here + weights.passage * passages
    return softmax(scores + weights.judged * np.log(judged + _LEAST) + weights.other * others)


def assured(best: Read, judged: float, weights: Weights = WEIGHTS) -> float:
    """How likely the articles hold an answer, from 0 to 1.

    best: the sentence taken for it. judged: how likely the light judge has it.
    """
    chance = min(max(judged, _LEAST), 1 - _LEAST)
    odds = weights.sure_judged * np.log(chance / (1 - chance)) + weights.sure_here * best.here + weights.bias
    return float(1 / (1 + np.exp(-odds)))
