import pytest

from qa.conversations.antecedents import resolved
from qa.conversations.standalone import stand_alone
from qa.records import Exchange

SENT = Exchange("How many US troops were sent?", "How many US troops were sent?", "3,000 went.", "3,000 US troops")
EVACUATED = Exchange("how many were evacuated", "how many were evacuated", "15,000 people were.", "15,000 people")
PITTING = Exchange("What was Operation Pitting?", "What was Operation Pitting?", "It took two weeks.", "two weeks")
TAKEN = Exchange("Which city was taken?", "Which city was taken?", "Kandahar was taken.", "Kandahar")


@pytest.mark.parametrize(
    ("last", "asked", "alone"),
    [
        (SENT, "when do they arrive?", "when do US troops arrive?"),
        (SENT, "what are their orders?", "what are US troops' orders?"),
        (EVACUATED, "who brought them home?", "who brought people home?"),
        (PITTING, "how long did it take?", "how long did Operation Pitting take?"),
        (TAKEN, "how large is it?", "how large is Kandahar?"),
        (TAKEN, "when did its airport close?", "when did Kandahar's airport close?"),
    ],
)
def test_what_was_asked_about_or_cited_takes_the_pronouns_place(last: Exchange, asked: str, alone: str) -> None:
    assert resolved(asked, [last]) == alone


@pytest.mark.parametrize(
    ("last", "asked"),
    [
        (TAKEN, "is it true that the airport closed?"),
        (SENT, "how large is it?"),
        (PITTING, "who are they?"),
        (PITTING, "was Operation Pitting the end of it?"),
    ],
)
def test_a_pronoun_that_is_not_told_stays(last: Exchange, asked: str) -> None:
    assert resolved(asked, [last]) == asked


def test_what_somebody_claims_on_the_way_is_left_out() -> None:
    asked = "I thought it was 40,000 by German troops. By whom were they evacuated?"
    alone = stand_alone(asked, [EVACUATED])
    assert (alone.own, "German" in alone.question) == ("By whom were people evacuated?", False)


def test_a_claim_that_nothing_bears_out_is_not_leant_on() -> None:
    claimed = "Surely the French did it?"
    alone = stand_alone("by whom?", [EVACUATED, Exchange(claimed, claimed, "")])
    assert alone.question.startswith("by whom? (evacuated")


def test_whoever_is_asked_for_owns_what_is_theirs() -> None:
    assert stand_alone("Who set out his terms on Sunday?", []).unclear is None
    assert stand_alone("Who did he meet?", []).unclear
