"""Which figures of a sentence are ages, and whose."""

import pytest

from qa.question.understand import understand
from qa.reading.spans.ages import find_ages
from qa.reading.spans.answer_span import FITTING


def fits(question: str, sentence: str) -> dict[str, float]:
    """How well each figure of a sentence fits a question for an age."""
    found = find_ages(understand(question), sentence)
    return {sentence[span.start : span.end]: span.fit for span in found}


@pytest.mark.parametrize(
    ("sentence", "age"),
    [
        ("Ada Holt, 67, spent 40 minutes on stage.", "67"),
        ("Actor Ada Holt (67) won 3 prizes.", "67"),
        ("Holt, aged 67, sent 600 letters.", "67"),
        ("Holt, now 67, sent 600 letters.", "67"),
        ("Holt died at the age of 67 after 40 films.", "67"),
        ("Holt turned 67 and made 40 films.", "67"),
        ("Actress Ada Holt dies at 67", "67"),
        ("Holt died peacefully at home at 67, her 3 sons said.", "67"),
        ("Holt was 67 when she made 40 films.", "67"),
        ("She was 67.", "67"),
        ("Holt is about 67 years old and made 40 films.", "67 years"),
        ("The 67-year-old Ada Holt made 40 films.", "67-year-old"),
        ("A 67-year-old from Leeds made 40 films.", "67-year-old"),
        ("At 67, Holt made 40 films.", "67"),
    ],
)
@pytest.mark.parametrize("question", ["How old is Ada Holt?", "At what age did Ada Holt die?"])
def test_ages(question: str, sentence: str, age: str) -> None:
    found = fits(question, sentence)
    assert [words for words, fit in found.items() if fit >= FITTING] == [age]


@pytest.mark.parametrize(
    "sentence",
    [
        "The 67 who died were 40 miles away.",
        "The temperature was 67.",
        "Holt was 67 minutes late.",
        "Holt, 670, is a horse.",
        "Holt died at 67 Baker Street.",
    ],
)
def test_other_figures_are_no_ages(sentence: str) -> None:
    assert max(fits("How old is Ada Holt?", sentence).values()) < FITTING


@pytest.mark.parametrize(
    ("sentence", "own", "other"),
    [
        ("Ada Holt, 67, beat Bea Lund, 40.", "67", "40"),
        ("Bea Lund (40) met Ada Holt (67).", "67", "40"),
        ("Ada Holt, 67, met 40-year-old Bea Lund.", "67", "40-year-old"),
        ("Bea Lund, 40, met 67-year-old Ada Holt.", "67-year-old", "40"),
        ("Ada Holt, 67, and Ada Holt's 40-year-old son sang.", "67", "40-year-old"),
        ("Ada Holt, 67, and her 40-year-old son sang.", "67", "40-year-old"),
        ("Britain's 67-year-old Ada Holt and her 40-year-old son sang.", "67-year-old", "40-year-old"),
        ("Lund was 40; Holt was 67.", "67", "40"),
    ],
)
def test_the_age_beside_the_name_asked_for_fits_best(sentence: str, own: str, other: str) -> None:
    found = fits("How old is Ada Holt?", sentence)
    assert found[own] > found[other]


def test_the_age_beside_another_name_may_be_that_of_whom_the_question_describes() -> None:
    assert fits("How old is the gunman?", "Cal Roe, 18, fired.")["18"] >= FITTING
    assert fits("How old is the gunman?", "The gunman was 18.")["18"] == 0.9


def test_things_have_ages() -> None:
    assert fits("How old is the church?", "The church is three centuries old and 20 feet high.") == {
        "three centuries": 0.9, "20 feet": 0.2,
    }  # fmt: skip
