"""The embedded answerer: the articles' own sentences, merged where they say the same, side by side where they differ.

Pure: evidence in, a draft out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.candidates import reports
from qa.coverage import SHARES, is_named
from qa.disagreement import ShortAnswers, unheard
from qa.evidence import Evidence, Findings
from qa.language.similarity import Similarity
from qa.language.terms import is_negated, key_of, keys_of
from qa.question import NEEDS_SPAN, NUMERIC, Asked, Question
from qa.records import Reason
from qa.short_answer.model import SpanModel
from qa.spans.answer_span import FITTING, AnswerSpan, says_the_same

MAX_SENTENCES = 3
MAX_SIDES = 4  # where other sources say something else: three are often taken by one source before a second is heard


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer: its evidence, other articles' sentences that say the same, the span of the kind asked
    for, and the words that say just what was asked."""

    evidence: Evidence
    also_in: tuple[Evidence, ...]
    span: AnswerSpan | None
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is cited: one to four statements, or none and the reason why."""

    statements: tuple[Statement, ...]
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Limits:
    """From where on evidence is taken to answer. Set by hand, tried on SQuAD 2.0's public half: docs/decisions.md.

    confidence: the least that the articles hold an answer at all, where the best sentence does not tell it plainly;
    plain: the direct coverage from where on one tells plainly that something is so.
    confident: from where on a name may be further off.
    left: the share of the best score that the first that may answer needs, where better ones may not.
    said: the least that what is asked must be said in the sentence itself; named: the least direct coverage where
    nothing of it is; settled: the least direct coverage for yes or no; unnamed: the least coverage where a name is not
    met. fit: the least that its span must fit, where one is needed; beside_fit: the same beside another.
    beside, listed: the share of the best coverage that another sentence needs to stand beside it with another figure or
    date, or with another name. doubtful: as long as the statements' scores sum to less, another sentence is added that
    has a `fallback` of the best score. unheard: the share of it that a sentence needs whose source is not in the answer
    yet. merged: the share of words in common from which on two sentences say the same. bearing: the share of the best
    direct coverage that another sentence needs. alone: the direct coverage from where on a sentence that says "it" and
    has the question's names is quoted without the one before.
    """

    confidence: float = 0.12
    plain: float = 0.85
    confident: float = 0.7
    left: float = 0.01
    said: float = 0.4
    named: float = 0.2
    settled: float = 0.55
    unnamed: float = 0.75
    fit: float = FITTING
    beside: float = 0.85
    listed: float = 0.95
    doubtful: float = 0.95
    fallback: float = 0.05
    beside_fit: float = 0.8
    merged: float = 0.6
    bearing: float = 0.7
    unheard: float = 0.02
    alone: float = 0.7


_SAID = frozenset({Asked.WHO, Asked.COUNT, Asked.YES_NO})
_EXPLAINED = frozenset({Asked.WHY, Asked.YES_NO})  # what their sources say can't be told to be something else
_NAMED = frozenset({Asked.WHO, Asked.WHERE, Asked.WHICH})


def compose(
    question: Question, findings: Findings, similarity: Similarity, limits: Limits = Limits(), *,
    span_model: SpanModel | None = None,
) -> Draft:  # fmt: skip
    """Choose from evidence, best first, the one to four sentences that answer the question.

    Where other sources say something else, there are up to four: disagreement is shown, and not averaged.
    similarity: how near words are in meaning, by which the short answer is chosen. span_model: what chooses it; None
    for the kept one.
    The draft's reason is "no_match" where there is no evidence at all, and "weak_evidence" where none of it is enough.
    """
    if not findings.evidence:
        return Draft((), "no_match")
    confident = findings.confidence >= limits.confident and not findings.evidence[0].met.another
    good = [found for found in findings.evidence if _bears(question, found, limits, confident=confident)]
    best = findings.evidence[0]
    unsure = findings.confidence < limits.confidence and not _is_plain(question, best, limits)
    if unsure or not good or good[0].score < limits.left * best.score:
        return Draft((), "weak_evidence")
    shorts = ShortAnswers(question, similarity, span_model)
    short = shorts.of(good[0])
    statements: list[Statement] = []
    for found in good:
        if _agrees(statements, found, shorts, limits):
            continue
        if len(statements) < MAX_SENTENCES and (not statements or _belongs(question, good[0], found, limits)):
            statements.append(_stated(found, limits.fit))
    _fill(question, statements, good, shorts, limits)
    if question.asked not in _EXPLAINED:
        _hear(statements, good, shorts, limits)
    statements[1:] = sorted(statements[1:], key=lambda one: -one.evidence.score)
    statements[0] = replace(statements[0], short=short)
    return Draft(tuple(_standing_alone(question, said, statements, limits) for said in statements), None)


def _is_plain(question: Question, found: Evidence, limits: Limits) -> bool:
    """Whether a sentence plainly tells what is asked in a way of which too few questions were learned from.

    What is not so, and whether something is so, also in other words ("Herat was taken" for whether it fell).
    """
    if question.negated and is_negated(found.text):
        return True
    met = found.met
    told = met.direct >= limits.plain and met.said >= SHARES.synonym and not met.loose_names and not met.another
    return question.asked is Asked.YES_NO and told


def _stated(found: Evidence, fit: float) -> Statement:
    span = found.spans[0] if found.spans and found.fit >= fit else None
    return Statement(found, (), span, found.text[span.start : span.end] if span else None)


def _agrees(statements: list[Statement], found: Evidence, shorts: ShortAnswers, limits: Limits) -> bool:
    """Whether a sentence says the same as a statement, which then names its article too."""
    for place, said in enumerate(statements):
        if _says_the_same(said, found, shorts, limits):
            statements[place] = _merged(said, found)
            return True
    return False


def _rests_on(statements: Sequence[Statement]) -> list[Evidence]:
    return [one for statement in statements for one in (statement.evidence, *statement.also_in)]


def _fill(
    question: Question, statements: list[Statement], good: Sequence[Evidence], shorts: ShortAnswers, limits: Limits
) -> None:
    """Add the next sentences where it is in doubt which one answers: three at most in all, best first."""
    said = {id(one) for one in _rests_on(statements)}
    told = sum(one.score for one in good if id(one) in said)
    for found in (one for one in good if id(one) not in said):
        if len(statements) == MAX_SENTENCES or told >= limits.doubtful:
            break
        if not _agrees(statements, found, shorts, limits):
            if _fits_less(question, good[0], found, limits) or found.score < limits.fallback * good[0].score:
                continue
            statements.append(_stated(found, limits.beside_fit))
        told += found.score


def _fits_less(question: Question, best: Evidence, found: Evidence, limits: Limits) -> bool:
    """Whether a sentence holds nothing of the kind asked for where the best one does, or not who holds the office."""
    if question.office:
        return found.fit < best.fit
    return question.asked in NEEDS_SPAN and found.fit < limits.beside_fit <= best.fit


def _hear(statements: list[Statement], good: Sequence[Evidence], shorts: ShortAnswers, limits: Limits) -> None:
    """Let each source that isn't in the answer say what it says, if that is something else: four statements at most."""
    passed: set[int] = set()
    while others := [
        one for one in unheard(good, _rests_on(statements), limits.unheard * good[0].score) if id(one) not in passed
    ]:
        if _agrees(statements, others[0], shorts, limits):
            continue
        if len(statements) < MAX_SIDES:
            statements.append(_stated(others[0], limits.beside_fit))
        else:
            passed.add(id(others[0]))


def _bears(question: Question, found: Evidence, limits: Limits, *, confident: bool) -> bool:
    if question.office and found.fit == 1:
        return True  # the sentence gives somebody just that office
    if found.met.other_number or found.met.another:
        return False
    if found.met.absent and not (confident and is_named(question, found.article)):
        return False
    if not confident and found.met.unmet_names and found.met.coverage < limits.unnamed:
        return False
    # Names, dates and figures are found in most sentences: it must be said of them what is asked, or whether it is so.
    money = question.asked is Asked.AMOUNT and not question.focus
    if (money or question.asked in _SAID) and found.met.said < limits.said:
        return False
    if question.asked in NEEDS_SPAN and not found.met.said and found.met.direct < limits.named:
        return False
    if question.asked is Asked.WHO and found.met.misqualified:
        return False
    if question.asked is Asked.YES_NO and (found.met.direct < limits.settled or found.met.loose_names):
        return False
    return question.asked not in NEEDS_SPAN or found.fit >= limits.fit


_IS = re.compile(r"\W*\w+\s+(?:is|was|are|were)\b")  # then what was asked for may be what "it" stands for
_DANGLING = re.compile(r"\W*(?:he|she|they|it|this|these|those|his|her|their|its|both)\b", re.IGNORECASE)


def _standing_alone(question: Question, said: Statement, statements: Sequence[Statement], limits: Limits) -> Statement:
    """Quote the sentence before as well where a statement speaks of "it" or "he" and does not tell what was asked.

    "It is Afghanistan's second largest city" answers nothing by itself. The quote stays one stretch of the article.
    """
    evidence = said.evidence
    keys = set(keys_of(evidence.text))
    names_met = all(any(key_of(word) in keys for word in name) for name in question.names)
    told = evidence.met.direct >= limits.alone and not _IS.match(evidence.text)
    plain = names_met and (said.span or told)
    if evidence.lead is None or plain or not _DANGLING.match(evidence.text):
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
    return replace(said, evidence=replace(evidence, start=evidence.lead, spans=()), span=span)


def _overlap(one: Evidence, start: int, other: Evidence) -> bool:
    """Whether a sentence stands in another's article between start and that one."""
    return one.article.id == other.article.id and start <= one.start < other.start


def _says_the_same(said: Statement, found: Evidence, shorts: ShortAnswers, limits: Limits) -> bool:
    """Whether a sentence only repeats a statement: the same span of the kind asked for, or nearly the same words."""
    if said.span and found.fit >= limits.fit:
        spans = _best_spans(found, limits)
        return any(says_the_same(one, other) for one in _best_spans(said.evidence, limits) for other in spans)
    ours, theirs = shorts.words(said.evidence), shorts.words(found)
    alike = len(ours & theirs) >= limits.merged * min(len(ours), len(theirs))
    return alike and not shorts.differ(said.evidence, found)


def _best_spans(found: Evidence, limits: Limits) -> list[AnswerSpan]:
    return [span for span in found.spans if span.fit >= max(limits.fit, found.fit - 0.2)]


def _merged(said: Statement, found: Evidence) -> Statement:
    known = {said.evidence.article.id, *(other.article.id for other in said.also_in)}
    if found.article.id in known:
        return said
    return replace(said, also_in=(*said.also_in, found))


def _belongs(question: Question, best: Evidence, found: Evidence, limits: Limits) -> bool:
    """Whether a sentence that says something else belongs beside the best one: a differing figure, another of a list.

    It must meet the question nearly as well, whatever its score: that tells which to give first, and not who is right.
    """
    if found.fit < limits.beside_fit or _fits_less(question, best, found, limits):
        return False
    if found.met.direct < limits.bearing * best.met.direct:
        return False  # it shares words or a name with the answer, and says something else
    if question.asked in NUMERIC or question.asked in {Asked.WHEN, Asked.WORDS}:
        return found.met.coverage >= limits.beside * best.met.coverage
    return question.asked in _NAMED and found.met.coverage >= limits.listed * best.met.coverage
