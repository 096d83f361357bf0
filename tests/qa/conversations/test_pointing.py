import pytest

from qa.conversations.standalone import stand_alone
from qa.records import Exchange

KABUL = "How many people were evacuated from Kabul?"
EVACUATED = [Exchange(KABUL, KABUL, "In Operation Pitting, 15,000 people were evacuated from Kabul.", "15,000 people")]
OFFERED = [
    Exchange(
        "What is offered?",
        "What is offered?",
        "There are the Trial plan, the Standard Next plan and more. This plan is free.",
    )
]


def always(_: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("asked", "thing"),
    [
        ("What documentation is needed to apply for the loan?", "the loan"),
        ("How did the fast food chain establish itself in so many towns?", "the fast food chain"),
        ("What are the limits of the power wielded by the Prime Minister's office?", "the Prime Minister"),
        ("Can you recommend a specific town or village?", "a specific town"),
    ],
)
def test_what_nobody_spoke_of_is_asked_back_where_there_are_several(asked: str, thing: str) -> None:
    assert (
        stand_alone(asked, EVACUATED, several=always).unclear == f"It isn't clear which is meant by “{thing}”. Name it."
    )


def test_what_there_is_one_of_is_not_asked_back() -> None:
    asked = "What documentation is needed to apply for the loan?"
    alone = stand_alone(asked, EVACUATED)
    assert (alone.question, alone.unclear) == (asked, None)


@pytest.mark.parametrize(
    "asked",
    [
        "What documents are needed for the loan of a painting?",
        "Which paintings hang in the White House these days?",
        "Is the airport open?",
        "How many people flew home on the evacuation flights?",
    ],
)
def test_what_is_told_named_or_leant_on_is_not_asked_back(asked: str) -> None:
    assert stand_alone(asked, EVACUATED, several=always).unclear is None


def test_each_of_several_that_an_answer_named_is_suggested() -> None:
    asked = stand_alone("How many domains are in the plan?", OFFERED)
    assert asked.unclear == "It isn't clear which plan is meant: Trial plan or Standard Next plan."
    assert asked.suggestions == (
        "How many domains are in the Trial plan?",
        "How many domains are in the Standard Next plan?",
    )


def test_one_of_several_that_was_asked_about_is_meant() -> None:
    asked = "What is in the Trial plan?"
    before = [*OFFERED, Exchange(asked, asked, "The Trial plan has one domain; the Standard Next plan has ten.")]
    assert stand_alone("How long does the plan run?", before).unclear is None
