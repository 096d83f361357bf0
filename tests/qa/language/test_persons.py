"""Words for persons and for what became of them."""

import pytest

from qa.language.persons import is_person, outcomes_of


@pytest.mark.parametrize(
    "word",
    "people residents voters students teachers soldiers signers fourth-graders passengers lawmakers cyclists survivors "
    "employees gunmen servicewomen signatories Republicans resident".split(),
)
def test_persons(word: str) -> None:
    assert is_person(word)


@pytest.mark.parametrize(
    "word",
    "containers letters numbers rivers checklists trees committees flights homes deaths injuries arrests dogs "
    "hospitals beers lists errors".split(),
)
def test_things_and_events_are_no_persons(word: str) -> None:
    assert not is_person(word)


@pytest.mark.parametrize(
    ("one", "other"), [("killed", "deaths"), ("died", "fatalities"), ("injured", "injuries"), ("arrested", "arrests")]
)
def test_one_outcome_has_many_words(one: str, other: str) -> None:
    assert outcomes_of([one]) == outcomes_of([other]) != frozenset()


def test_other_outcomes_are_others() -> None:
    told = [outcomes_of([word]) for word in ("killed", "wounded", "arrested", "missing", "evacuated", "survived")]
    assert len(set(told)) == len(told)
    assert outcomes_of(["people", "hospital", "winds"]) == frozenset()
