from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from qa.answering.contradicted import contradicting
from qa.question.understand import understand
from qa.reading.encoder import Floats
from qa.reading.evidence import Evidence
from qa.reading.reader import Reading, Window
from qa.reading.trained import packaged as packaged_reader
from qa.verification.entailment import packaged as packaged_judge
from tests.qa.fakes import article, evidence

SIGNED, VETOED = "Why did Dovan sign the bill?", "Why did Dovan vetoed the bill?"
SENTENCE = "President Dovan vetoed the bill, for it would ruin small ports."


class Mind:
    """A reader and a judge of known minds. here: by question; likely: by what is taken for granted."""

    def __init__(self, here: Mapping[str, float], likely: Mapping[str, float] | None = None) -> None:
        self.here = here
        self.likely = likely or {}
        self.asked: list[str] = []

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        self.asked.append(question)
        return [Reading((), self.here.get(question, 0.0)) for _ in windows]

    def scores(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        return np.array([self.likely.get(claim, 0.5) for _, claim in pairs], np.float32)


def found(question: str, mind: Mind, *given: Evidence) -> Evidence | None:
    return contradicting(understand(question), given, mind, mind)


def test_a_sentence_that_answers_a_question_put_the_other_way_round_contradicts_it() -> None:
    one = evidence(SENTENCE)
    assert found(SIGNED, Mind({SIGNED: -2.0, VETOED: 1.0}), one) is one


def test_it_does_not_where_the_question_is_answered_as_it_was_put() -> None:
    assert found(SIGNED, Mind({SIGNED: 2.0, VETOED: 1.0}), evidence(SENTENCE)) is None


@pytest.mark.parametrize(("asked", "turned"), [(-3.0, -3.0), (-6.0, -2.0), (-2.0, -6.0)])
def test_how_far_neither_is_answered_makes_no_difference(asked: float, turned: float) -> None:
    likely = {"Dovan sign the bill.": 0.02, "Dovan vetoed the bill.": 0.98}
    here = {SIGNED: asked, VETOED: turned}
    assert found(SIGNED, Mind(here), evidence(SENTENCE)) is None
    assert found(SIGNED, Mind(here, likely), evidence(SENTENCE)) is not None


def test_what_each_takes_for_granted_counts_beside_how_well_it_is_answered() -> None:
    likely = {"Dovan sign the bill.": 0.02, "Dovan vetoed the bill.": 0.98}
    assert found(SIGNED, Mind({}), evidence(SENTENCE)) is None
    assert found(SIGNED, Mind({}, likely), evidence(SENTENCE)) is not None


def test_of_several_sentences_the_one_that_contradicts_most_clearly_is_told() -> None:
    weak, strong = evidence("Some say that she would veto the bill."), evidence(SENTENCE)
    mind = Mind({VETOED: 3.0, "Why did Dovan veto the bill?": 1.0})
    assert found(SIGNED, mind, weak, strong) is strong


def test_what_is_hardly_borne_out_and_what_is_about_something_else_contradict_nothing() -> None:
    here = {SIGNED: -2.0, VETOED: 1.0}
    assert found(SIGNED, Mind(here, {"Dovan vetoed the bill.": 0.05}), evidence(SENTENCE)) is None
    elsewhere = replace(evidence(SENTENCE).met, direct=0.4)
    assert found(SIGNED, Mind(here), evidence(SENTENCE, met=elsewhere)) is None


@pytest.mark.parametrize("question", ["Did Dovan sign the bill?", "Why did Dovan not sign the bill?"])
def test_whether_something_is_so_and_what_is_not_so_take_nothing_for_granted(question: str) -> None:
    mind = Mind({})
    assert found(question, mind, evidence(SENTENCE)) is None
    assert mind.asked == []


def test_nothing_is_read_where_no_sentence_turns_the_question_round() -> None:
    mind = Mind({})
    assert found(SIGNED, mind, evidence("Rain is forecast.")) is None
    assert found(SIGNED, mind) is None
    assert mind.asked == []


@pytest.mark.parametrize(
    ("question", "contradicted"),
    [
        ("Why did Dovan sign the bill?", True),
        ("Why did Dovan veto the bill?", False),
        ("When did Parliament override the veto?", True),
    ],
)
def test_the_packaged_reader_and_judge_tell(question: str, contradicted: bool) -> None:
    text = f"{SENTENCE} Parliament may override the veto with two thirds of the votes."
    of = article(text, title="Dovan vetoes the bill")
    given = [evidence(SENTENCE, of), evidence(text.removeprefix(f"{SENTENCE} "), of)]
    told = contradicting(understand(question), given, packaged_reader(), packaged_judge())
    assert (told is not None) is contradicted
