"""The embedded answerer: the articles' own sentences, merged where they say the same, side by side where they differ.

Pure: evidence in, a draft out.
"""

from collections.abc import Sequence
from dataclasses import replace

from qa.answering.agreement import Agreement
from qa.answering.draft import Draft, Statement
from qa.answering.events import SameEvent, same_event_by
from qa.answering.limits import LIMITS, READ, Limits
from qa.answering.newest import newest_first
from qa.answering.short_answers import ShortAnswers
from qa.answering.standing_alone import standing_alone
from qa.answering.sufficient import sufficient
from qa.language.similarity import Similarity
from qa.question.understand import NEEDS_SPAN, NUMERIC, Asked, Question
from qa.reading.evidence import Evidence, Findings
from qa.reading.reader import Reader

MAX_SENTENCES = 3
MAX_SIDES = 4  # where other sources say something else: three are often taken by one source before a second is heard
_EXPLAINED = frozenset({Asked.WHY, Asked.YES_NO})  # what their sources say can't be told to be something else
_NAMED = frozenset({Asked.WHO, Asked.WHERE, Asked.WHICH})


def compose(
    question: Question, findings: Findings, similarity: Similarity, *,
    reader: Reader | None = None,
) -> Draft:  # fmt: skip
    """Choose from evidence, best first, the one to four sentences that answer the question.

    Where other sources say something else, there are up to four: disagreement is shown, and not averaged.
    similarity: how near words are in meaning. reader: what read the evidence; None where nothing did.
    The draft's reason is "no_match" where there is no evidence at all, and "weak_evidence" where none of it is enough.
    """
    if not findings.evidence:
        return Draft((), "no_match")
    limits = READ if reader else LIMITS
    good = sufficient(question, findings, limits)
    if not good:
        return Draft((), "weak_evidence")
    shorts = ShortAnswers(question, similarity, reader)
    same = same_event_by(similarity)
    agreement = Agreement(shorts, limits, same)
    statements: list[Statement] = []
    for found in good:
        if _joins(statements, found, agreement):
            continue
        if len(statements) < MAX_SENTENCES and (not statements or _belongs(question, good[0], found, limits)):
            statements.append(_stated(found, limits.fit))
    _fill(question, statements, good, agreement, limits)
    if question.asked not in _EXPLAINED:
        _hear(statements, good, agreement, limits)
    statements[1:] = sorted(statements[1:], key=lambda one: -one.evidence.score)
    statements = newest_first(question, statements, limits.recent, same)
    several = _is_of_several_events(question, statements, same, limits)
    statements[0] = replace(statements[0], short=None if several else shorts.of(statements[0].evidence))
    return Draft(tuple(standing_alone(question, said, statements, limits) for said in statements), None)


def _is_of_several_events(question: Question, statements: Sequence[Statement], same: SameEvent, limits: Limits) -> bool:
    """Whether a figure is asked for of no event that is named, and those of several may be meant."""
    if question.asked not in NUMERIC or question.names:
        return False
    first = statements[0].evidence
    others = [one.evidence for one in statements[1:] if one.span is not None]
    return any(
        (other.score >= limits.fallback * first.score or other.met.direct >= limits.beside * first.met.direct)
        and not same(first.article, other.article)
        for other in others
    )


def _stated(found: Evidence, fit: float) -> Statement:
    span = found.spans[0] if found.spans and found.fit >= fit else None
    return Statement(found, (), span, found.text[span.start : span.end] if span else None)


def _joins(statements: list[Statement], found: Evidence, agreement: Agreement) -> bool:
    """Whether a sentence says the same as a statement, which then names its article too."""
    for place, said in enumerate(statements):
        if agreement.holds(said, found):
            statements[place] = _merged(said, found)
            return True
    return False


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


def _fits_less(question: Question, best: Evidence, found: Evidence, limits: Limits) -> bool:
    """Whether a sentence holds nothing of the kind asked for where the best one does, or not who holds the office."""
    if question.office:
        return found.fit < best.fit
    return question.asked in NEEDS_SPAN and found.fit < limits.beside_fit <= best.fit


def _fill(
    question: Question, statements: list[Statement], good: Sequence[Evidence], agreement: Agreement, limits: Limits
) -> None:
    """Add the next sentences where it is in doubt which one answers: three at most in all, best first."""
    said = {id(one) for one in _rests_on(statements)}
    told = sum(one.score for one in good if id(one) in said)
    for found in (one for one in good if id(one) not in said):
        if len(statements) == MAX_SENTENCES or told >= limits.doubtful:
            break
        if not _joins(statements, found, agreement):
            if _fits_less(question, good[0], found, limits) or found.score < limits.fallback * good[0].score:
                continue
            statements.append(_stated(found, limits.beside_fit))
        told += found.score


def _hear(statements: list[Statement], good: Sequence[Evidence], agreement: Agreement, limits: Limits) -> None:
    """Let each source that isn't in the answer say what it says, if that is something else: four statements at most."""
    passed: set[int] = set()
    while others := [
        one for one in _unheard(good, _rests_on(statements), limits.unheard * good[0].score) if id(one) not in passed
    ]:
        if _joins(statements, others[0], agreement):
            continue
        if len(statements) < MAX_SIDES:
            statements.append(_stated(others[0], limits.beside_fit))
        else:
            passed.add(id(others[0]))


def _unheard(good: Sequence[Evidence], shown: Sequence[Evidence], least: float) -> list[Evidence]:
    """The sentences of a least score of the sources that the answer doesn't rest on yet, best first.

    What an article that is shown says word for word too is a reprint's, and no other source's.
    """
    heard = {found.article.id: found.article.text for found in shown}
    return [
        found
        for found in good
        if found.score >= least
        and found.article.id not in heard
        and not any(found.article.text[found.start : found.end] in text for text in heard.values())
    ]


def _rests_on(statements: Sequence[Statement]) -> list[Evidence]:
    return [one for statement in statements for one in (statement.evidence, *statement.also_in)]
