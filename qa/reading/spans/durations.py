"""How long something lasts, by the lengths of time in a sentence, or how long a thing is, by its lengths."""

import re
from collections.abc import Set

from qa.language.durations import Duration, find_durations
from qa.language.terms import key_of
from qa.language.units import measures_of
from qa.question.understand import Question
from qa.reading.spans.answer_span import AnswerSpan, figure_span

_LASTING = 1.0
_AGE = 0.8
_APART = 0.5  # "two weeks before the vote" tells how far off, and seldom how long; "a two-hour speech" is no war
_LONG, _OTHER_LENGTH = 0.9, 0.3
_NO_DIFFERENCE = 0.3  # "three years", where it is asked how much longer than another it took
_OLD = re.compile(r"[ -](?P<unit>decade|week|month|day|hour)s?[ -]old\b")  # in years, people are old
_HAS_AGE = re.compile(r"[ -]old\b")
_AFTER_APART = re.compile(r"\s+(?:ago|before|after|earlier|later|prior|from\s+now)\b")
_BEFORE_RECENT = re.compile(r"(?<!for )the\s+(?:last|past|next|coming|previous)\s+$", re.IGNORECASE)
_LONGEST_RECENT = 20
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_AFTER_LONG = re.compile(r"\s+(?:long|in\s+length)\b")
_ASKS_APART = re.compile(r"\b(?:ago|before|after|until)\b", re.IGNORECASE)
_ASKS_OF_A_THING = re.compile(r"\bhow\s+(?:long|much\s+longer)\s+(?:is|are|was|were)\b", re.IGNORECASE)
_ASKS_LONGER = re.compile(r"\bhow\s+much\s+longer\b.*\bthan\b", re.IGNORECASE)
_AFTER_LONGER = re.compile(r"\s+(?:longer|more)\b")


def find_lengths(question: Question, sentence: str) -> list[AnswerSpan]:
    """Lengths of time, by how well they tell how long something lasted; for "how long is", those of things too.

    For "how much longer than" only what is said to be longer by so much fits.
    """
    asked = frozenset(map(key_of, question.words))
    longer = _ASKS_LONGER.search(question.text) is not None
    apart = _LASTING if _ASKS_APART.search(question.text) else _APART
    spans = []
    for one in find_durations(sentence):
        fit = apart if _is_apart(sentence, one) else _APART if _is_of_another(sentence, one, asked) else _LASTING
        if longer:
            fit = _LASTING if _AFTER_LONGER.match(sentence, one.end) else _NO_DIFFERENCE
        spans.append(AnswerSpan(one.start, one.end, _value(one.low, one.high, one.unit), fit))
    of_a_thing = _ASKS_OF_A_THING.search(question.text) is not None
    for quantity, sort in measures_of(sentence) if of_a_thing or _HAS_AGE.search(sentence) else ():
        if old := _OLD.match(sentence, quantity.end):
            value = _value(quantity.low, quantity.high, old["unit"])
            spans.append(AnswerSpan(quantity.start, quantity.counted_end, value, _AGE))
        elif of_a_thing and sort == "length":
            after = (_AFTER_LONGER if longer else _AFTER_LONG).match(sentence, quantity.counted_end)
            is_long = after or (not longer and "long" in (quantity.counted or ""))
            spans.append(figure_span(quantity, _LONG if is_long else _OTHER_LENGTH))
    return spans


def _is_apart(sentence: str, found: Duration) -> bool:
    """Whether a length of time says how far off something was: "two weeks ago", "in the last two weeks"."""
    before = _BEFORE_RECENT.search(sentence, max(0, found.start - _LONGEST_RECENT), found.start)
    return bool(before or _AFTER_APART.match(sentence, found.end))


def _is_of_another(sentence: str, found: Duration, asked: Set[str]) -> bool:
    """Whether it is a thing that is not asked about that took so long: a "two-hour speech" where a war is."""
    noun = _NEXT_WORD.match(sentence, found.end) if "-" in sentence[found.start : found.end] else None
    return noun is not None and key_of(noun[1]) not in asked


def _value(low: float, high: float, unit: str) -> str:
    return f"{low:g}-{high:g} {unit}"
