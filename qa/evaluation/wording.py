"""Pure: measures in words and figures, as the report and docs/quality.md give them."""

from qa.evaluation.records import Measure, Unit


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
