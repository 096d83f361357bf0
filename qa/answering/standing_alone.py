"""Whether a statement can be understood by itself; where not, the sentence before is quoted with it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.answering.draft import Statement
from qa.answering.limits import Limits
from qa.language.terms import key_of, keys_of
from qa.question.understand import NEEDS_SPAN, Question
from qa.reading.candidates import reports
from qa.reading.evidence import Evidence
from qa.reading.spans.answer_span import AnswerSpan

_IS = re.compile(r"\W*\w+\s+(?:is|was|are|were)\b")  # then what was asked for may be what "it" stands for
_DANGLING = re.compile(r"\W*(?:he|she|they|it|this|these|those|his|her|their|its|both)\b", re.IGNORECASE)


def standing_alone(question: Question, said: Statement, statements: Sequence[Statement], limits: Limits) -> Statement:
    """Quote the sentence before as well where a statement speaks of "it" or "he" and does not tell what was asked.

    "It is Afghanistan's second largest city" answers nothing by itself. The quote stays one stretch of the article, and
    no words are quoted twice. statements: all of the answer.
    """
    evidence, lead = said.evidence, said.evidence.lead
    if lead is None or not _DANGLING.match(evidence.text) or _tells(question, said, limits):
        return said
    if said.span is None and question.asked in NEEDS_SPAN:
        return said
    if any(_stands_between(one.evidence, lead, evidence) for one in statements if one is not said):
        return said
    if not reports(evidence.article.text, lead, len(evidence.article.text[: evidence.start].rstrip())):
        return said
    span = said.span and _moved(said.span, evidence.start - lead)
    return replace(said, evidence=replace(evidence, start=lead, spans=(), answer=None), span=span)


def _tells(question: Question, said: Statement, limits: Limits) -> bool:
    """Whether a statement itself tells what was asked, with the question's names."""
    evidence = said.evidence
    keys = set(keys_of(evidence.text))
    if not all(any(key_of(word) in keys for word in name) for name in question.names):
        return False
    return said.span is not None or (evidence.met.direct >= limits.alone and not _IS.match(evidence.text))


def _stands_between(one: Evidence, start: int, other: Evidence) -> bool:
    """Whether a sentence stands in another's article between start and that one."""
    return one.article.id == other.article.id and start <= one.start < other.start


def _moved(span: AnswerSpan, offset: int) -> AnswerSpan:
    """A span of a sentence, counted from further before it."""
    quantity = span.quantity and replace(
        span.quantity,
        start=span.quantity.start + offset,
        end=span.quantity.end + offset,
        counted_end=span.quantity.counted_end + offset,
    )
    return replace(span, start=span.start + offset, end=span.end + offset, quantity=quantity)
