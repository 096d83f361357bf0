import re

import pytest

from qa.language.calendar import DAY_OR_MONTH, Stated, read_stated

SECOND = Stated(2024, 6, 2)


ENGLISH = ["2 June 2024", "June 2, 2024", "2nd of June, 2024", "Sunday 2 June 2024", "2024-06-02", "2 Jun. 2024"]
OTHERS = ["2. Juni 2024", "2 juin 2024", "2 de junio de 2024", "2 giugno 2024", "2 de junho de 2024", "02.06.2024"]


@pytest.mark.parametrize("words", [*ENGLISH, *OTHERS, "2 juni 2024"])
def test_a_day_in_each_language(words: str) -> None:
    assert re.fullmatch(DAY_OR_MONTH, words)
    assert read_stated(words) == SECOND


def test_parts_of_a_day() -> None:
    assert read_stated("2 June") == Stated(None, 6, 2)
    assert read_stated("June 2024") == read_stated("junio de 2024") == Stated(2024, 6, None)
    assert read_stated("13/06/2024") == read_stated("06/13/2024") == Stated(2024, 6, 13)


@pytest.mark.parametrize(
    "words", ["05/06/2021", "2 people", "June", "31/31/2024", "0 June 2024", "99 June 2024", "2 the 2024"]
)
def test_what_is_no_day_or_two(words: str) -> None:
    assert read_stated(words) is None


def test_the_stretch_of_a_day_and_of_a_month() -> None:
    first, last = Stated(None, 2, None).stretch(2024) or (None, None)
    assert (str(first), str(last)) == ("2024-02-01", "2024-02-29")
    assert Stated(None, 2, 29).stretch(2023) is None
