"""Figures of a claim held against a sentence of its source."""

import pytest

from qa.verification.claim_facts import facts_of
from qa.verification.figure_match import Match, figure_met


def met(claim: str, source: str) -> list[Match]:
    """How far a source meets each figure of a claim; no two words are alike."""
    stated, given = facts_of(claim, None), facts_of(source, None)
    return [figure_met(figure, stated, given, lambda *_: 0.0) for figure in stated.quantities]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Nine people were injured.", "The blast killed nine people and injured several."),
        ("15 people were injured.", "The blast left 15 people dead."),
        ("15 people were killed.", "The blast injured 15 people."),
        ("Fifteen people died.", "Police arrested 15 people."),
        ("Nine people were injured.", "Nine people were killed and several injured."),
        ("31 people were killed.", "Nine people were killed and 31 people were injured."),
        ("About 15 people were injured.", "The blast left 15 people dead."),
        ("One person was injured.", "One person was killed."),
    ],
)
def test_people_of_whom_another_thing_became_are_others(claim: str, source: str) -> None:
    assert met(claim, source) == [Match.MISSING]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("15 people were killed.", "The blast left 15 people dead."),
        ("15 people were there.", "The blast left 15 people dead."),
        ("15 people were injured.", "A bus with 15 people crashed, and nobody was unhurt."),
        ("15 people were found dead.", "The 15 missing people were found dead."),
        ("15 people were charged.", "Police arrested 15 people, who were later charged."),
        ("15 people were injured.", "Nine people were killed, 15 people injured and 15 people arrested."),
    ],
)
def test_people_of_whom_the_same_is_told_or_nothing_may_be_the_same(claim: str, source: str) -> None:
    assert met(claim, source) == [Match.MET]
