"""Things in words."""

import pytest

from clients.wording import counted, dates_told, figure_words, figures_title, joined
from qa.records import Figure, ToldDate
from tests.api.fakes import answer


def test_a_number_of_things() -> None:
    assert [counted(number, "article") for number in (0, 1, 1234)] == ["0 articles", "1 article", "1,234 articles"]


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("15,000", "people", "15,000 people"),
        ("a dozen provincial capitals", "provincial capitals", "a dozen provincial capitals"),
        ("40%", "%", "40%"),
        ("$5", "USD", "$5"),
        ("11\n", None, "11"),
    ],
)
def test_a_figure_says_what_it_counts_once(text: str, unit: str | None, words: str) -> None:
    assert figure_words(Figure(1, unit, text, (1,), None, None)) == words


def test_what_the_words_for_times_mean() -> None:
    dates = (ToldDate(0, 9, "last\nmonth", "February 2024"), ToldDate(20, 29, "yesterday", "13 March 2024"))
    assert dates_told(dates) == "last month: February 2024; yesterday: 13 March 2024"


def test_what_is_not_known_is_left_out() -> None:
    assert joined("Meridian\nWire", None, "2021-08-13") == "Meridian Wire, 2021-08-13"


@pytest.mark.parametrize(
    ("agreement", "values", "title"),
    [
        ("differ", (1, 2), "The sources differ:"),
        ("changed", (1, 2), "The figure changed in time:"),
        (None, (1, 2), "The articles give several figures:"),
        ("agree", (1, 1), None),
    ],
)
def test_what_stands_above_several_figures(agreement: str | None, values: tuple[int, ...], title: str | None) -> None:
    figures = tuple(Figure(value, None, str(value), (1,), None, None) for value in values)
    assert figures_title(answer(figures=figures, agreement=agreement)) == title
