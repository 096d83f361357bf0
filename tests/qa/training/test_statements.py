import pytest

from qa.training.statements import statement, statement_of_text
from qa.training.verbs import Verbs


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("Who founded the hospital?", "Ada Lun", "Ada Lun founded the hospital."),
        ("who was shot in Kabul", "a guard.", "A guard was shot in Kabul."),
        ("What is the capital of Orley?", "Tane", "Tane is the capital of Orley."),
        ("Who borders Orley?", "Tane", "Tane borders Orley."),
        ("How many people were evacuated?", "15,000", "15,000 people were evacuated."),
        ("How many people were evacuated?", "15,000 people", "15,000 people were evacuated."),
        ("Who has won the vote?", "Ada Lun", "Ada Lun has won the vote."),
        ("Who did Ada meet?", "Tom", None),
        ("Who was Ada met by?", "Tom", None),
        ("Who had Ada met?", "Tom", None),
        ("What kind of thing is it?", "a bell", None),
        ("When did it fall?", "noon", None),
        ("Who fell?", "", None),
        ("Who fell from the tower?", "word " * 13, None),
    ],
)
def test_questions_for_their_subject_become_sentences(question: str, answer: str, told: str | None) -> None:
    assert statement(question, answer) == told


MEET = Verbs({"meet": "meet", "found": "found"}, {"meet": "met", "found": "founded"}, {"meet": "meets"})


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("Who did Ada meet?", "Tom", "Ada met Tom."),
        ("Who did Ada meet in Orley?", "Tom", "Ada met Tom in Orley."),
        ("When did Ada meet Tom?", "1990", "Ada met Tom in 1990."),
        ("Where was the house founded?", "Orley", None),  # no word before "Orley" tells how it is placed
        ("What did Ada want to meet?", "Tom", None),
        ("Why did Ada meet Tom?", "spite", None),
    ],
)
def test_questions_for_something_else_are_turned_by_the_words_of_the_text(
    question: str, answer: str, told: str | None
) -> None:
    text = "Orley: Ada met Tom in 1990, in a house founded of spite."
    assert statement_of_text(question, answer, text, text.index(answer), MEET) == told
