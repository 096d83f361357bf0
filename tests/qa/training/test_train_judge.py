import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from qa.evaluation.abstention import share_above
from qa.language.similarity import Similarity
from qa.reading.judge import STANDING, load_judge
from qa.training.squad import read_squad
from qa.training.train_judge import Judged, Lesson, cross_validate, learn, lessons_of, main, summary
from vectorstore.embedder import Embedder

NAMES = ("bearing", "noise")
TOWNS = {"Kabul": "1301", "Herat": "1402", "Ghazni": "1503", "Leeds": "1604"}
THINGS = ("bridge", "temple", "market")


def squad_file(path: Path) -> Path:
    """A title for each town, with a paragraph for each of its things: what can be asked, and what cannot."""
    data = []
    for town, year in TOWNS.items():
        paragraphs = []
        for number, thing in enumerate(THINGS):
            built = f"{year[:3]}{number}"
            told = f"Many visit {town} every summer. The {thing} of {town} was built in {built}. Bread is sold there."
            when = {
                "question": f"When was the {thing} of {town} built?",
                "answers": [{"text": built, "answer_start": told.index(built)}],
            }
            lost = {"question": f"Which emperor burned the {thing} of {town}?", "answers": []}
            paragraphs.append({"context": told, "qas": [when, lost]})
        data.append({"title": town, "paragraphs": paragraphs})
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def squad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return squad_file(tmp_path_factory.mktemp("squad") / "squad.json")


@pytest.fixture(scope="module")
def asked(
    squad: Path, wordllama: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Lesson], tuple[str, ...]]:
    return lessons_of(read_squad(squad), Similarity(wordllama), tmp_path_factory.mktemp("stores"))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> None:
    monkeypatch.setattr(sys, "argv", ["train_judge", *map(str, arguments)])
    main()


def made(count: int = 40, seed: int = 0) -> list[Lesson]:
    """Questions of two sentences whose first feature tells which is right, and, below 0 in both, that none is."""
    random = np.random.default_rng(seed)
    lessons = []
    for number in range(count):
        answerable = number % 2 == 0
        right = np.array([number % 4 < 2, number % 4 >= 2]) & answerable
        bearing = np.where(right, 2.0, -1.0) + random.normal(0, 0.2, 2)
        features = np.stack([bearing, random.normal(0, 1, 2)], axis=1).astype(np.float32)
        lessons.append(Lesson(f"title {number % 5}", features, right, answerable, complete=number % 8 < 6, weight=1.0))
    return lessons


def test_every_question_is_asked_of_the_whole_and_what_has_an_answer_of_both_halves(
    asked: tuple[list[Lesson], tuple[str, ...]],
) -> None:
    lessons, names = asked
    questions = len(TOWNS) * len(THINGS)
    whole = [lesson for lesson in lessons if lesson.complete]
    halves = [lesson for lesson in lessons if not lesson.complete]
    assert (len(whole), len(halves)) == (2 * questions, 2 * questions)
    assert sum(lesson.answerable for lesson in whole) == questions
    assert sum(lesson.answerable for lesson in halves) == questions
    assert all(lesson.features.shape == (len(lesson.right), len(names)) for lesson in lessons)
    assert list(names) == list(dict.fromkeys(names))


def test_a_lesson_says_which_sentences_hold_the_answer(asked: tuple[list[Lesson], tuple[str, ...]]) -> None:
    lessons, _ = asked
    assert all(lesson.right.sum() == 1 for lesson in lessons if lesson.answerable)
    assert not any(lesson.right.any() for lesson in lessons if not lesson.answerable)


def test_what_is_missing_counts_more_than_what_misleads(asked: tuple[list[Lesson], tuple[str, ...]]) -> None:
    lessons, _ = asked
    weights = {(lesson.complete, lesson.answerable): lesson.weight for lesson in lessons}
    assert weights[False, False] > weights[True, True] > weights[False, True] > weights[True, False]


def test_it_learns_what_tells_and_leaves_what_does_not() -> None:
    judge = learn(made(), NAMES)
    telling, noise = judge.ranks.weights
    assert telling > 5 * abs(noise) > 0
    unseen = made(seed=1)
    for lesson in unseen:
        features = dict(zip(NAMES, lesson.features.T, strict=True))
        chances = judge.rank(features)
        confidence = judge.assure(features, int(chances.argmax()))
        assert (confidence > 0.5) == lesson.answerable
        if lesson.answerable:
            assert lesson.right[chances.argmax()]


def test_it_learns_from_questions_of_different_lengths_and_with_several_right_sentences() -> None:
    three = np.array([[2.0, 0.1], [1.9, -0.3], [-1.0, 0.2]], np.float32)
    odd = Lesson("odd", three, np.array([True, True, False]), answerable=True, complete=True, weight=1.0)
    alone = Lesson("alone", three[:1], np.array([True]), answerable=True, complete=True, weight=1.0)
    judge = learn([*made(), odd, alone], NAMES)
    assert judge.ranks.weights[0] > 0
    assert judge.ranks.of(three).argmin() == 2


def test_the_sentence_with_the_answer_is_first_for_titles_that_were_not_learned_from() -> None:
    verdicts = cross_validate(made(), NAMES, 5)
    assert len(verdicts) == len(made())
    assert all(verdict.first and verdict.among_three for verdict in verdicts if verdict.lesson.answerable)
    assert not any(verdict.first for verdict in verdicts if not verdict.lesson.answerable)


def test_a_fold_is_not_judged_by_what_it_teaches() -> None:
    lessons = made()
    turned = [
        Lesson(one.title, -one.features, one.right, one.answerable, one.complete, one.weight)
        if one.title == "title 0"
        else one
        for one in lessons
    ]
    verdicts = cross_validate(turned, NAMES, 5)
    assert not any(one.first for one in verdicts if one.lesson.title == "title 0")


def verdict(confidence: float, *, first: bool = False, answerable: bool = True, complete: bool = True) -> Judged:
    lesson = Lesson("t", np.zeros((1, 2), np.float32), np.array([True]), answerable, complete, 1.0)
    return Judged(lesson, first, first or confidence > 0.5, confidence)


def test_the_summary_counts() -> None:
    verdicts = [
        verdict(0.9, first=True), verdict(0.8, first=True), verdict(0.6), verdict(0.2),
        verdict(0.7, answerable=False), verdict(0.1, answerable=False),
        verdict(0.5, complete=False), verdict(0.4, answerable=False, complete=False),
        verdict(0.6, answerable=False, complete=False),
    ]  # fmt: skip
    assert re.findall(r"\d\.\d+", summary(verdicts)) == ["0.500", "0.750", "0.500", "0.500", "0.750"]


@pytest.mark.parametrize(
    ("higher", "lower", "area"),
    [([2, 3], [0, 1], 1.0), ([0, 1], [2, 3], 0.0), ([1], [1], 0.5), ([1, 3], [2, 3], 3 / 8)],
)
def test_the_area_is_how_often_one_is_above_the_other(
    higher: Sequence[float], lower: Sequence[float], area: float
) -> None:
    assert share_above(np.array(higher), np.array(lower)) == area


def test_it_writes_the_same_file_every_time_and_finds_what_it_was_taught(
    squad: Path, asked: tuple[list[Lesson], tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lessons, names = asked
    run(monkeypatch, squad, "--to", tmp_path / "judge.json")
    written, again = load_judge(tmp_path / "judge.json"), learn(lessons, names)
    assert written.names == again.names
    for one, other in ((written.ranks, again.ranks), (written.assures, again.assures)):
        assert one.weights.tolist() == pytest.approx(other.weights.tolist(), abs=1e-6)
        assert (one.means.tolist(), one.bias) == (pytest.approx(other.means.tolist(), abs=1e-6), other.bias)
        assert one.scales.tolist() == pytest.approx(other.scales.tolist(), abs=1e-6)
    assert len(written.assures.weights) == len(names) + len(STANDING)
    taught = [lesson for lesson in lessons if lesson.complete and lesson.answerable]
    assert all(lesson.right[written.ranks.of(lesson.features).argmax()] for lesson in taught)


def test_with_folds_it_tells_and_writes_nothing(
    squad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "judge.json"
    run(monkeypatch, squad, "--folds", 2, "--to", to)
    told = capsys.readouterr().out
    assert told.startswith("first 1.000, among three 1.000 of 12\n")
    assert "area under ROC" in told
    assert not to.exists()
