"""What a model writes, as it comes: as a stream where Slack takes them, else in one message that is updated."""

from collections.abc import Callable

import pytest

from qa.llm.model import ChatModel
from tests.api.web.site import CAPITALS, HOW_MANY
from tests.slack.bots import Bot
from tests.slack.models import HeldModel, SlowModel
from tests.slack.people import People, acknowledged, until
from tests.slack.server import Server
from tests.slack.validation import mentions, words
from tests.slack.waiting import ANN, CHANNEL, answers, quiet, said
from tests.slack.workspace import Failure

Use = Callable[[ChatModel], None]

WRITTEN = "In Operation Pitting, 15,000 people were evacuated from Kabul. [1]"
CHECKED = "In Operation Pitting, 15,000 people were evacuated from Kabul."


def test_the_answer_streams_and_the_checked_one_replaces_it(bot: Bot, people: People, with_model: Use) -> None:
    with_model(SlowModel(always=WRITTEN, sizes=(6,), pause_s=0.1))
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    streaming = until(lambda: next((one for one in people.space.replies(CHANNEL, asked) if one.streaming), None))
    assert streaming.streamed.startswith("_Not checked yet:_ In")
    (answer,) = answers(people, CHANNEL, asked)
    assert (answer is streaming, answer.streamed) == (True, "")
    assert said(answer).startswith(CHECKED)
    begun = people.space.called("chat.startStream")[0].args
    assert (begun["recipient_user_id"], begun["recipient_team_id"]) == (ANN, "T00000001")
    assert len(people.space.called("chat.appendStream")) >= 1
    assert people.space.called("chat.postMessage") == []


@pytest.mark.parametrize("error", ["unknown_method", "method_not_supported_for_channel_type"])
def test_where_slack_takes_no_streams_one_message_is_updated(
    bot: Bot, people: People, with_model: Use, error: str
) -> None:
    people.space.failures["chat.startStream"] = [Failure(error)]
    with_model(SlowModel(always=WRITTEN, sizes=(6,), pause_s=0.1))
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    shown = until(lambda: people.space.replies(CHANNEL, asked))[0]
    assert "Not checked yet:" in said(shown)
    (answer,) = answers(people, CHANNEL, asked)
    assert answer is shown
    assert said(answer).startswith(CHECKED)
    assert len(people.space.called("chat.postMessage")) == 1
    with_model(SlowModel(always=WRITTEN, sizes=(60,), pause_s=0.01))
    answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))
    tried = 2 if error == "method_not_supported_for_channel_type" else 1
    assert len(people.space.called("chat.startStream")) == tried


def test_a_stream_that_slack_has_ended_is_replaced_all_the_same(bot: Bot, people: People, with_model: Use) -> None:
    with_model(SlowModel(always=WRITTEN, sizes=(6,), pause_s=0.1))
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    streaming = until(lambda: next((one for one in people.space.replies(CHANNEL, asked) if one.streaming), None))
    streaming.streaming = False
    (answer,) = answers(people, CHANNEL, asked)
    assert answer is streaming
    assert said(answer).startswith(CHECKED)
    people.space.refused.clear()


def test_what_a_model_writes_mentions_nobody_before_it_is_checked(bot: Bot, people: People, with_model: Use) -> None:
    with_model(SlowModel(always="<!channel> <@UANN00001> [x](https://evil.example) www.evil.example", sizes=(5,)))
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    answers(people, CHANNEL, asked)
    sent = [chunk["text"] for call in people.space.calls for chunk in call.args.get("chunks") or []]
    assert sent
    assert all(mentions({"text": text}) == [] and "://e" not in text and "](" not in text for text in sent)


def test_a_model_that_takes_its_time_never_misses_the_acknowledgement(
    bot: Bot, people: People, slack: Server, with_model: Use
) -> None:
    model = HeldModel(always=WRITTEN)
    with_model(model)
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    assert model.begun.acquire(timeout=20)
    for envelope in slack.envelopes.values():
        acknowledged(envelope)
        assert envelope.acknowledged[0] - envelope.sent[0] < 1
        assert len(envelope.sent) == 1
    assert people.space.messages[CHANNEL, asked].reactions == {"eyes"}
    model.released.set()
    answers(people, CHANNEL, asked)


def test_a_question_deleted_while_it_is_answered_gets_no_answer(bot: Bot, people: People, with_model: Use) -> None:
    model = HeldModel(always=WRITTEN)
    with_model(model)
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    assert model.begun.acquire(timeout=20)
    people.delete(CHANNEL, asked)
    until(lambda: people.space.called("reactions.remove"))
    model.released.set()
    with_model(SlowModel(always=WRITTEN, pause_s=0))
    quiet(people)
    assert people.space.replies(CHANNEL, asked) == []
    people.space.refused.clear()  # the reaction went with its message


def test_what_was_shown_of_an_answer_goes_with_its_question(bot: Bot, people: People, with_model: Use) -> None:
    with_model(SlowModel(always=WRITTEN, sizes=(6,), pause_s=0.1))
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    until(lambda: people.space.replies(CHANNEL, asked))
    people.delete(CHANNEL, asked)
    until(lambda: not people.space.replies(CHANNEL, asked))
    with_model(SlowModel(always=WRITTEN, pause_s=0))
    quiet(people)
    assert people.space.replies(CHANNEL, asked) == []
    people.space.refused.clear()


def test_a_question_edited_while_it_is_answered_is_answered_once(bot: Bot, people: People, with_model: Use) -> None:
    model = HeldModel(always=WRITTEN)
    with_model(model)
    asked = people.ask(CHANNEL, ANN, CAPITALS)
    assert model.begun.acquire(timeout=20)
    people.edit(CHANNEL, asked, f"<@UBOT00001> {HOW_MANY}")
    assert model.begun.acquire(timeout=20)
    model.released.set()
    (answer,) = answers(people, CHANNEL, asked)
    assert said(answer).startswith(CHECKED)


def test_older_workspaces_get_plain_buttons(bot: Bot, people: People) -> None:
    people.space.takes_context_actions = False
    for _ in range(2):
        (answer,) = answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))
        assert [one["type"] for one in answer.blocks][-1] == "actions"
    name = people.press(answer, "feedback_down", ANN)
    until(lambda: people.space.responses[name])
    assert people.space.refused == ["chat.postMessage: invalid_blocks: no context_actions here"]
    private = people.command(CHANNEL, ANN, HOW_MANY)
    assert CHECKED in words(until(lambda: people.space.responses[private])[0])
    people.space.refused.clear()


def test_two_people_in_a_thread_are_answered_at_once(bot: Bot, people: People, with_model: Use) -> None:
    model = HeldModel(always=WRITTEN)
    with_model(model)
    asked = people.ask(CHANNEL, ANN, HOW_MANY)
    people.ask(CHANNEL, "UBOB00001", HOW_MANY, asked)
    assert model.begun.acquire(timeout=20)
    assert model.begun.acquire(timeout=20)
    people.ask(CHANNEL, ANN, HOW_MANY, asked)
    assert not model.begun.acquire(timeout=0.3), "a person's questions are answered one after the other"
    model.released.set()
    answers(people, CHANNEL, asked, 3)
