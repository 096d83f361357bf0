"""The record of a place in a sentence that may hold what was asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from qa.language.counted_compare import same_counted
from qa.language.figures import Quantity

Likeness = Callable[[str, str], float]
FITTING = 0.45  # from this fit on, a span is taken for what was asked


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """A stretch of a sentence that may be what was asked for: `sentence[start:end]`.

    value: what it says, normalised, by which spans of different sentences are the same or differ.
    fit: from 0 (another thing) to 1 (just what was asked for). quantity: the figure it holds, where it holds one.
    """

    start: int
    end: int
    value: str
    fit: float
    quantity: Quantity | None = None


def figure_span(quantity: Quantity, fit: float) -> AnswerSpan:
    """The span of a figure with what it counts."""
    value = f"{quantity.low:.15g}-{quantity.high:.15g} {quantity.unit or ''}".strip()
    return AnswerSpan(quantity.start, quantity.counted_end, value, fit, quantity)


def says_the_same(one: AnswerSpan, other: AnswerSpan) -> bool:
    """Whether two spans say the same: a figure must count the same too, as far as both say what they count."""
    if one.value != other.value:
        return False
    first, second = (span.quantity.counted if span.quantity else None for span in (one, other))
    return not (first and second) or same_counted(first, second) or same_counted(second, first)
