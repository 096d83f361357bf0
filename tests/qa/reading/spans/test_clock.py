import pytest

from qa.question.understand import understand
from qa.reading.spans.clock import asks_clock
from qa.reading.spans.find import find_spans


@pytest.mark.parametrize(
    "question", ["What time does the gala begin?", "At what time did the quake strike?", "By what time were they out?"]
)
def test_the_time_of_a_day_is_asked_for(question: str) -> None:
    assert asks_clock(understand(question))


@pytest.mark.parametrize(
    "question",
    [
        "When does the gala begin?",
        "What time of the year is best?",
        "Which time zone is it in?",
        "Why did it take time?",
    ],
)
def test_another_time_is_asked_for(question: str) -> None:
    assert not asks_clock(understand(question))


def test_a_clock_fits_better_than_a_part_of_the_day_and_a_weekday_not_at_all() -> None:
    sentence = "On Sunday the gala begins at 6 p.m., and the night is long."
    spans = find_spans(understand("What time does the gala begin?"), sentence, lambda *_: 0.0)
    assert [sentence[span.start : span.end] for span in spans] == ["6 p.m.", "night"]
