"""The slash command: a question whose answer only the one who typed it sees."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck

from clients.slack.asking import Answering
from clients.slack.channels import Channels
from clients.slack.delivered import Delivered
from clients.slack.failures import EMPTY, NOT_HERE
from clients.slack.plain import plain
from clients.slack.records import Asked, Kept, Key, Thread
from clients.slack.voice import Voice

RECEIPT = "Looking through the articles…"


class Command:
    """A listener of Bolt for /ask."""

    def __init__(self, store: Delivered, answering: Answering, voice: Voice, channels: Channels) -> None:
        self._store = store
        self._answering = answering
        self._voice = voice
        self._channels = channels

    async def __call__(self, command: dict[str, Any], ack: AsyncAck) -> None:
        """Take the question, say so, and answer it. Raises BotStoreError."""
        channel, ts = str(command["channel_id"]), str(command["trigger_id"])
        asked = Asked(
            key=Key(channel, ts),
            thread=Thread(channel, ts),
            team=command.get("team_id"),
            person=str(command["user_id"]),
            text=plain(str(command.get("text") or ""), self._voice.me),
            response_url=str(command["response_url"]),
        )
        if not self._channels.allow(channel):
            await ack(NOT_HERE)
        elif not asked.text:
            await ack(EMPTY)
        elif await asyncio.to_thread(self._store.take, asked):
            await ack(RECEIPT)
            self._answering.start(Kept(asked))
        else:
            await ack()
