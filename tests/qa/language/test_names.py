"""Names in real news sentences, and capitals that make none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.names import find_names


def names(text: str) -> list[str]:
    return [name.text for name in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Defence Secretary Ben Wallace has confirmed that up to 600 British troops will be deployed in Afghanistan",
            ["Defence Secretary Ben Wallace", "British", "Afghanistan"],
        ),
        (
            "he added, as General Sir Nick Carter, the leader of the British armed forces, warned",
            ["General Sir Nick Carter", "British"],
        ),
        ("The Ministry of Defence said it will arrive in Kabul", ["Ministry of Defence", "Kabul"]),
        ("Sir Nick Carter, Chief of Defence Staff, said", ["Sir Nick Carter", "Chief of Defence Staff"]),
        ("the Mujahideen had arrived at Martyrs’ Square.", ["Mujahideen", "Martyrs’ Square"]),
        ("fighters affiliated to al Qaida were among them", ["al Qaida"]),
        ("over nearly two weeks in Operation Pitting, which", ["Operation Pitting"]),
        ("The US State Department has also confirmed", ["US State Department"]),
        ("footprint,” US State Department spokesman Ned Price told reporters", ["US State Department", "Ned Price"]),
        ("Since May, when US-led forces began", ["US"]),
        ("Ben Wallace, Britain’s defence secretary, said", ["Ben Wallace", "Britain"]),
        ("the Taliban’s continued gains", ["Taliban"]),
        ("two more cities, Ghazni and Herat, in the same day", ["Ghazni", "Herat"]),
        ("On Thursday night, Washington and London declared", ["Washington", "London"]),
        ("ambassador to Afghanistan Sir Laurie Bristow, who", ["Afghanistan", "Sir Laurie Bristow"]),
        ("Fifteen UK crisis response specialists", ["UK"]),
        ("the largest since the Second World War.", ["Second World War"]),
        ("'Dunkirk By WhatsApp': UK Efforts To Rescue Afghan Allies", ["Dunkirk", "WhatsApp", "UK", "Afghan"]),
        ("READ MORE: David Pratt: What was the point?", ["David Pratt"]),
        ("AROUND 600 troops are to go to Afghanistan", ["Afghanistan"]),
        ("a Boeing 737, an iPhone 14 and Article 50", ["Boeing 737", "iPhone 14", "Article 50"]),
        ("J.K. Rowling met Gen. Mark Milley in St. Louis", ["J.K. Rowling", "Gen. Mark Milley", "St. Louis"]),
        ("COVID-19 and Jean-Luc Mélenchon of the U.S.", ["COVID-19", "Jean-Luc Mélenchon of the U.S."]),
        ("President Recep Tayyip Erdoğan of Turkey", ["President Recep Tayyip Erdoğan of Turkey"]),
        ("Bill & Melinda Gates Foundation", ["Bill & Melinda Gates Foundation"]),
        ("Theresa May and Sinéad O'Connor spoke", ["Theresa May", "Sinéad O'Connor"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Officials will try to make direct contact.",
        "“Ministers must also ensure that” they do",
        "He said: “We are seeing atrocities being committed.” I agree. It is so.",
        "Due to the gains, all have been advised. They have also been called.",
        "Fighting continues. Evacuations began on Friday in August.",
        "Growers have said they may stop.",
        "The troops went. The the troops fought.",
        "",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("name", ["Kabul", "Taliban", "Carter", "Zelenskyy", "Biden", "US", "Afghans"])
def test_a_name_may_begin_a_sentence(name: str) -> None:
    assert names(f"{name} said it had been taken.") == [name]


_PARTS = ["Ben", " ", "al ", "al-", "of ", "the ", "U.S.", "'s", "’", "i", "É", "İ", "-", "Mr. ", "\ud800", "\n", "“"]
PIECES = st.sampled_from([*_PARTS, "The ", "737"])


@given(st.one_of(st.text(), st.lists(PIECES, max_size=14).map("".join)))
def test_spans_stand_in_the_text_in_order_and_apart(text: str) -> None:
    at = 0
    for name in find_names(text):
        assert at <= name.start < name.end <= len(text)
        assert text[name.start : name.end] == name.text
        at = name.end


@pytest.mark.parametrize(
    "piece", ["A", "A.", "A'", "A-", "A of ", "Ab ", "al ", "The ", "Mr. ", "A&", "As' ", "Fighting. ", "İ "]
)
def test_long_hostile_text_takes_no_longer_than_it_is_long(piece: str) -> None:
    began = time.process_time()
    find_names(piece * 20_000)
    assert time.process_time() - began < 5.0  # some 0.2 s; a quadratic pattern takes minutes
