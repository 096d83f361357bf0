from datetime import date

import pytest

from qa.answering.dated import dated

THURSDAY = date(2024, 3, 14)


@pytest.mark.parametrize(
    ("words", "quote", "expected"),
    [
        ("Tuesday", "The ferry sank on Tuesday night.", "Tuesday, 12 March 2024"),
        ("on Thursday", "It was raised on Thursday.", "Thursday, 14 March 2024"),
        ("yesterday", "It sank yesterday.", "13 March 2024"),
        ("last month", "It was built last month.", "February 2024"),
        ("Monday", "Repairs begin on Monday, they said.", "Monday, 18 March 2024"),
        ("Monday", "It was due on Monday.", "Monday"),
        ("3 June", "It leaves on 3 June.", "3 June 2024"),
        ("next year", "It leaves next year.", "2025"),
        ("in 2020", "It was built in 2020.", "in 2020"),
        ("after the storm", "It sank after the storm.", "after the storm"),
        ("Monday and Tuesday", "It sailed on Monday and Tuesday.", "Monday and Tuesday"),
        ("Tuesday", "No such word.", "Tuesday"),
    ],
)
def test_a_date_stands_alone_by_its_articles_day(words: str, quote: str, expected: str) -> None:
    assert dated(words, quote, THURSDAY) == expected


def test_without_a_day_of_publication_nothing_is_resolved() -> None:
    assert dated("Tuesday", "The ferry sank on Tuesday.", None) == "Tuesday"
