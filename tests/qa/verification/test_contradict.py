import pytest

from qa.language.opposites import are_opposite
from qa.language.polarity import polarities
from qa.language.terms import key_of
from qa.verification.claim_facts import facts_of
from qa.verification.contradict import contradictions
from qa.verification.roles import acts_of


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("It was a mandatory evacuation.", "“This isn’t a mandatory evacuation,” he said."),
        ("It was not a mandatory evacuation.", "It was a mandatory evacuation."),
        ("The embassy will close.", "The embassy will not close."),
        ("They left in time.", "They failed to leave in time."),
        ("He regrets the choice.", "He refused to regret the choice."),
        ("Ms Holt broke the law.", "Ms Holt denied that she broke the law."),
        ("Shares rose 3%.", "Shares fell 3%."),
        ("The pay offer was accepted.", "The union rejected the pay offer."),
        ("The patient is unhurt.", "The patient is hurt."),
        ("He left before the storm hit the town.", "He left after the storm hit the town."),
        ("Ghani praised Biden.", "Biden praised Ghani."),
        ("Biden was praised by Ghani.", "Biden praised Ghani."),
        ("Ghani was praised by Biden on Monday.", "Biden was praised by Ghani on Monday."),
        ("Mr Wallace said the army would stay.", "Mr Healey said the army would stay."),
        ("France sent troops to Mali.", "Germany sent troops to Mali."),
        ("The provincial capitals have captured the Taliban.", "The Taliban captured eleven provincial capitals."),
        ("John Healey confirmed the plan.", "The plan was confirmed by Defence Secretary Ben Wallace."),
    ],
)
def test_the_contrary_is_noticed(claim: str, source: str) -> None:
    given = facts_of(source, None)
    assert contradictions(facts_of(claim, None), [given], given, [])


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("It was not a mandatory evacuation.", "“This isn’t a mandatory evacuation,” he said."),
        ("They did not leave.", "They failed to leave."),
        ("Nobody was hurt.", "No one was hurt in the evacuation."),
        ("The evacuation went on.", "No one was hurt in the evacuation, which went on."),
        ("The claim was denied by Ms Holt.", "Ms Holt denied the claim."),
        ("Shares did not rise.", "Shares fell."),
        ("The council keeps its stake.", "The council would not sell its stake."),
        ("The UK should not cut its aid budget.", "He wants the UK to leave its aid budget uncut."),
        ("Shares dropped 3%.", "Shares fell 3%."),
        ("Ghani was praised by Biden.", "Biden praised Ghani."),
        ("Biden praised Ghani.", "On Monday Ghani was praised by Joe Biden."),
        ("Mr Wallace said the army would stay.", "The army would stay, said Ben Wallace, the minister."),
        ("Ms Holt invited Mr Adeyemi.", "Ms Holt denied the claim and invited Mr Adeyemi to talks."),
        ("The terminal closed.", "Inspectors closed the terminal."),
        ("Up to 600 troops are going.", "No more than 600 troops are going."),
    ],
)
def test_the_same_in_other_words_is_no_contrary(claim: str, source: str) -> None:
    given = facts_of(source, None)
    assert contradictions(facts_of(claim, None), [given], given, []) == []


def test_a_negation_reaches_to_the_first_preposition_after_what_it_denies() -> None:
    signs = polarities("No one was hurt in the evacuation.")
    assert signs.signs == {key_of("hurt"): frozenset([True]), key_of("evacuation"): frozenset([False])}
    assert signs.heads == {key_of("hurt")}


@pytest.mark.parametrize(
    ("one", "other"), [("rose", "fall"), ("opened", "closing"), ("unsafe", "safe"), ("won", "lost")]
)
def test_opposites(one: str, other: str) -> None:
    assert are_opposite(key_of(one), key_of(other))
    assert are_opposite(key_of(other), key_of(one))


@pytest.mark.parametrize(("one", "other"), [("rose", "climbed"), ("inform", "form"), ("unit", "it"), ("rose", "rose")])
def test_no_opposites(one: str, other: str) -> None:
    assert not are_opposite(key_of(one), key_of(other))


@pytest.mark.parametrize(
    "text", ["Biden praised Ghani.", "Ghani was praised by Biden.", "Biden has also praised Ghani."]
)
def test_a_passive_is_turned_round(text: str) -> None:
    (act,) = acts_of(text)
    assert (act.verb, act.doer.names, act.done_to.names) == (key_of("praise"), ("Biden",), ("Ghani",))
