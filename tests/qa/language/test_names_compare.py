"""Which names are one, and which look like persons'."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.names_compare import looks_like_person, same_name
from qa.language.nations import nation_of


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mr Wallace", "Ben Wallace"),
        ("Defence Secretary Ben Wallace", "Ben Wallace"),
        ("Mr Wallace", "Defence Secretary Ben Wallace"),
        ("General Carter", "General Sir Nick Carter"),
        ("President Biden", "Joe Biden"),
        ("J. Biden", "Joe Biden"),
        ("Gass", "Simon Gass"),
        ("Rep. Raul Grijalva of Arizona", "Raul Grijalva"),
        ("US", "United States"),
        ("US", "American"),
        ("UK", "Britain"),
        ("British", "United Kingdom"),
        ("Afghans", "Afghanistan"),
        ("Canadians", "Canada"),
        ("State Department", "US State Department"),
        ("American Embassy", "US Embassy"),
        ("MoD", "Ministry of Defence"),
        ("U.N.", "United Nations"),
        ("the Taliban", "Taliban"),
        ("al Qaida", "al-Qaida"),
        ("Martyrs’ Square", "Martyrs' Square"),
        ("Mélenchon", "Jean-Luc Melenchon"),
    ],
)
def test_one_name(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("John Healey", "Ben Wallace"),
        ("George Wallace", "Ben Wallace"),
        ("US State Department", "UK State Department"),
        ("Foreign Secretary", "Defence Secretary"),
        ("Kabul", "Herat"),
        ("US", "UK"),
        ("North Korea", "South Korea"),
        ("Niger", "Nigeria"),
        ("Boeing 737", "Boeing 747"),
        ("Kabul", "Kabul Airport"),
        ("US", "US State Department"),
    ],
)
def test_two_names(a: str, b: str) -> None:
    assert not same_name(a, b)
    assert not same_name(b, a)


@given(st.text(), st.text())
def test_sameness_has_no_direction(a: str, b: str) -> None:
    assert same_name(a, a)
    assert same_name(a, b) == same_name(b, a)


@pytest.mark.parametrize(
    "name",
    [
        "Ben Wallace",
        "Mr Gass",
        "General Sir Nick Carter",
        "Prime Minister Boris Johnson",
        "Sir Laurie Bristow",
        "Joe Biden",
        "President Biden",
        "CEO Alexander Nix",
        "Rep. Raul Grijalva of Arizona",
        "J.K. Rowling",
    ],
)
def test_persons(name: str) -> None:
    assert looks_like_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "Kabul",
        "US State Department",
        "Operation Pitting",
        "Prime Minister",
        "Martyrs' Square",
        "Ministry of Defence",
        "British Army",
        "Foreign Office",
        "Chief of Defence Staff",
        "COVID-19",
        "Boeing 737",
        "United Kingdom",
        "BBC",
        "",
    ],
)
def test_no_persons(name: str) -> None:
    assert not looks_like_person(name)


@pytest.mark.parametrize(
    ("word", "nation"),
    [
        ("Afghans", "Afghanistan"),
        ("AFGHANISTAN", "Afghanistan"),
        ("US", "United States"),
        ("Americans", "United States"),
        ("Britons", "United Kingdom"),
        ("Swiss", "Switzerland"),
        ("Dutch", "Netherlands"),
        ("us", None),
        ("turkey", None),
        ("Polish", "Poland"),
        ("polish", None),
        ("Kabul", None),
        ("", None),
    ],
)
def test_nations(word: str, nation: str | None) -> None:
    assert nation_of(word) == nation
