"""What a sentence tells to have become of the people its figures count."""

import pytest

from qa.language.figures import find_quantities
from qa.language.outcomes import Outcomes, outcomes_possible, outcomes_told, without_verb
from qa.language.persons import outcomes_of


def told(sentence: str) -> dict[str, frozenset[int]]:
    """What is told of each figure of a sentence."""
    quantities = list(map(without_verb, find_quantities(sentence)))
    found = outcomes_told(sentence, quantities)
    return {sentence[one.start : one.end]: what for one, what in zip(quantities, found, strict=True)}


DEAD, HURT, ARRESTED = (outcomes_of([word]) for word in ("killed", "injured", "arrested"))


@pytest.mark.parametrize(
    "sentence",
    [
        "It crashed, killing all 132 on board.",
        "It crashed and killed at least 132 people.",
        "The 132 on board were killed.",
        "Some 132 people have since died.",
        "There were 132 storm-related deaths.",
        "The death toll has risen to 132.",
        "The death toll has risen to more than 132.",
        "The number of people killed in the storm rose to 132.",
        "The blast left 132 people dead.",
        "Some 132 passengers were confirmed dead.",
        "Some 132 passengers were shot and killed.",
        "Some 132 passengers were shot dead.",
        "The blast killed 132 people and injured several.",
    ],
)
def test_deaths(sentence: str) -> None:
    assert told(sentence) == {"132": DEAD}


def test_each_figure_has_its_own() -> None:
    assert told("Six dead and 14 injured, and police made 22 arrests.") == {"Six": DEAD, "14": HURT, "22": ARRESTED}
    assert told("Two people were killed and 17 others were hurt.") == {"Two": DEAD, "17": HURT}


def test_those_who_do_it_to_others_are_others() -> None:
    assert told("Two gunmen attacked and killed 19 pupils.") == {"Two": frozenset(), "19": DEAD}
    assert told("Two gunmen killed at least 19 pupils.") == {"Two": frozenset(), "19": DEAD}


@pytest.mark.parametrize(
    ("sentence", "counted"),
    [
        ("Another 17 other people injured.", "other people"),
        ("Two gunmen killed 19.", "gunmen"),
        ("A jet with 132 people crashes.", "people"),
        ("Some 14 injured left.", "injured"),
        ("Police caught 12 people smugglers.", "people smugglers"),
        ("There were 62 storm-related deaths.", "storm-related deaths"),
    ],
)
def test_a_verb_is_no_part_of_what_is_counted(sentence: str, counted: str) -> None:
    quantity = without_verb(find_quantities(sentence)[0])
    assert quantity.counted == counted
    assert sentence[: quantity.counted_end].endswith(counted)


def test_a_list_shares_it() -> None:
    assert told("A gunman killed 19 pupils and two teachers.") == {"19": DEAD, "two": DEAD}
    assert told("Some 19 pupils and two teachers were killed.") == {"19": DEAD, "two": DEAD}


@pytest.mark.parametrize(
    "sentence",
    [
        "A plane carrying 132 people crashed.",
        "The death toll rose from 132.",
        "He was killed in 132 attacks.",
        "The number of flights rose to 132.",
        "After the deaths, it fell to 132 feet.",
    ],
)
def test_of_most_nothing_is_told(sentence: str) -> None:
    assert told(sentence) == {"132": frozenset()}


MISSING, SAVED, CHARGED = (outcomes_of([word]) for word in ("missing", "survived", "charged"))


@pytest.mark.parametrize(
    ("sentence", "possible"),
    [
        ("The blast left 15 people dead.", DEAD),
        ("Some 15 missing people were found dead.", MISSING | DEAD),
        ("All 15 survivors were arrested.", SAVED | ARRESTED),
        ("Police arrested 15 men on Monday, and charged them with fraud.", ARRESTED | CHARGED),
        ("Among the dead are more than 15 people who were arrested.", DEAD | ARRESTED),
        ("The blast killed 15 villagers and injured several.", DEAD),
        ("Many were killed and 15 were injured.", HURT),
        ("Many were killed when a plane with 15 people on board crashed.", frozenset()),
    ],
)
def test_what_may_have_become_of_them(sentence: str, possible: Outcomes) -> None:
    assert outcomes_possible(sentence, find_quantities(sentence)) == [possible]


def test_what_is_told_of_another_figure_became_of_no_other() -> None:
    sentence = "Nine people were killed and 31 others injured."
    assert outcomes_possible(sentence, find_quantities(sentence)) == [DEAD, HURT]


def test_long_runs_of_words_are_no_work() -> None:
    sentence = "the number of " * 3_000 + "killed" + " \t" * 20_000 + "is 5"
    assert len(told(sentence)) == 1
