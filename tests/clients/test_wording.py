"""Things in words."""

import pytest

from clients.wording import counted, figure_words, joined
from qa.records import Figure


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


def test_what_is_not_known_is_left_out() -> None:
    assert joined("Meridian\nWire", None, "2021-08-13") == "Meridian Wire, 2021-08-13"
