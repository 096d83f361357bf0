"""Times of the day, for questions that ask for one: a weekday or a year is no answer to "what time does it begin"."""

import re

from qa.language.clock import find_clock_times, find_parts_of_day
from qa.question.understand import Asked, Question
from qa.reading.spans.answer_span import AnswerSpan

_ASKS = re.compile(
    r"\b(?:what|which)\s+(?:exact\s+)?time\b"
    r"(?!\s+(?:of|period|frame|span|limit|line|zone|slot|capsule|scale|travel|magazine)s?\b)",
    re.IGNORECASE,
)
_BY_PART = 0.6  # "in the evening" says less than "at 8 p.m."


def asks_clock(question: Question) -> bool:
    """Whether a question asks for the time of a day: "what time is it", but not "what time of the year"."""
    return question.asked is Asked.WHEN and _ASKS.search(question.text) is not None


def find_times_of_day(sentence: str) -> list[AnswerSpan]:
    """The times by the clock, and parts of a day."""
    return [
        AnswerSpan(start, end, sentence[start:end].casefold(), fit)
        for fit, places in ((1.0, find_clock_times(sentence)), (_BY_PART, find_parts_of_day(sentence)))
        for start, end in places
    ]
