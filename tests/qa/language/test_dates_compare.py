"""Which dates bear out which."""

from datetime import date

import pytest

from qa.language.dates import DateMention, find_dates
from qa.language.dates_compare import agree


def mention(text: str, published: date | None = None) -> DateMention:
    (found,) = find_dates(text, published)
    return found


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("Aug. 13, 2021", "13 August 2021"),
        ("13 August 2021", "13 August"),
        ("13 August 2021", "in August"),
        ("13 August 2021", "in 2021"),
        ("13 August 2021", "Friday"),
        ("Friday, 13 August", "Friday"),
        ("13 August 2021", "Friday 13 August"),
        ("in 1994", "the 1990s"),
        ("the 1990s", "the '90s"),
        ("Friday", "Friday night"),
        ("last week", "Last week"),
    ],
)
def test_borne_out(source: str, claim: str) -> None:
    assert agree(mention(source), mention(claim))


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("13 August", "13 August 2021"),
        ("in August", "13 August"),
        ("14 August 2021", "13 August 2021"),
        ("in May", "in June"),
        ("the 1990s", "in 1994"),
        ("13 August 2021", "Thursday"),
        ("13 August 2021", "Thursday 13 August"),
        ("in 2021", "in May"),
        ("last week", "this week"),
        ("Friday", "13 August 2021"),
        ("31 June 2021", "Friday"),
    ],
)
def test_not_borne_out(source: str, claim: str) -> None:
    assert not agree(mention(source), mention(claim))


def test_a_weekday_bears_out_its_day_when_the_day_of_publication_is_known() -> None:
    published = date(2021, 8, 13)
    assert agree(mention("Friday", published), mention("13 August 2021"))
    assert agree(mention("yesterday", published), mention("12 August"))
    assert agree(mention("by September 11", published), mention("11 September 2021"))
    assert not agree(mention("Friday", published), mention("6 August 2021"))
    assert agree(mention("12 August 2021"), mention("yesterday", published))
