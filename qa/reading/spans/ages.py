"""Figures that say how old somebody or something is: "aged 67", "Ada Holt, 67,", "she was 67", "the 67-year-old"."""

import re
from collections.abc import Set

from qa.language.figures import Kind, Quantity, find_quantities
from qa.language.terms import key_of, keys_of
from qa.question.understand import Question
from qa.reading.spans.answer_span import AnswerSpan, figure_span

_SURE = 0.9
_OF_ANOTHER = 0.5  # beside a name that the question does not hold: "the gunman" may be called so
_NO_AGE = 0.2
_OLDEST = 130  # of people
_NEAR = 80  # characters around a figure that are looked at
_HEDGE = r"(?:(?:just|only|about|around|nearly|almost|over|then|now|still)\s+)?"
_OLD = re.compile(r"[\s-]*(?:year|month|week|day|decade|centur)(?:s|y|ies)?[\s-](?:old\b|of\s+age\b)")
_AGED = re.compile(rf"\b(?:ages?d?(?:\s+of)?|turn(?:s|ed|ing)?)\s+{_HEDGE}$", re.IGNORECASE)
_AT = re.compile(rf"\bat\s+{_HEDGE}$", re.IGNORECASE)
_WAS = re.compile(rf"\b(?P<who>[\w’'-]+)\s+(?:is|was|am|will\s+be|would\s+be|would\s+have\s+been)\s+{_HEDGE}$")
_BESIDE = re.compile(rf"(?P<who>(?:[^\W\d_][\w’'.-]*\s+){{0,3}}[^\W\d_][\w’'.-]*)(?:,\s+{_HEDGE}|\s+\()$")
_ENDS = re.compile(r"\s*(?:[.,;:!?)”\"—–]|$)|\s+(?:when|at\s+the\s+time|and)\b")
_SHUT = re.compile(r"[,.;:)]|$|\s[-–—]")
_NAME_AFTER = re.compile(r"\S*(?:\s+(?:old|of\s+age))?(?P<name>(?:\s+[A-Z][\w’'.-]*)+)")
_OWNED = re.compile(r"(?:[’']s|\b(?:his|her|their|my))\s+$", re.IGNORECASE)  # "Ada Holt's 12-year-old son"
_PRONOUNS = frozenset(("he", "she", "i", "who"))


def find_ages(question: Question, sentence: str) -> list[AnswerSpan]:
    """Numbers by how well they say the age asked for; one beside another's name fits less."""
    asked = frozenset(map(key_of, question.words))
    return [
        figure_span(quantity, _age_fit(sentence, quantity, asked))
        for quantity in find_quantities(sentence)
        if quantity.kind is Kind.NUMBER
    ]


def _age_fit(sentence: str, quantity: Quantity, asked: Set[str]) -> float:
    before = sentence[max(0, quantity.start - _NEAR) : quantity.start]
    if _OLD.match(sentence, quantity.end):
        name = _NAME_AFTER.match(sentence, quantity.end, quantity.end + _NEAR)
        another = asked.isdisjoint(keys_of(name["name"])) if name else _OWNED.search(before)
        return _OF_ANOTHER if another else _SURE
    if quantity.counted or quantity.high > _OLDEST:
        return _NO_AGE
    if _AGED.search(before):
        return _SURE
    if _ENDS.match(sentence, quantity.end):
        if _AT.search(before):
            return _SURE
        was = _WAS.search(before)
        if was:
            return _SURE if was["who"].lower() in _PRONOUNS or key_of(was["who"]) in asked else _NO_AGE
    beside = _BESIDE.search(before)
    if beside and _SHUT.match(sentence, quantity.end):
        return _OF_ANOTHER if asked.isdisjoint(keys_of(beside["who"])) else _SURE
    return _NO_AGE
