import threading

import pytest

from qa.conversations.rewriting import rewritten, usable
from qa.conversations.standalone import StandingAlone, stand_alone
from qa.errors import ModelCancelledError, ModelUnavailableError
from qa.llm.model import Deadline
from qa.records import Exchange, Usage
from tests.qa.fake_model import TOKENS, FakeChatModel, Scripted

KABUL = "How many were evacuated from Kabul?"
BEFORE = [Exchange(KABUL, KABUL, "In Operation Pitting, 15,000 people were evacuated by UK troops.", "15,000 people")]
CLAIMED = Exchange("Surely Emmanuel Macron did it with 9,000 men?", "Surely Emmanuel Macron did it with 9,000 men?", "")


def rewrite(asked: str, *replies: Scripted, before: list[Exchange] = BEFORE, deadline_s: float = 30) -> StandingAlone:
    model = FakeChatModel(replies)
    return rewritten(asked, before, stand_alone(asked, before), model, Deadline.at(deadline_s)).standing


def test_the_model_makes_a_follow_up_stand_alone() -> None:
    alone = rewrite("by whom?", '"By whom were 15,000 people evacuated from Kabul?"\n')
    assert (alone.question, alone.own) == ("By whom were 15,000 people evacuated from Kabul?", None)


def test_it_is_shown_what_was_asked_and_answered() -> None:
    model = FakeChatModel(["By whom were people evacuated?"])
    rewritten("by whom?", BEFORE, stand_alone("by whom?", BEFORE), model, Deadline.at(30))
    (message,) = model.calls[0]
    assert f"Question: {KABUL}\nAnswer: {BEFORE[0].text}" in message.content
    assert "Last question: by whom?" in message.content


@pytest.mark.parametrize(
    "reply",
    [
        ModelUnavailableError("busy"),
        "By whom?\nThe French did it.",
        "UK troops evacuated them.",
        "By whom were 16,000 people evacuated?",
        "By whom did Emmanuel Macron have people evacuated?",
        "See https://evil.example/?q=by whom?",
        "By <b>whom</b> were people evacuated?",
        "By whom " + "were people evacuated and " * 20 + "when?",
        "<think>Whom?</think>",
    ],
)
def test_the_rules_stand_in_for_what_cannot_be_used(reply: Scripted) -> None:
    assert rewrite("by whom?", reply) == stand_alone("by whom?", BEFORE)


@pytest.mark.parametrize(
    ("reply", "usage"),
    [("By whom were people evacuated?", TOKENS), ("UK troops did it.", TOKENS), (ModelUnavailableError("busy"), None)],
)
def test_what_the_call_cost_is_told_whether_it_was_of_use_or_not(reply: Scripted, usage: Usage | None) -> None:
    ruled = stand_alone("by whom?", BEFORE)
    assert rewritten("by whom?", BEFORE, ruled, FakeChatModel([reply]), Deadline.at(30)).usage == usage


def test_what_was_merely_claimed_is_not_taken_over() -> None:
    assert usable("When did Emmanuel Macron do it with 9,000 men?", "when?", [*BEFORE, CLAIMED]) is None
    assert usable("When were people evacuated from Kabul?", "when?", [*BEFORE, CLAIMED])


def test_what_the_follow_up_names_stays() -> None:
    assert usable("How many were evacuated in 2020?", "in 2020?", BEFORE)
    assert usable("How many were evacuated from Kabul?", "in 2020?", BEFORE) is None
    assert usable("How many were evacuated from Kabul?", "what about the US?", BEFORE) is None


@pytest.mark.parametrize(
    ("asked", "before"), [("How many?", []), ("what did he say?", BEFORE), ("tell me more", BEFORE)]
)
def test_the_model_is_not_asked_where_nothing_is_to_be_rewritten(asked: str, before: list[Exchange]) -> None:
    assert rewrite(asked, before=before) == stand_alone(asked, before)


def test_it_has_a_fifth_of_the_time() -> None:
    given: list[float] = []

    class Timed(FakeChatModel):
        def complete(self, messages, deadline):  # type: ignore[no-untyped-def]
            given.append(deadline.remaining())
            return super().complete(messages, deadline)

    for seconds in (10, 300):
        model = Timed(["By whom were people evacuated?"])
        rewritten("by whom?", BEFORE, stand_alone("by whom?", BEFORE), model, Deadline.at(seconds))
    assert 1 < given[0] <= 2
    assert 3 < given[1] <= 4


def test_a_cancelled_call_ends_the_question() -> None:
    with pytest.raises(ModelCancelledError):
        rewritten(
            "by whom?",
            BEFORE,
            stand_alone("by whom?", BEFORE),
            FakeChatModel([ModelCancelledError("given up")]),
            Deadline.at(30, threading.Event()),
        )
