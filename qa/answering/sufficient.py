"""Which evidence is enough to answer from: rules above what was learned. Pure."""

from qa.answering.limits import Limits
from qa.language.terms import is_negated
from qa.question.understand import NEEDS_SPAN, Asked, Question
from qa.reading.coverage import SHARES, is_named
from qa.reading.evidence import Evidence, Findings

_SAID = frozenset({Asked.WHO, Asked.COUNT, Asked.YES_NO})


def sufficient(question: Question, findings: Findings, limits: Limits) -> list[Evidence]:
    """Return the sentences that may answer, best first; none where an answer is too unlikely, or they are too poor.

    findings: one sentence or more.
    """
    best = findings.evidence[0]
    plain = _is_plain(question, best, limits) or (question.asked in NEEDS_SPAN and _fits_plainly(best, limits))
    if findings.answerable < limits.answerable and not plain:
        return []
    if question.asked in NEEDS_SPAN and best.is_doubted(limits.read) and not plain:
        return []
    if findings.here is not None and findings.here < limits.here and not plain:
        return []
    confident = findings.answerable >= limits.confident and not best.met.another
    good = [found for found in findings.evidence if _may_answer(question, found, limits, confident=confident)]
    return good if good and good[0].score >= limits.left * best.score else []


def _fits_plainly(found: Evidence, limits: Limits) -> bool:
    """Whether a sentence has just the kind of thing that is asked for, and nearly all of the question's words."""
    return found.fit == 1 and found.met.coverage >= limits.plain


def _is_plain(question: Question, found: Evidence, limits: Limits) -> bool:
    """Whether a sentence plainly tells what is asked in a way of which too few questions were learned from.

    What is not so, and whether something is so, also in other words ("Herat was taken" for whether it fell).
    """
    if question.negated and is_negated(found.text):
        return True
    met = found.met
    told = met.direct >= limits.plain and met.said >= SHARES.synonym and not met.loose_names and not met.another
    return question.asked is Asked.YES_NO and told


def _may_answer(question: Question, found: Evidence, limits: Limits, *, confident: bool) -> bool:
    if found.is_read and not found.met.other_number:
        return True
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
