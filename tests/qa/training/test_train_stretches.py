import numpy as np
import pytest

from qa.language.similarity import Similarity
from qa.training.squad import Example
from qa.training.train_stretches import Lesson, f1_of_each, learn, lessons_of
from tests.qa.fakes import nothing_alike

NAMES = ("Simon Gass", "Ned Price", "Ben Wallace", "Laurie Bristow", "Nick Carter", "John Healey")
TOWNS = ("Kabul", "Doha", "Herat", "Ghazni", "Leeds", "York")


def example(question: str, sentence: str, answer: str) -> Example:
    return Example("War", sentence, question, (answer,), (max(0, sentence.find(answer)),))


EXAMPLES = [
    example(f"Where did {name} go?", f"On Friday {name} went to {town} with aides.", town)
    for name in NAMES
    for town in TOWNS
]


@pytest.fixture(scope="module")
def similarity() -> Similarity:
    return nothing_alike()


@pytest.fixture(scope="module")
def lessons(similarity: Similarity) -> list[Lesson]:
    return list(lessons_of(EXAMPLES, similarity))


def test_a_lesson_says_which_stretches_are_right(lessons: list[Lesson]) -> None:
    assert len(lessons) == len(EXAMPLES)
    assert {float(lesson.right.max()) for lesson in lessons} == {1.0}
    assert {len(lesson.right) for lesson in lessons} == {lessons[0].signs.shape[0]}


def test_what_has_nothing_of_an_answer_teaches_nothing(similarity: Similarity) -> None:
    assert list(lessons_of([example("Who left?", "Nobody did.", "Xerxes")], similarity)) == []


def test_it_learns_and_twice_the_same(lessons: list[Lesson], similarity: Similarity) -> None:
    one, other = learn(lessons), learn(lessons)
    assert all(
        (getattr(one, name) == getattr(other, name)).all() for name in ("signs", "asked", "bias", "out", "direct")
    )
    unseen = example("Where did Jane Roe go?", "On Monday Jane Roe went to Oslo with friends.", "Oslo")
    assert np.mean(f1_of_each([unseen, *EXAMPLES], one, similarity)) > 0.95
