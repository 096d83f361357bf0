import pytest

from qa.language.ahead import Lies, lies

DAY = "Monday"


@pytest.mark.parametrize(
    "text",
    [
        "Repairs begin on Monday, the ministry said.",
        "Parliament will vote on Monday.",
        "On Monday, parliament will vote.",
        "She is expected to return late on Monday.",
        "The match is on Monday.",
        "It burned down, and the trial starts Monday.",
        "It is closed until it reopens on Monday.",
        "The firm said the plant would close on Monday.",
    ],
)
def test_a_day_to_come(text: str) -> None:
    assert lies(text, text.index(DAY), text.index(DAY) + len(DAY)) is Lies.AHEAD


@pytest.mark.parametrize(
    "text",
    [
        "The dam burst on Monday after a week of rain.",
        "The plant will close, the firm said on Monday.",
        "The firm said on Monday that the plant will close.",
        "On Monday the firm said the plant will close.",
        "He will resign after talks on Monday that he called hard.",
        "Monday was calm.",
    ],
)
def test_a_day_that_has_been(text: str) -> None:
    assert lies(text, text.index(DAY), text.index(DAY) + len(DAY)) is Lies.BEHIND


@pytest.mark.parametrize(
    "text", ["It was due to open on Monday.", "They did not meet on Monday.", "On Monday it was supposed to open."]
)
def test_a_day_of_which_it_is_unclear(text: str) -> None:
    assert lies(text, text.index(DAY), text.index(DAY) + len(DAY)) is Lies.UNCLEAR
