"""Names that may be what was asked for: of people, of places, or of the kind that "which" asks for."""

import re

from qa.language.names import Name, find_names
from qa.language.names_compare import looks_like_person, without_titles
from qa.language.nations import nation_of
from qa.language.noise import end_of_dateline
from qa.language.terms import content_words, distinct, key_of, keys_of
from qa.question.offices import find_holders
from qa.question.understand import Question
from qa.reading.spans.answer_span import AnswerSpan

_COUNTRIES = frozenset(map(key_of, ("country", "nation")))
_TOWNS = frozenset(map(key_of, ("city", "town", "capital", "province", "village", "region", "state")))
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|to|near|from|across|outside|inside|into|around|off|towards?|over)\s+(?:the\s+)?$", re.IGNORECASE
)
_LONGEST_BEFORE = 14
_PLACE_PHRASE = re.compile(
    r"\b(?:in|at|to|near|across|outside|inside|into|around)\s+"
    r"((?:the|a|an|its|their|two|three|four|five|several|many)\s+(?:[a-z]+\s+)?"
    r"(?:countr(?:y|ies)|cit(?:y|ies)|embassy|province|area|capital|centre|center|hotel|square|university|"
    r"(?:airport|base|border|building|camp|coast|court|hospital|island|park|port|prison|region|school|site|state|"
    r"station|street|town|village)s?)\b)",
    re.IGNORECASE,
)


def find_people(question: Question, sentence: str) -> list[AnswerSpan]:
    """Names that the question does not have; best those of people, and where an office is asked for, of its holder."""
    names = _new_names(question, sentence, frozenset())
    if question.office:
        return [
            AnswerSpan(one.start, one.end, _value(sentence[one.start : one.end]), one.fit)
            for one in find_holders(question.office, sentence, names)
        ]
    return [
        _span_of(name, 1.0 if looks_like_person(name.text) else 0.6) for name in names if nation_of(name.text) is None
    ]


def find_places(question: Question, sentence: str) -> list[AnswerSpan]:
    """Names that stand where a place does ("in Doha"), and places without a name ("three neighbouring countries")."""
    spans = []
    for name in _new_names(question, sentence, frozenset()):
        placed = _PLACE_BEFORE.search(sentence, max(0, name.start - _LONGEST_BEFORE), name.start)
        spans.append(_span_of(name, 1.0 if placed else 0.6 if nation_of(name.text) else 0.3))
    spans += [
        AnswerSpan(*match.span(1), match[1].casefold(), 0.7) for match in _PLACE_PHRASE.finditer(sentence)
    ]  # fmt: skip
    return spans


def find_named_kinds(question: Question, sentence: str) -> list[AnswerSpan]:
    """Names of the kind asked for: "Operation Pitting" for "which operation"; then those beside the kind's own word."""
    focus = [key_of(word) for word in content_words(question.focus or "")]
    if not focus:
        return [_span_of(name, 0.6) for name in _new_names(question, sentence, frozenset())]
    keys = frozenset(keys_of(sentence))
    beside = 0.9 if keys & question.excluded else 0.75 if focus[-1] in keys else 0.5
    return [
        _span_of(name, _kind_fit(focus[-1], name, beside)) for name in _new_names(question, sentence, frozenset(focus))
    ]


def _kind_fit(kind: str, name: Name, otherwise: float) -> float:
    """How well a name fits the kind of thing that "which" asks for: a country is no city, and a person is neither."""
    if kind in keys_of(name.text):
        return 1.0
    is_nation = nation_of(name.text) is not None
    if kind in _COUNTRIES:
        return 1.0 if is_nation else 0.2
    if kind in _TOWNS and (is_nation or looks_like_person(name.text)):
        return 0.1
    return otherwise


def _new_names(question: Question, sentence: str, kinds: frozenset[str]) -> list[Name]:
    """The names in what a sentence reports that the question does not have yet, whatever title stands before them.

    kinds: keys that don't count as had.
    """
    begins = end_of_dateline(sentence)
    had = {key_of(word) for word in question.words} - kinds
    return [
        name
        for name in find_names(sentence)
        if name.start >= begins
        and (keys := set(keys_of(without_titles(name.text))) - kinds)
        and not keys & question.excluded
        and not keys <= had
    ]


def _span_of(name: Name, fit: float) -> AnswerSpan:
    return AnswerSpan(name.start, name.end, _value(name.text), fit)


def _value(name: str) -> str:
    return " ".join(distinct(keys_of(name)))
