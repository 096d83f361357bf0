from dataclasses import replace

import pytest

from qa.answering.limits import LIMITS
from qa.answering.sufficient import sufficient
from qa.question.understand import understand
from qa.reading.coverage import Met
from qa.reading.evidence import Evidence, Findings
from qa.reading.reader import Found
from tests.qa.composing import COUNT, SURE, UNSURE, WHY
from tests.qa.fakes import ALL_MET, article, evidence, span


def enough(question: str, *found: Evidence, confidence: float = UNSURE) -> list[Evidence]:
    return sufficient(understand(question), Findings(found, confidence, confidence), LIMITS)


@pytest.mark.parametrize(
    ("question", "met"),
    [
        (WHY, replace(ALL_MET, absent=True)),
        (WHY, replace(ALL_MET, coverage=LIMITS.unnamed - 0.01, unmet_names=0.5)),
        ("Did the ferry burn?", replace(ALL_MET, direct=LIMITS.settled - 0.01)),
        ("Did the ferry burn?", replace(ALL_MET, loose_names=0.5)),
        ("Did the ferry burn?", replace(ALL_MET, said=LIMITS.said - 0.01)),
        ("Who burned it?", replace(ALL_MET, said=LIMITS.said - 0.01)),
        ("How many ferries burned?", replace(ALL_MET, said=LIMITS.said - 0.01)),
        ("How much did they pay?", replace(ALL_MET, said=LIMITS.said - 0.01)),
    ],
)
def test_evidence_that_meets_too_little_of_the_question_is_weak(question: str, met: Met) -> None:
    sentence = "The ferry burned."
    spans = [span(sentence, "ferry")]
    assert not enough(question, evidence(sentence, met=met, spans=spans))
    assert enough(question, evidence(sentence, spans=spans))


def test_what_the_reader_finds_nowhere_is_not_answered_whatever_is_asked() -> None:
    found = evidence("The ferry burned in the storm.")
    for here, answers in ((LIMITS.here - 0.01, False), (LIMITS.here, True), (None, True)):
        findings = Findings((found,), UNSURE, UNSURE, here)
        assert bool(sufficient(understand(WHY), findings, LIMITS)) is answers


def test_however_sure_the_reader_is_something_of_the_question_must_be_met() -> None:
    """Nine people were killed: it was surest, of all that stood there, that so many were injured."""
    sentence = "A storm killed nine people."
    unmet = replace(ALL_MET, coverage=0.0, direct=0.0, said=0.0)
    found = replace(evidence(sentence, met=unmet, spans=[span(sentence, "nine")]), answer=Found(15, 26, 5.0))
    assert not enough("How many were injured?", found)
    assert not enough("How many were injured?", found, confidence=0.0)


def test_a_denial_need_not_be_sure_where_one_is_asked_for() -> None:
    denied, said = evidence("The ferry never burned."), evidence("The ferry burned.")
    assert enough("Why did the ferry not burn?", denied, confidence=0.0)
    assert not enough("Why did the ferry not burn?", said, confidence=0.0)
    assert not enough(WHY, denied, confidence=0.0)


@pytest.mark.parametrize(
    ("question", "met", "plain"),
    [
        ("Has Herat fallen?", ALL_MET, True),
        ("Has Herat fallen?", replace(ALL_MET, direct=LIMITS.plain - 0.01), False),
        ("Has Herat fallen?", replace(ALL_MET, said=0.5), False),
        ("Why did Herat fall?", ALL_MET, False),
    ],
)
def test_what_plainly_tells_that_something_is_so_need_not_be_sure(question: str, met: Met, plain: bool) -> None:
    assert bool(enough(question, evidence("The Taliban took Herat.", met=met), confidence=0.0)) is plain


def test_a_sentence_that_says_nothing_of_what_is_asked_is_weak_where_a_date_or_name_is_asked_for() -> None:
    silent = replace(ALL_MET, said=0.0, direct=LIMITS.named - 0.01)
    asked = "When did Kabul fall?"
    found = evidence("It ends by Friday.", met=silent, spans=[span("It ends by Friday.", "Friday")])
    assert not enough(asked, found)
    assert enough(asked, replace(found, met=replace(silent, direct=LIMITS.named)))
    assert enough(WHY, replace(found, spans=()))


def test_a_name_may_be_further_off_where_an_answer_is_likely() -> None:
    found = evidence("The ferry burned.", met=replace(ALL_MET, absent=True))
    assert enough(WHY, found, confidence=LIMITS.confident)
    assert not enough(WHY, found, confidence=LIMITS.confident - 0.01)


def test_a_name_that_the_article_does_not_hold_is_never_met_elsewhere() -> None:
    text = "The ferry burned. Herat mourned."
    found = evidence("The ferry burned.", article(text), met=replace(ALL_MET, absent=True))
    assert enough("Why did the ferry to Herat burn?", found, confidence=LIMITS.confident)
    assert not enough("Why did the ferry to Doha burn?", found, confidence=LIMITS.confident)


def test_evidence_that_is_hardly_likely_to_hold_an_answer_is_weak() -> None:
    found = evidence("It burned.")
    assert not enough(WHY, found, confidence=LIMITS.answerable - 0.01)
    assert enough(WHY, found, confidence=LIMITS.answerable)


@pytest.mark.parametrize("question", [COUNT, "When did it burn?", "Who burned it?", "Where did it burn?"])
def test_evidence_without_the_kind_of_thing_asked_for_is_weak(question: str) -> None:
    sentence = "The ferry burned."
    assert not enough(question, evidence(sentence))
    unfit = span(sentence, "ferry", fit=LIMITS.fit - 0.01)
    assert not enough(question, evidence(sentence, spans=[unfit]))
    fit = span(sentence, "ferry", fit=LIMITS.fit)
    assert enough(question, evidence(sentence, spans=[fit]))


def test_who_is_not_answered_by_what_is_otherwise_qualified() -> None:
    sentence = "Ben Wallace led the other evacuation."
    found = evidence(sentence, met=replace(ALL_MET, misqualified=True), spans=[span(sentence, "Ben Wallace")])
    assert not enough("Who led the evacuation?", found)


def test_who_holds_an_office_is_told_by_who_is_given_just_that_one() -> None:
    sentence = "Florida Gov. Ron DeSantis spoke."
    unmet = replace(ALL_MET, absent=True, misqualified=True, said=0.0)
    for fit, told in ((1.0, True), (0.9, False)):
        found = evidence(sentence, met=unmet, spans=[replace(span(sentence, "Ron DeSantis"), fit=fit)])
        assert bool(enough("Who is the governor of Florida?", found)) is told


def test_weak_evidence_in_front_does_not_hide_what_is_behind_it() -> None:
    weak = evidence("The ferry left.", score=SURE, met=replace(ALL_MET, absent=True))
    behind = evidence("The ferry burned.", score=LIMITS.left * SURE)
    assert enough(WHY, weak, behind) == [behind]
    assert not enough(WHY, weak, replace(behind, score=behind.score * 0.99))
