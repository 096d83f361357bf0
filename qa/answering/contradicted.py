"""Whether the articles say the contrary of what a question takes for granted.

"Why did Dovan sign the bill?" takes for granted that she did. Where a sentence answers it put the other way round
(`qa/question/turned.py`), and none does as it was put, the articles say otherwise. The reader tells how well each is
answered, and the trained judge how well what each takes for granted is borne out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qa.question.turned import Turn, taken_for_granted, turned_by
from qa.question.understand import Asked, Question
from qa.reading.evidence import Evidence
from qa.reading.reader import Reader, Window
from qa.reading.windows import header_of
from qa.verification.entailment import Entailment
from vectorstore.rows import aloud


@dataclass(frozen=True, slots=True)
class Weights:
    """What the reader's log-odds and the judge's count for, and the least gain by which a question is contradicted.

    borne_out: the log-odds with which a sentence must bear out what it says to the contrary.
    """

    reader: float
    judge: float
    least: float
    borne_out: float


WEIGHTS = {
    Turn.OPPOSITE: Weights(1.0, 0.5, 0.2, -2.0),
    Turn.EXCHANGED: Weights(1.0, 0.5, 0.9, 0.0),
    Turn.UNDONE: Weights(0.0, 1.0, 1.0, 0.0),  # the reader reads over a "may", and over a "not"
}
"""Fitted to questions of the lessons made false; see docs/decisions.md."""
_SURE = 0.001  # the judge is taken to be surer of nothing
_FAINT = -2.0  # log-odds below which it makes no difference how far: a reason is often missing of what is so, too
_NEAR = 4  # sentences that are looked at: those that meet most of the question
_ABOUT = 0.5  # of the question that they must meet themselves


def contradicting(
    question: Question, evidence: Sequence[Evidence], reader: Reader, judge: Entailment
) -> Evidence | None:
    """The sentence that says the contrary of what is taken for granted; None where none does.

    Whether something is so takes nothing for granted, and neither does what is not so.
    """
    if question.asked is Asked.YES_NO or question.negated:
        return None
    near = sorted(evidence, key=lambda one: -one.met.coverage)[:_NEAR]
    turned = [
        (one, other)
        for one in near
        if one.met.direct >= _ABOUT
        for other in turned_by(question.text, one.text, header_of(one.article))
    ]
    if not turned:
        return None
    asked = max(_FAINT, *(_here(question.text, _window(one), reader) for one in near))
    gains: list[tuple[float, Evidence]] = []
    for one, other in turned:
        window, weights = _window(one), WEIGHTS[other.turn]
        said = _borne_out(other.text, window, judge)
        if said >= weights.borne_out:
            gain = weights.reader * (max(_here(other.text, window, reader), _FAINT) - asked)
            gain += weights.judge * (said - _borne_out(question.text, window, judge))
            gains.append((gain - weights.least, one))
    surest, contrary = max(gains, key=lambda gain: gain[0], default=(0.0, None))
    return contrary if surest > 0 else None


def _window(found: Evidence) -> Window:
    """A sentence with the one before it, under its title."""
    if found.row:
        return Window(header_of(found.article), found.text)
    start = found.start if found.lead is None else found.lead
    return Window(header_of(found.article), aloud(found.article.text, start, found.end))


def _here(asked: str, window: Window, reader: Reader) -> float:
    """The log-odds that a window answers a question."""
    (reading,) = reader.read(asked, [window])
    return reading.here


def _borne_out(asked: str, window: Window, judge: Entailment) -> float:
    """The log-odds that a window bears out what a question takes for granted."""
    (likely,) = judge.scores([(f"{window.header} {window.text}".strip(), taken_for_granted(asked))]).tolist()
    bounded = min(max(likely, _SURE), 1 - _SURE)
    return math.log(bounded / (1 - bounded))
