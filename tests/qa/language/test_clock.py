import pytest

from qa.language.clock import find_clock_times, find_parts_of_day


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The doors open at 4:30 p.m., on Friday.", "4:30 p.m."),
        ("Ballots are due by 9am on Monday.", "9am"),
        ("It struck at 14:07 GMT.", "14:07 GMT"),
        ("The shop is open 9 a.m.-5 p.m. daily.", "9 a.m.-5 p.m."),
        ("Come from 6 to 8 PM Eastern time.", "6 to 8 PM Eastern time"),
        ("The truce began at noon.", "noon"),
        ("They met at seven o’clock.", "seven o’clock"),
    ],
)
def test_times_of_the_day_are_found(text: str, time: str) -> None:
    assert [text[start:end] for start, end in find_clock_times(text)] == [time]


@pytest.mark.parametrize(
    "text",
    [
        "They won 42-27 in 2011.",
        "The marathon took her 2:01:09.",
        "It rose by 10 percent.",
        "Tea in the afternoon.",
        "At 7.",
    ],
)
def test_other_figures_are_no_times(text: str) -> None:
    assert find_clock_times(text) == ()


def test_parts_of_the_day_tell_it_by_no_clock() -> None:
    text = "It burnt from Friday night on, and the early hours were the worst."
    assert [text[start:end] for start, end in find_parts_of_day(text)] == ["night", "early hours"]
