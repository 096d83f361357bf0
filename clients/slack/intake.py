"""Where messages come in. A question is in the store before Slack is told that it has arrived, so that none is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.response import BoltResponse

from clients.slack.asking import Answering
from clients.slack.blocks import said
from clients.slack.channels import Channels
from clients.slack.delivered import Delivered
from clients.slack.events import Deleted, Edited, Heard, is_for_the_bot, read_event
from clients.slack.failures import NOT_HERE
from clients.slack.records import Kept
from clients.slack.voice import Voice

TAKEN = "asked"
"""Under which name a question goes on to the listeners."""

ARRIVED = BoltResponse(status=200, body="")


class Intake:
    """A middleware of Bolt: takes questions, edits and deletions out of the events, and lets a new question go on."""

    def __init__(self, store: Delivered, answering: Answering, voice: Voice, channels: Channels) -> None:
        self._store = store
        self._answering = answering
        self._voice = voice
        self._channels = channels
        self._asides: set[asyncio.Task[None]] = set()

    async def __call__(
        self, body: dict[str, Any], context: AsyncBoltContext, next_: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse | None:
        """Let everything go on but messages that are no new question to the bot. Raises BotStoreError."""
        event = body.get("event") or {}
        if body.get("type") != "event_callback" or event.get("type") not in {"message", "app_mention"}:
            return await next_()
        match read_event(event, self._voice.me, body.get("team_id")):
            case Heard() as heard if await self._is_new(heard):
                context[TAKEN] = heard.asked
                return await next_()
            case Edited(key, text, at):
                kept = await asyncio.to_thread(self._store.edit, key, text, at)
                if kept is None:
                    self._answering.stop(key)
                else:
                    self._answering.start(kept)
            case Deleted(key):
                await asyncio.to_thread(self._store.withdraw, key)
                self._answering.stop(key)
        return ARRIVED

    async def _is_new(self, heard: Heard) -> bool:
        """Whether a message is a question that is this process's to answer."""
        joined = await asyncio.to_thread(self._store.has_joined, heard.asked.thread)
        if is_for_the_bot(heard, self._channels, joined=joined):
            return await asyncio.to_thread(self._store.take, heard.asked)
        if heard.mentioned and await asyncio.to_thread(self._store.once, f"refused {heard.asked.key}"):
            aside = asyncio.create_task(self._voice.whisper(heard.asked.thread, heard.asked.person, said(NOT_HERE)))
            self._asides.add(aside)
            aside.add_done_callback(self._asides.discard)
        return False


def taken(context: AsyncBoltContext) -> Kept:
    """The question that the middleware has let go on."""
    return Kept(context[TAKEN])
