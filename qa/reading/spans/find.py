"""Where in a sentence the thing asked for may stand, and how well each place fits the question."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from qa.language.dates import DateMention, find_dates
from qa.language.durations import find_durations
from qa.language.terms import key_of, keys_of
from qa.question.understand import Asked, Question
from qa.reading.spans.answer_span import AnswerSpan, Likeness
from qa.reading.spans.clock import asks_clock, find_times_of_day
from qa.reading.spans.durations import find_lengths
from qa.reading.spans.figures import find_amounts, find_counts, find_percents
from qa.reading.spans.measures import find_measures
from qa.reading.spans.names import find_named_kinds, find_people, find_places

# Dates are news dates, from 1800 on; an older year or a century is one only where the words around it say so.
_LONG_AGO = re.compile(
    r"\bbetween\s+(?P<years>1\d{3}\s+and\s+1\d{3})\b|"
    r"\b(?:in|since|by|from|until|to|of|around|about|year|circa|before|after)\s+(?P<year>1[0-7]\d\d)\b|"
    r"\((?P<bracketed>1[0-7]\d\d(?:\s?[-–]\s?1\d{3})?)\)|"
    r"\b(?P<decade>(?:early |late |mid-?)?1[0-7]\d0s)\b|"
    r"\b(?P<era>\d{1,4} (?:BC|AD|BCE|CE))\b|"
    r"\b(?P<century>(?:early |late |mid-?)?(?:\d{1,2}(?:st|nd|rd|th)|[a-z]+(?:th|st|first|second|third))"
    r"(?: (?:and|to) (?:\d{1,2}(?:st|nd|rd|th)|[a-z]+th))? centur(?:y|ies))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^”\"]{3,200})[”\"]|‘([^’]{3,200})’")
_PREDICATE = re.compile(
    r"\b(?:is|was|are|were|be|been|being|as|a|an|facing|called|of|the)\s+(?:a\s+|an\s+|the\s+)?[“\"‘]$"
)
_FROM_NOW = re.compile(r"\b(?:in|within)\s+(?:(?:about|around|less than|the next|the coming)\s+)?$", re.IGNORECASE)
_LONGEST_FROM_NOW = 24
_AGO = re.compile(r"\s+(?:ago|earlier|later|before|after)\b", re.IGNORECASE)
_SOON = re.compile(
    r"\b(?:in|within|over|during)\s+the\s+(?:next|coming|past|last)\s+(?:few\s+|several\s+|couple\s+of\s+)?"
    r"(?:hours|days|weeks|months|years)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 5
_CLAUSE = re.compile(
    r"[,;:—–]\s|\s-\s|"
    r"\s(?:and|but|while|as|when|after|before|until|since|because|although|though|where|which|who)\s"
)
_CLAUSE_WORDS = 6  # fewer are part of another: "In 1990, the town fell"
_ELSEWHERE = 0.5


def find_spans(question: Question, sentence: str, likeness: Likeness) -> tuple[AnswerSpan, ...]:
    """Return the places in a sentence where the thing asked for may stand, best fit first.

    likeness: how near two words are in meaning, from -1 to 1. Empty for kinds that stand in no one place (why, what).
    """
    return tuple(sorted(_find(question, sentence, likeness), key=lambda span: -span.fit))


def _find(question: Question, sentence: str, likeness: Likeness) -> Sequence[AnswerSpan]:
    match question.asked:
        case Asked.COUNT:
            return find_counts(question, sentence, likeness)
        case Asked.AMOUNT:
            return find_amounts(question, sentence)
        case Asked.PERCENT:
            return find_percents(sentence)
        case Asked.MEASURE:
            return find_measures(question, sentence)
        case Asked.DURATION:
            return find_lengths(question, sentence)
        case Asked.WHEN:
            return find_times_of_day(sentence) if asks_clock(question) else _find_dates(question, sentence)
        case Asked.WHO:
            return find_people(question, sentence)
        case Asked.WHERE:
            return find_places(question, sentence)
        case Asked.WHICH:
            return find_named_kinds(question, sentence)
        case Asked.WORDS:
            return _find_quotations(sentence)
        case _:
            return ()


def _find_dates(question: Question, sentence: str) -> list[AnswerSpan]:
    """Dates, and how long ago or from now; one with a day or year says more than "Friday" or "in May", and each more in
    a clause with a word of the question.
    """
    spans = [
        AnswerSpan(one.start, one.end, _said(one, sentence), 1.0 if one.year or one.day else 0.8)
        for one in find_dates(sentence)
    ]
    spans += [
        AnswerSpan(one.start, one.end, f"{one.low:g}-{one.high:g} {one.unit}", 0.7)
        for one in find_durations(sentence)
        if _FROM_NOW.search(sentence, max(0, one.start - _LONGEST_FROM_NOW), one.start) or _AGO.match(sentence, one.end)
    ]
    spans += [AnswerSpan(*match.span(), match[0].casefold(), 0.7) for match in _SOON.finditer(sentence)]
    for match in _LONG_AGO.finditer(sentence):
        group = match.lastgroup or "year"
        spans.append(AnswerSpan(*match.span(group), match[group].casefold(), 0.9))
    asked = {key_of(word) for word in question.words}
    return [
        replace(span, fit=span.fit * _ELSEWHERE) if _is_elsewhere(span, sentence, asked) else span for span in spans
    ]


def _is_elsewhere(span: AnswerSpan, sentence: str, asked: Set[str]) -> bool:
    """Whether a date stands in a clause without a word of the question: "after Kabul fell, and today they bargain"."""
    start = max((cut.end() for cut in _CLAUSE.finditer(sentence, 0, span.start)), default=0)
    cut = _CLAUSE.search(sentence, span.end)
    keys = keys_of(sentence[start : cut.start() if cut else len(sentence)])
    return len(keys) >= _CLAUSE_WORDS and asked.isdisjoint(keys)


def _said(date: DateMention, sentence: str) -> str:
    """A date by its parts, so that "13 August 2021" and "August 13, 2021" are one; in its own words without any."""
    parts = (date.year, date.month, date.day, date.weekday)
    return (
        "-".join(map(str, parts))
        if any(part is not None for part in parts)
        else sentence[date.start : date.end].casefold()
    )


def _find_quotations(sentence: str) -> list[AnswerSpan]:
    """Quoted words; best where they name a thing ("facing a “humanitarian tragedy”") and are few."""
    spans = []
    for match in _QUOTED.finditer(sentence):
        group = 1 if match[1] else 2
        start, end = match.span(group)
        short = len(match[group].split()) <= _FEW_WORDS
        fit = 1.0 if short and _PREDICATE.search(sentence, 0, start) else 0.7 if short else 0.5
        spans.append(AnswerSpan(start, end, match[group].casefold(), fit))
    return spans
