"""What went wrong, in which order, and why."""

from dataclasses import replace
from typing import get_args

from qa.evaluation.failures import failures, first_relevant
from qa.evaluation.records import Outcome
from qa.records import Reason
from tests.qa.evaluation.made import answer, citation, outcome, refused, retrieved


def _why(*outcomes: Outcome) -> list[str]:
    return [failure.why for failure in failures(outcomes)]


def test_wrong_answers_come_first_and_of_each_kind_the_most_confident() -> None:
    found = failures(
        [
            outcome(refused(confidence=0.9), id="sure refusal"),
            outcome(answer(confidence=0.85), id="unfounded", answerable=False),
            outcome(answer(confidence=0.3), id="unsure"),
            outcome(answer(confidence=0.8), id="sure"),
            outcome(refused(confidence=0.95), id="surer refusal"),
        ]
    )
    assert [one.outcome.case.id for one in found] == ["sure", "unsure", "unfounded", "surer refusal", "sure refusal"]


def test_a_right_answer_that_is_wrong_in_short_comes_last() -> None:
    wrong = {"ans@3": 1.0, "EM": 0.0, "F1": 0.0}
    found = failures(
        [
            outcome(answer(short_answer="March"), verdicts=wrong),
            outcome(answer(), verdicts=wrong, id="none"),
            outcome(answer(short_answer="in 1963"), verdicts=wrong | {"F1": 0.67}),
            outcome(refused(), verdicts={"ans@3": 0.0, "F1": 0.0}),
        ]
    )
    assert [(one.kind, one.why) for one in found][1:] == [
        ("short", "The answer is right, but not in short."),
        ("short", "The answer is right, without a short answer."),
    ]
    assert found[0].kind == "refused"


def test_what_is_right_is_no_failure() -> None:
    assert not failures([outcome(answer(), verdicts={"ans@3": 1.0}), outcome(refused(), answerable=False)])


def test_an_answer_whose_gold_is_not_known_is_no_failure() -> None:
    assert not failures([outcome(answer(), verdicts={}, golds=())])


def test_answering_what_the_articles_do_not_say_is_wrong() -> None:
    found = failures([outcome(answer(), answerable=False, verdicts={})])
    assert [(one.kind, one.why) for one in found] == [("unfounded", "Answered, though the articles don't say.")]


def test_a_refusal_gives_its_reason_and_whether_the_article_was_found() -> None:
    found, nothing = _why(
        outcome(refused("weak_evidence"), ranking=retrieved(False, True)), outcome(refused("no_match"))
    )
    assert found.startswith("Refused (weak_evidence: what was found doesn't answer it). ")
    assert found.endswith(" An article that holds the answer was retrieved at rank 2.")
    assert nothing == "Refused (no_match: nothing that was found bears on the question). Nothing was retrieved."


def test_every_reason_for_a_refusal_is_told_in_words() -> None:
    told = _why(*(outcome(refused(reason)) for reason in get_args(Reason)))
    assert len(told) == len(get_args(Reason))
    assert not [why for why in told if "no reason" in why]


def test_a_wrong_answer_tells_whether_the_article_was_not_found_or_not_used() -> None:
    cites_second = answer(citations=[citation("a1")])
    assert _why(outcome(cites_second, ranking=retrieved(False, False))) == [
        "Not retrieved: none of the first 2 articles holds the answer."
    ]
    assert _why(outcome(cites_second, ranking=retrieved(True, False))) == [
        "An article that holds the answer was retrieved at rank 1, but sentences of other articles were chosen."
    ]
    assert _why(outcome(cites_second, ranking=retrieved(False, True))) == [
        "An article that holds the answer was retrieved at rank 2, but another sentence of it was chosen."
    ]
    assert _why(outcome(cites_second, ranking=retrieved(None, None))) == [
        "The data set doesn't say which article holds the answer."
    ]


def test_an_article_that_is_not_in_the_library_is_not_called_unfound() -> None:
    def why(*missing: str) -> list[str]:
        return _why(
            replace(outcome(answer(), ranking=retrieved(False), relevant=("ice.md", "frost.md")), missing=missing)
        )

    assert why("ice.md", "frost.md") == ["None of the 2 articles that the data set names is in the library."]
    assert why("ice.md") == ["Not retrieved: none of the first 1 articles holds the answer."]
    gone = replace(outcome(refused(), relevant=("ice.md",)), missing=("ice.md",))
    assert _why(gone)[0].endswith(" The article that the data set names is not in the library.")


def test_of_several_answers_some_or_known_wrong_ones_are_told() -> None:
    known = retrieved(True)
    some, wrong = {"ans@3": 0.0, "gold named": 0.5, "wrong named": 1.0}, {"ans@3": 0.0, "wrong named": 1.0}
    assert _why(outcome(answer(), ranking=known, verdicts=some))[0].startswith("Only some of the right answers")
    assert _why(outcome(answer(), ranking=known, verdicts=wrong))[0].startswith("It names an answer that is known")


def test_the_first_right_article_counts() -> None:
    assert first_relevant(outcome(answer(), ranking=retrieved(False, True, True))) == 2
    assert first_relevant(outcome(answer(), ranking=retrieved(None, False))) is None
