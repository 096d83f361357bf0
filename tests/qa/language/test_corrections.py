import pytest

from qa.language.corrections import is_correction, signs_of
from qa.training.linear import lessons_of
from qa.training.train_corrections import LESSONS

NOTES = [
    "Correction: an earlier version of this article said 50 people were killed.",
    "An earlier version misstated the number of dead as 50; it is 15.",
    "This article was amended on 3 May: 15 people were killed, not 50 as an earlier version said.",
    "An earlier version of this story incorrectly said that 50 people died.",
    "Clarification: In our first report we put the death toll at 50.",
    "Editor’s note: a previous version of this report wrongly gave the number of people killed as 50.",
    "We originally reported that 50 people were killed.",
    "This story has been corrected to show that 15 people, not 50, were killed.",
    "The headline of this article has been changed: it said that 50 people were killed.",
    "An earlier version of this article misidentified the mayor as Tom Brand.",
    "Due to a typing error, this report stated that the bridge cost $40m.",
]
REPORTS = [
    "Officials had earlier said that 50 people were killed.",
    "The toll has risen to 15 from 12, the coast guard said.",
    "The minister corrected himself and said 15 people were killed.",
    "Police first said 50 people had died, but later put the number at 15.",
    "Fifteen people were killed, the coroner said on Monday.",
    "He was wrong about the 50 people, she said.",
    "It was the 15th correction on Wall Street this year.",
    "The number is 15.",
    "In fact 15 people were killed.",
    "",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_on_a_newspapers_own_mistake(note: str) -> None:
    assert is_correction(note)
    assert is_correction(note.replace("’", "'"))


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_none(report: str) -> None:
    assert not is_correction(report)


def test_the_lessons_hold_none_of_these() -> None:
    notes, others = lessons_of(LESSONS)
    assert not {*notes, *others}.intersection(NOTES)
    assert sum(map(is_correction, notes)) >= 0.95 * len(notes)
    assert sum(map(is_correction, others)) <= 0.05 * len(others)


def test_numbers_are_alike_and_what_is_long_is_read_to_its_sixtieth_word() -> None:
    assert signs_of("It was 15.") == signs_of("it WAS 50") == {"it", "was", "#", "^ it", "it was", "was #"}
    assert signs_of("a " * 60 + "correction") == {"a", "^ a", "a a"}
