"""Figures that say how old, tall, heavy, fast or hot something is: their unit must suit what the question asks by."""

import re

from qa.language.figures import Kind, find_quantities
from qa.language.units import measures_of
from qa.question.understand import Question
from qa.reading.spans.ages import find_ages
from qa.reading.spans.answer_span import AnswerSpan, figure_span

_SUITED, _SO_SO, _UNSUITED = 0.9, 0.5, 0.2
_SHARE = 0.7
_SIZES = frozenset(("length", "area", "volume", "weight"))
# What each adjective asks for; the others ("strong", "often") may be told in any unit.
_SORTS = {
    **dict.fromkeys(("far", "tall", "deep", "wide"), frozenset({"length"})),
    **dict.fromkeys(("hot", "cold"), frozenset({"heat"})),
    **dict.fromkeys(("big", "large"), _SIZES),
    "high": frozenset({"length", "heat"}),
    "heavy": frozenset({"weight"}),
    "fast": frozenset({"speed"}),
}
_ROUNDABOUT = frozenset((("far", "time"), ("fast", "time")))  # "two hours away", "in 9.58 seconds"
_OF_ANYTHING = frozenset(("high", "big", "large"))  # "how high is inflation", "how big is the staff"
_OF_BARE = _OF_ANYTHING | {"hot", "cold", "fast"}  # "temperatures reached 40"
_ADJECTIVE = re.compile(r"\bhow\s+(\w+)", re.IGNORECASE)
_OF_AGE = re.compile(r"\bhow\s+old\b|\bage\b", re.IGNORECASE)


def find_measures(question: Question, sentence: str) -> list[AnswerSpan]:
    """Numbers by how well their unit suits the question: lengths for "how tall"; for "how old", ages."""
    if _OF_AGE.search(question.text):
        return find_ages(question, sentence)
    match = _ADJECTIVE.search(question.text)
    adjective = match[1].lower() if match else ""
    spans = [
        figure_span(quantity, _fit(adjective, sort, counted=quantity.counted is not None))
        for quantity, sort in measures_of(sentence)
    ]
    if adjective in _OF_ANYTHING:
        shares = (one for one in find_quantities(sentence) if one.kind in (Kind.PERCENT, Kind.MONEY))
        spans += [figure_span(quantity, _SHARE) for quantity in shares]
    return spans


def _fit(adjective: str, sort: str | None, *, counted: bool) -> float:
    """How well a sort of unit suits an adjective; counted: a figure without a unit is one of things ("4 ships")."""
    if adjective not in _SORTS:
        return _SUITED if sort else _SO_SO
    if sort is None:
        return _SO_SO if adjective in (_OF_ANYTHING if counted else _OF_BARE) else _UNSUITED
    if sort in _SORTS[adjective]:
        return _SUITED
    return _SO_SO if (adjective, sort) in _ROUNDABOUT else _UNSUITED
