"""What speaks of another thing than was asked for, whatever words it shares with the question."""

import pytest

from qa.question.understand import understand
from qa.reading.candidates import candidates_of
from qa.reading.qualifiers import speaks_of_another
from tests.qa.fakes import hits

BRITISH = "British troops left. The UK sent a plane. Britain was glad. "


def speaks(question: str, sentence: str, before: str = "") -> bool:
    one = next(one for one in candidates_of(hits(before + sentence)) if one.text == sentence)
    return speaks_of_another(understand(question), one)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many people were evacuated by US troops?", "UK troops evacuated 15,000 people."),
        ("How many American soldiers left?", "About 600 British troops left."),
        ("How many US troops are being sent?", "The UK is sending 600 troops."),
        ("Who is the French ambassador to Afghanistan?", "The British ambassador to Afghanistan is Laurie Bristow."),
    ],
)
def test_another_nations_is_another(question: str, sentence: str) -> None:
    assert speaks(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many people were evacuated by UK troops?", "British soldiers evacuated 15,000 people."),
        ("How many people were evacuated by US troops?", "Troops evacuated 15,000 people."),
        ("How many people did the troops evacuate?", "UK troops evacuated 15,000 people."),
        ("How many US troops left?", "The US sent 3,000 soldiers to join 600 UK troops."),
        ("How many troops did the US send?", "UK troops left with 3,000 others."),
        ("How many US troops are being sent?", "Some 3,000 troops will go to the UK."),
        ("How many troops are being sent?", "The UK is sending 600 troops."),
    ],
)
def test_the_same_nations_or_nobodys_is_not(question: str, sentence: str) -> None:
    assert not speaks(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "before"),
    [
        ("Who is the US defence secretary?", "Ben Wallace, the Defence Secretary, spoke.", BRITISH),
        ("Who is the US defence secretary?", "Britain is ready, Defence Secretary Ben Wallace said.", "US, US, US. "),
        (
            "Who is the US defence secretary?",
            "Defence Secretary Ben Wallace thanked Britain.",
            f"A US plane. {BRITISH}",
        ),
    ],
)
def test_an_office_without_its_nation_is_of_the_one_spoken_of(question: str, sentence: str, before: str) -> None:
    assert speaks(question, sentence, before)
    assert not speaks(question.replace("US", "UK"), sentence, before)


def test_only_an_offices_nation_is_looked_for_in_the_rest_of_the_article() -> None:
    assert not speaks("When did the US troops leave?", "The troops left on Friday.", BRITISH)


def test_the_second_largest_is_not_the_largest() -> None:
    assert speaks("What is the largest city?", "Kandahar is the second-largest city.")
    assert speaks("What is the most populous city?", "Kandahar is the 2nd most populous city.")
    assert not speaks("What is the second largest city?", "Kandahar is the second largest city.")
    assert not speaks("What is the largest city?", "Kabul is the largest city, Kandahar the second largest.")
    assert not speaks("What is the largest city?", "Kandahar is a city.")


def test_a_second_test_is_no_superlative() -> None:
    assert not speaks("What did the test show?", "A second test showed nothing.")


def test_another_who_does_it_is_another() -> None:
    assert speaks("Who replaced Gass?", "Gass replaced Price.")
    assert not speaks("Who replaced Gass?", "Price replaced Gass.")
    assert not speaks("Did Price replace Gass?", "Gass replaced Price.")  # the sentence says no
