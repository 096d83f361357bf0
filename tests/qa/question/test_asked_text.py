import pytest

from qa.errors import BadQuestionError
from qa.question.asked_text import read_question


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\u200b\u202e", "empty"),
        ("x" * 2_001, "2,000"),
        ("how many\0", "NUL"),
        ("how many \ud800", "surrogate"),
    ],
)
def test_what_cant_be_asked_says_why(text: str, says: str) -> None:
    with pytest.raises(BadQuestionError, match=says):
        read_question(text)


def test_the_longest_question_is_read() -> None:
    assert len(read_question(" " + "x" * 2_000 + " ")) == 2_000


def test_a_question_is_canonical_as_articles_are() -> None:
    assert read_question(" Did Orba\u0301th\u00ad leave of\ufb01ce?\u200b ") == "Did Orbáth leave office?"
