from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from qa.engine import Engine
from qa.evaluation.records import Case
from qa.language.similarity import Similarity
from qa.reading.weighing import Signs
from qa.training.train_weighing import Lesson, learn_odds, learn_ranking, lessons_of, report
from tests.qa.seeded import open_samples
from vectorstore.embedder import Embedder

NAMES = ("passage", "likeness", "coverage", "fit", "other", "heading", "span", "here")


@pytest.fixture
def engine(tmp_path: Path, wordllama: Embedder) -> Iterator[Engine]:
    engine = Engine(open_samples(tmp_path, wordllama), Similarity(wordllama))
    yield engine
    engine.close()


def lesson(coverage: list[float], right: list[bool], *, answerable: bool = True) -> Lesson:
    zeros = np.zeros(len(coverage), np.float32)
    return Lesson(
        dict.fromkeys(NAMES, zeros) | {"coverage": np.array(coverage, np.float32)}, np.array(right), answerable
    )


def test_what_tells_the_right_one_gets_weight_and_what_tells_nothing_gets_none() -> None:
    lessons = [lesson([0.9, 0.2, 0.1], [True, False, False]), lesson([0.1, 0.7], [False, True])]
    coverage, fit = learn_ranking(lessons, ("coverage", "fit"))
    assert coverage > 0.1
    assert fit == pytest.approx(0)


def test_questions_of_which_all_or_no_sentences_are_right_teach_nothing() -> None:
    lessons = [lesson([0.9, 0.2], [False, False]), lesson([0.9, 0.2], [True, True])]
    assert learn_ranking(lessons, ("coverage",)).tolist() == [0]


def test_odds_give_the_share_where_nothing_tells() -> None:
    bias, weight = learn_odds(np.zeros((4, 1)), np.array([True, True, True, False]))
    assert 1 / (1 + np.exp(-bias)) == pytest.approx(0.75)
    assert weight == 0


def test_odds_rise_with_what_tells() -> None:
    rows = np.array([[0.0], [0.1], [0.8], [0.9]] * 5)
    bias, weight = learn_odds(rows, rows[:, 0] > 0.5)
    assert weight > 1
    assert bias < 0


def test_questions_are_asked_as_an_engine_does_and_the_report_tells_of_both_ways(
    engine: Engine, wordllama: Embedder
) -> None:
    asked = {
        "How many were evacuated in Operation Pitting?": "15,000",
        "Who warned of terror?": "Carter",
        "How many troops did the United Kingdom send to Kabul?": "600",
    }
    cases = [Case(str(n), n, question, golds=((gold,),)) for n, (question, gold) in enumerate(asked.items())]
    cases.append(Case("none", 9, "When did the harbour of Malmo freeze?", answerable=False))
    lessons = list(lessons_of(engine, Similarity(wordllama), cases))
    assert all(set(one.numbers) == {*(part.name for part in fields(Signs)), "span", "here"} for one in lessons)
    assert [one.right.any() for one in lessons[:3]] == [True] * 3
    told = list(report(lessons * 2, read=True))
    assert told[0].startswith("read: ranking passage ")
    assert "right first 1.000 of 6" in told[1]
