import pytest

from qa.writing.responsive import gives


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("They evacuated fifteen thousand people.", "15,000 people"),
        ("Ned Price spoke for the department.", "Ned Price"),
        ("It fell on Sunday.", "on Sunday"),
    ],
)
def test_the_same_answer_in_other_words(text: str, short: str) -> None:
    assert gives(text, short)


@pytest.mark.parametrize(
    ("text", "short"),
    [("They evacuated 600 people.", "15,000 people"), ("Ben Wallace spoke.", "Ned Price"), ("It fell.", "on Sunday")],
)
def test_another_answer(text: str, short: str) -> None:
    assert not gives(text, short)
