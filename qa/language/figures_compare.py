"""Tell whether two figures are the same, and whether one in a source bears out one in a claim."""

import math

from qa.language.counted_compare import same_counted
from qa.language.figures import Bound, Quantity

# How far a hedge reaches, as parts of the value: "about 600" is 570 to 630, "nearly 600" 540 up to 600.
_ABOUT = 0.05
_NEARLY = 0.9
# A bound that is true but far off misleads: "more than 10" is no summary of 3,000.
_FARTHEST = 1.25


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether both are the same number of the same kind and unit: "15,000" = "fifteen thousand" = "15k".

    Bounds and what is counted are not looked at; a range equals the same range only.
    """
    return a.kind is b.kind and a.unit == b.unit and _close(a.low, b.low) and _close(a.high, b.high)


def supports(source: Quantity, claim: Quantity) -> bool:
    """Whether the source's figure bears out the claim's: the value, the bound, and what is counted.

    Each figure stands for an interval, and the source's must lie within the claim's: "600" bears out "about 600", "up
    to 600" and "at least 600"; "about 600" and "up to 600" do not bear out "600", nor "up to 600" "more than 600". A
    claim may round only when it says so: "11" does not bear out "a dozen"; "987" bears out "nearly 1,000" and "more
    than 900", but not "more than 100", which is too far off for a summary. `same_value` tells figures that differ in
    their bounds alone.
    """
    if source.kind is not claim.kind or source.unit != claim.unit:
        return False
    if source.counted is not None and claim.counted is not None and not same_counted(source.counted, claim.counted):
        return False
    if same_value(source, claim) and (source.bound is claim.bound or _is_as_loose(source, claim)):
        return True
    if claim.low != claim.high:  # "hundreds" is borne out by 600; a range in digits by the same range only
        return claim.high >= claim.low * 4 and source.low >= claim.low and source.high <= claim.high
    return _within(source, claim) and _near(source, claim)


def _is_as_loose(source: Quantity, claim: Quantity) -> bool:
    """Whether of two like values the claim's is said no more firmly: "nearly 600" for "about 600", or as a range, where
    "an estimated 800 to 1,100" is as good as "800 to 1,100".
    """
    loose = (Bound.EXACT, Bound.ABOUT, Bound.NEARLY)
    return source.bound in loose and (claim.bound is Bound.ABOUT or (claim.low != claim.high and claim.bound in loose))


def _within(source: Quantity, claim: Quantity) -> bool:
    low, high, open_low, open_high = _interval(source)
    claim_low, claim_high, claim_open_low, claim_open_high = _interval(claim)
    above = low > claim_low or (_close(low, claim_low) and (open_low or not claim_open_low))
    below = high < claim_high or (_close(high, claim_high) and (open_high or not claim_open_high))
    return above and below


def _interval(figure: Quantity) -> tuple[float, float, bool, bool]:
    """From and to, and whether each end is left out."""
    low, high = figure.low, figure.high
    match figure.bound:
        case Bound.ABOUT if low == high:  # a range is approximate enough as it is
            return (low - abs(low) * _ABOUT, high + abs(high) * _ABOUT, False, False)
        case Bound.EXACT | Bound.ABOUT:
            return (low, high, False, False)
        case Bound.NEARLY:
            return (low * _NEARLY, high, False, True)
        case Bound.AT_MOST:
            return (-math.inf, high, True, False)
        case Bound.LESS:
            return (-math.inf, high, True, True)
        case Bound.AT_LEAST:
            return (low, math.inf, False, True)
        case Bound.MORE:
            return (low, math.inf, True, True)


def _near(source: Quantity, claim: Quantity) -> bool:
    smaller, larger = sorted((abs(source.high), abs(claim.high)))
    return larger <= smaller * _FARTHEST


def _close(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-12)
