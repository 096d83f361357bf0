from qa.evaluation.dataset import Dataset
from qa.evaluation.records import Case, Document
from qa.training.kept_apart import report, with_and_without
from qa.training.reader_lessons import is_kept_apart
from tests.qa.evaluation.made import answer, outcome, refused

KEPT, SEEN = "1973_oil_crisis", "Normans"


def test_what_was_kept_apart_is_asked_with_its_paragraphs_and_without() -> None:
    assert is_kept_apart(KEPT)
    assert not is_kept_apart(SEEN)
    cases = (
        Case("a", 1, "When?", golds=(("1973",),), group=KEPT),
        Case("b", 2, "Who?", answerable=False, group=KEPT),
        Case("c", 3, "Where?", golds=(("Normandy",),), group=SEEN),
    )
    documents = (Document("1", "Oil rose.", KEPT), Document("2", "They came.", SEEN))
    here, gone = with_and_without(Dataset("squad", cases, documents, ""))
    assert [case.id for case in here.cases] == ["a", "b"]
    assert here.documents == documents
    assert [(case.id, case.answerable) for case in gone.cases] == [("a", False)]
    assert gone.documents == documents[1:]


def test_questions_without_what_answers_them_are_held_against_those_with_it() -> None:
    right = {"answered": 1.0, "ans@1": 1.0, "ans@3": 1.0}
    here = [outcome(answer(confidence=0.9), verdicts=right), outcome(refused(confidence=0.5), answerable=False)]
    gone = [outcome(refused(confidence=0.1), answerable=False)]
    told = list(report(here, gone))
    assert told[0] == "squad2: 2 questions"
    assert (
        told[told.index("squad2-titles: 2 questions") :].count("  abstained at 95% answered 1.000 (1.000 to 1.000)")
        == 1
    )
