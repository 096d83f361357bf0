from dataclasses import replace

import pytest

from qa.answering.told_dates import told_dates
from qa.records import ToldDate
from tests.qa.fakes import article

PUBLISHED = "2024-03-14T09:00:00+00:00"  # a Thursday


def told(text: str, published: str | None = PUBLISHED, language: str | None = None) -> list[tuple[str, str]]:
    of = replace(article(text, published_at=published), language=language)
    return [(one.words, one.told) for one in told_dates(of, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("The dam burst on Tuesday.", "Tuesday", "Tuesday, 12 March 2024"),
        ("Engineers had warned of cracks last month.", "last month", "February 2024"),
        ("It rained yesterday.", "yesterday", "13 March 2024"),
        ("Repairs begin on Monday.", "Monday", "Monday, 18 March 2024"),
        ("It opened on 3 June.", "3 June", "3 June 2024"),
        ("It closed this morning.", "this morning", "Thursday, 14 March 2024"),
        ("It was dry last week.", "last week", "the week of 4 March 2024"),
        ("Two days ago it fell.", "Two days ago", "Tuesday, 12 March 2024"),
        ("It was built three years ago.", "three years ago", "2021"),
        ("It was sold a month ago.", "a month ago", "February 2024"),
    ],
)
def test_words_for_a_time_and_what_they_mean(text: str, words: str, meant: str) -> None:
    assert told(text) == [(words, meant)]


def test_each_stands_where_it_does_in_the_article() -> None:
    of = article("Rain fell. It burst on Tuesday and was mended yesterday.", published_at=PUBLISHED)
    first, second = told_dates(of, 11, len(of.text))
    assert first == ToldDate(23, 30, "Tuesday", "Tuesday, 12 March 2024")
    assert of.text[second.start : second.end] == second.words == "yesterday"


def test_in_the_language_of_the_article() -> None:
    assert told("Die Brücke fiel am Mittwoch.", language="de") == [("Mittwoch", "Mittwoch, 13. März 2024")]


@pytest.mark.parametrize("text", ["It burned in 2020.", "It sank on 3 June 2023.", "It was due on Monday.", "In May."])
def test_what_says_itself_or_is_unclear_is_left(text: str) -> None:
    assert told(text) == []


def test_undated_articles_resolve_nothing() -> None:
    assert told("The dam burst on Tuesday.", None) == []
