"""An answer of the articles' own sentences before it is cited."""

from dataclasses import dataclass

from qa.reading.evidence import Evidence
from qa.reading.spans.answer_span import AnswerSpan
from qa.records import Reason


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer: its evidence, other articles' sentences that say the same, the span of the kind asked
    for, and the words that say just what was asked."""

    evidence: Evidence
    also_in: tuple[Evidence, ...]
    span: AnswerSpan | None
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One to four statements, or none and the reason why. contrary: where that is "contradicted", what says so."""

    statements: tuple[Statement, ...]
    reason: Reason | None
    contrary: Evidence | None = None
