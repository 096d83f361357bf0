"""What an event of Slack's Events API means to the bot: a question, an edit, a deletion, or nothing. Pure."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clients.slack.channels import Channels
from clients.slack.plain import is_to_another, mentions, plain
from clients.slack.records import Asked, Key, Thread

EDIT_S = 300.0
"""How long after it was sent a question may be edited and is answered anew."""

_SPOKEN = {None, "file_share", "thread_broadcast"}
"""The subtypes of messages that people write; all others are Slack's own, or a bot's."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of a person. direct: to the bot alone. mentioned: the bot is named in it. aside: to somebody else."""

    asked: Asked
    direct: bool
    mentioned: bool
    aside: bool


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that has another text now. at: the `ts` of the edit."""

    key: Key
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Deleted:
    """A message that was deleted."""

    key: Key


def read_event(event: Mapping[str, Any], me: str, team: str | None) -> Heard | Edited | Deleted | None:
    """What an event says; None for what the bot is silent on: bots, itself, joins and the like.

    me: the bot's user id. The `message` that comes beside an `app_mention` says the same, and counts for nothing.
    """
    if event.get("type") not in {"message", "app_mention"} or not event.get("channel"):
        return None
    match event.get("subtype"):
        case "message_changed":
            return _changed(event, me)
        case "message_deleted":
            return Deleted(Key(event["channel"], str(event.get("deleted_ts", ""))))
        case subtype if subtype not in _SPOKEN:
            return None
    if not _is_of_a_person(event, me):
        return None
    direct = event.get("channel_type") == "im"
    named = event["type"] == "app_mention"
    text = str(event.get("text") or "")
    if not named and not direct and mentions(text, me):
        return None
    ts = str(event["ts"])
    asked = Asked(
        key=Key(event["channel"], ts),
        thread=Thread(event["channel"], str(event.get("thread_ts") or ts)),
        team=event.get("team") or team,
        person=str(event["user"]),
        text=plain(text, me),
        edited=_edit(event),
        pane=direct and bool(event.get("thread_ts")),
    )
    return Heard(asked, direct, named, is_to_another(text, me))


def is_for_the_bot(heard: Heard, channels: Channels, *, joined: bool) -> bool:
    """Whether a message is a question to the bot. joined: whether it answered in that thread before."""
    if heard.direct:
        return True
    channel = heard.asked.key.channel
    if heard.mentioned:
        return channels.allow(channel)
    return joined and not heard.aside and channels.follow(channel)


def _changed(event: Mapping[str, Any], me: str) -> Edited | Deleted | None:
    """A change of a message: a new text, or the stone that stands for one which had answers and was deleted."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    ts = str(message.get("ts", ""))
    if message.get("subtype") == "tombstone":
        return Deleted(Key(event["channel"], ts))
    at = _edit(message)
    if message.get("subtype") not in _SPOKEN or not _is_of_a_person(message, me) or not at:
        return None
    if message.get("text") == before.get("text") or _apart(at, ts) > EDIT_S:
        return None
    return Edited(Key(event["channel"], ts), plain(str(message.get("text") or ""), me), at)


def _is_of_a_person(message: Mapping[str, Any], me: str) -> bool:
    user = message.get("user")
    return bool(user and message.get("ts")) and user not in {me, "USLACKBOT"} and not message.get("bot_id")


def _edit(message: Mapping[str, Any]) -> str:
    return str((message.get("edited") or {}).get("ts", ""))


def _apart(later: str, earlier: str) -> float:
    """The seconds between two `ts`; infinitely many where one is none."""
    try:
        return float(later) - float(earlier)
    except ValueError:
        return math.inf
