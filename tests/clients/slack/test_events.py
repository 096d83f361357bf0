"""What is a question to the bot, and what it is silent on."""

from typing import Any

import pytest

from clients.slack.channels import Channels
from clients.slack.events import Deleted, Edited, Heard, is_for_the_bot, read_event
from clients.slack.records import Asked, Key, Thread

SAID = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "text": "how many?", "ts": "100.1"}
NAMED = SAID | {"type": "app_mention", "text": "<@UBOT> how many?"}
DIRECT = SAID | {"channel": "D1", "channel_type": "im"}
CHANGED = {
    "type": "message",
    "subtype": "message_changed",
    "channel": "C1",
    "message": {"user": "U1", "text": "how few?", "ts": "100.1", "edited": {"user": "U1", "ts": "160.0"}},
    "previous_message": {"user": "U1", "text": "how many?", "ts": "100.1"},
}


def read(event: dict[str, Any]) -> object:
    return read_event(event, "UBOT", "T1")


def heard(event: dict[str, Any]) -> Heard:
    met = read(event)
    assert isinstance(met, Heard)
    return met


def test_a_mention_is_a_question_and_begins_a_thread() -> None:
    assert heard(NAMED) == Heard(
        Asked(Key("C1", "100.1"), Thread("C1", "100.1"), "T1", "U1", "how many?"),
        direct=False,
        mentioned=True,
        aside=False,
    )
    assert heard(NAMED | {"thread_ts": "90.1"}).asked.thread == Thread("C1", "90.1")


def test_a_direct_message_is_a_question_in_the_pane_where_it_has_a_thread() -> None:
    assert heard(DIRECT).direct
    assert not heard(DIRECT).asked.pane
    assert heard(DIRECT | {"thread_ts": "90.1"}).asked.pane


@pytest.mark.parametrize(
    "event",
    [
        SAID | {"bot_id": "B1"},
        NAMED | {"bot_id": "B1"},
        SAID | {"subtype": "bot_message"},
        SAID | {"user": "UBOT"},
        SAID | {"user": "USLACKBOT"},
        SAID | {"subtype": "channel_join"},
        SAID | {"subtype": "channel_topic"},
        SAID | {"subtype": "message_replied"},
        SAID | {"text": "<@UBOT> how many?"},
        SAID | {"user": None},
        {"type": "reaction_added", "channel": "C1"},
        {"type": "message"},
        CHANGED | {"previous_message": CHANGED["message"]},
        CHANGED | {"message": {**CHANGED["message"], "edited": None}},  # type: ignore[dict-item]
        CHANGED | {"message": {**CHANGED["message"], "edited": {"ts": "400.2"}}},  # type: ignore[dict-item]
        CHANGED | {"message": {**CHANGED["message"], "bot_id": "B1"}},  # type: ignore[dict-item]
        CHANGED | {"message": {**CHANGED["message"], "user": "UBOT"}},  # type: ignore[dict-item]
        CHANGED | {"message": {**CHANGED["message"], "ts": "x"}},  # type: ignore[dict-item]
    ],
)
def test_the_bot_is_silent_on(event: dict[str, Any]) -> None:
    assert read(event) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_people_also_write_with_files_and_to_the_channel(subtype: str) -> None:
    assert heard(SAID | {"subtype": subtype}).asked.text == "how many?"


def test_an_edit_within_five_minutes() -> None:
    assert read(CHANGED) == Edited(Key("C1", "100.1"), "how few?", "160.0")


def test_a_mention_that_an_edit_brought_is_a_question() -> None:
    assert heard(NAMED | {"edited": {"ts": "160.0"}}).asked.edited == "160.0"


def test_what_was_deleted() -> None:
    gone = Deleted(Key("C1", "100.1"))
    assert read({"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": "100.1"}) == gone
    stone = CHANGED | {"message": {"subtype": "tombstone", "ts": "100.1", "user": "USLACKBOT"}}
    assert read(stone) == gone


@pytest.mark.parametrize(
    ("event", "channels", "joined", "answered"),
    [
        (NAMED, "", False, True),
        (NAMED, "C0999999", False, False),
        (DIRECT, "C0999999", False, True),
        (SAID, "", False, False),
        (SAID | {"thread_ts": "90.1"}, "", True, True),
        (SAID | {"thread_ts": "90.1"}, "*:mention-only", True, False),
        (SAID | {"thread_ts": "90.1", "text": "<@U2> what do you think?"}, "", True, False),
        (NAMED | {"thread_ts": "90.1"}, "*:mention-only", True, True),
    ],
)
def test_whose_question_it_is(event: dict[str, Any], channels: str, joined: bool, answered: bool) -> None:
    assert is_for_the_bot(heard(event), Channels.read(channels), joined=joined) is answered
