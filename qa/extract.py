"""The embedded answerer: the articles' own sentences, merged where they say the same, side by side where they differ.

Pure: evidence in, a draft out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.answer_span import AnswerSpan, says_the_same
from qa.candidates import reports
from qa.evidence import Evidence
from qa.language.terms import STOP_WORDS, key_of, keys_of
from qa.question import NUMERIC, Asked, Question
from qa.records import Reason

MAX_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer: its evidence, other articles' sentences that say the same, and the span asked for."""

    evidence: Evidence
    also_in: tuple[Evidence, ...]
    span: AnswerSpan | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is cited: one to three statements, or none and the reason why."""

    statements: tuple[Statement, ...]
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on evidence is taken to answer. Set by hand, tried on SQuAD 2.0's public half: docs/decisions.md.

    score, coverage, direct: the least that a sentence must have; missing: the most; said: the least
    that what is asked must be said in the sentence itself; role, settled: the least direct coverage for who holds an
    office, and for yes or no; unnamed: the least coverage where a
    name is not met. fit: the least that its span must fit, where one is needed; beside_fit: the same beside another.
    beside, agreeing: the share of the best score that another sentence needs to stand beside it, or to be counted as
    saying the same; listed: the former for names, alongside: the former where no kind of thing tells them apart.
    merged: the share of words in common from which on two sentences say the same. bearing: the share of the best direct
    coverage that another sentence needs.
    """

    score: float = 0.36
    coverage: float = 0.48
    direct: float = 0.2
    missing: float = 0.6
    said: float = 0.4
    role: float = 0.85
    settled: float = 0.55
    unnamed: float = 0.75
    fit: float = 0.45
    beside: float = 0.72
    agreeing: float = 0.55
    listed: float = 0.85
    alongside: float = 0.9
    beside_fit: float = 0.8
    merged: float = 0.6
    bearing: float = 0.7


NEEDS_SPAN = NUMERIC | {Asked.WHEN, Asked.WHO, Asked.WHERE}
_SAID = frozenset({Asked.WHO, Asked.COUNT})
_NAMED = frozenset({Asked.WHO, Asked.WHERE, Asked.WHICH})


def compose(question: Question, evidence: Sequence[Evidence], limits: Limits = Limits()) -> Draft:
    """Choose from evidence, best first, the one to three sentences that answer the question.

    The draft's reason is "no_match" where there is no evidence at all, and "weak_evidence" where none of it is enough.
    """
    if not evidence:
        return Draft((), "no_match")
    good = [found for found in evidence if _bears(question, found, limits)]
    if not good:
        return Draft((), "weak_evidence")
    best = good[0]
    statements: list[Statement] = []
    for found in good:
        if found.score < limits.agreeing * best.score:
            break
        if statements and found.met.direct < limits.bearing * best.met.direct:
            continue  # it shares words or a name with the answer, and says something else
        same = next((place for place, said in enumerate(statements) if _says_the_same(said, found, limits)), None)
        if same is not None:
            statements[same] = _merged(statements[same], found)
        elif (
            len(statements) < MAX_SENTENCES
            and found.score >= limits.beside * best.score
            and _belongs(question, statements, found, limits)
        ):
            statements.append(Statement(found, (), _span_of(found, limits)))
    return Draft(tuple(_standing_alone(question, said, statements) for said in statements), None)


def _bears(question: Question, found: Evidence, limits: Limits) -> bool:
    if found.score < limits.score or found.met.coverage < limits.coverage or found.met.direct < limits.direct:
        return False
    if found.met.missing > limits.missing or found.met.absent:
        return False
    if found.met.unmet_names and found.met.coverage < limits.unnamed:
        return False
    # Names and figures are found in most sentences: it must be said of them what is asked.
    if question.asked in _SAID and found.met.said < limits.said:
        return False
    if question.asked is Asked.WHO and found.met.misqualified:
        return False
    if question.role and found.met.direct < limits.role:
        return False
    if question.asked is Asked.YES_NO and (found.met.direct < limits.settled or found.met.loose_names):
        return False
    return question.asked not in NEEDS_SPAN or found.fit >= limits.fit


_DANGLING = re.compile(r"\W*(?:he|she|they|it|this|these|those|his|her|their|its|both)\b", re.IGNORECASE)


def _standing_alone(question: Question, said: Statement, statements: Sequence[Statement]) -> Statement:
    """Quote the sentence before as well where a statement speaks of "it" or "he" and does not hold what was asked for.

    "It is Afghanistan's second largest city" answers nothing by itself. The quote stays one stretch of the article.
    """
    evidence = said.evidence
    keys = set(keys_of(evidence.text))
    names_met = all(any(key_of(word) in keys for word in name) for name in question.names)
    if evidence.lead is None or (said.span and names_met) or not _DANGLING.match(evidence.text):
        return said
    if said.span is None and question.asked in NEEDS_SPAN:
        return said
    if any(_overlap(one.evidence, evidence.lead, evidence) for one in statements if one is not said):
        return said
    if not reports(evidence.article.text, evidence.lead, len(evidence.article.text[: evidence.start].rstrip())):
        return said
    offset = evidence.start - evidence.lead
    span = said.span and replace(said.span, start=said.span.start + offset, end=said.span.end + offset)
    if span and span.quantity:
        moved = replace(
            span.quantity,
            start=span.quantity.start + offset,
            end=span.quantity.end + offset,
            counted_end=span.quantity.counted_end + offset,
        )
        span = replace(span, quantity=moved)
    return Statement(replace(evidence, start=evidence.lead, spans=()), said.also_in, span)


def _overlap(one: Evidence, start: int, other: Evidence) -> bool:
    """Whether a sentence stands in another's article between start and that one."""
    return one.article.id == other.article.id and start <= one.start < other.start


def _span_of(found: Evidence, limits: Limits) -> AnswerSpan | None:
    return found.spans[0] if found.fit >= limits.fit else None


def _says_the_same(said: Statement, found: Evidence, limits: Limits) -> bool:
    """Whether a sentence only repeats a statement: the same span of the kind asked for, or nearly the same words."""
    if said.span and found.fit >= limits.fit:
        spans = _best_spans(found, limits)
        return any(says_the_same(one, other) for one in _best_spans(said.evidence, limits) for other in spans)
    ours, theirs = _words(said.evidence), _words(found)
    return len(ours & theirs) >= limits.merged * min(len(ours), len(theirs))


def _best_spans(found: Evidence, limits: Limits) -> list[AnswerSpan]:
    return [span for span in found.spans if span.fit >= max(limits.fit, found.fit - 0.2)]


def _words(found: Evidence) -> set[str]:
    return set(keys_of(found.text)) - STOP_WORDS


def _merged(said: Statement, found: Evidence) -> Statement:
    known = {said.evidence.article.id, *(other.article.id for other in said.also_in)}
    if found.article.id in known:
        return said
    return Statement(said.evidence, (*said.also_in, found), said.span)


def _belongs(question: Question, statements: list[Statement], found: Evidence, limits: Limits) -> bool:
    """Whether a sentence that says something else belongs in the answer: a differing figure, or another of a list."""
    if not statements:
        return True
    if question.asked in NUMERIC or question.asked is Asked.WHEN:
        return found.fit >= limits.beside_fit
    if question.asked is Asked.WORDS:
        return found.fit >= limits.beside_fit
    if question.asked in _NAMED:
        return found.fit >= limits.beside_fit and found.score >= limits.listed * statements[0].evidence.score
    return found.score >= limits.alongside * statements[0].evidence.score
