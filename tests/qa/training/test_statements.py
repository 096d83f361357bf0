import pytest

from qa.training.statements import statement


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
