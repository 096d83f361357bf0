"""Pure: measures in words and figures, as the report and docs/quality.md give them."""

from collections.abc import Sequence

from qa.evaluation.records import Evaluation, Measure, Unit

NAMED = 10


def number(value: float, unit: Unit) -> str:
    """A measure's value: a share with three decimals, a time in ms with one.

    >>> number(0.7214, "share"), number(12.34, "ms")
    ('0.721', '12.3 ms')
    """
    return f"{value:.1f} ms" if unit == "ms" else f"{value:.3f}"


def interval(measure: Measure) -> str:
    """A measure's 95% interval, as in "0.612 to 0.830"."""
    low, high = number(measure.low, measure.unit), number(measure.high, measure.unit)
    return f"{low.removesuffix(' ms')} to {high}"


def failed_in(evaluation: Evaluation) -> list[str]:
    """The articles that could not be taken in, each with the reason: the first ten, and how many more there are."""
    return _first([f"{one.name}: {one.reason}" for one in evaluation.failed])


def missing_in(evaluation: Evaluation) -> list[str]:
    """The names of articles that no article of the library has: the first ten, and how many more there are."""
    return _first(evaluation.missing)


def _first(names: Sequence[str]) -> list[str]:
    more = len(names) - NAMED
    return [*names[:NAMED], *([f"and {more:,} more"] if more > 0 else [])]
