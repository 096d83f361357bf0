"""What a process has left open that is gone: each person is told, once, that the answer was cut off.

The process may have answered, and ended before it could say so in the store. So the thread is looked at first.
"""

import asyncio
import logging
import time

import aiohttp
from slack_sdk.errors import SlackApiError

from clients.errors import BotStoreError
from clients.slack.asking import Answering
from clients.slack.blocks import said
from clients.slack.complaints import refusal
from clients.slack.delivered import Delivered
from clients.slack.failures import CUT_OFF, PRIVATELY_CUT_OFF
from clients.slack.presence import Presence
from clients.slack.records import Kept
from clients.slack.voice import About, Voice

EVERY_S = 5.0
PRUNE_S = 3_600.0
"""Between two looks at what others have left, and between two cleanings of the store."""

_log = logging.getLogger(__name__)


class Recovery:
    """Looks after the questions of processes that are gone."""

    def __init__(self, store: Delivered, presence: Presence, voice: Voice, answering: Answering) -> None:
        self._store = store
        self._presence = presence
        self._voice = voice
        self._answering = answering
        self._untold: list[Kept] = []

    async def keep_looking(self) -> None:
        """Look, now and again, until cancelled."""
        prune_at = 0.0
        while True:
            try:
                if time.monotonic() >= prune_at:
                    await asyncio.to_thread(self._store.prune)
                    prune_at = time.monotonic() + PRUNE_S
                await self.look()
            except (BotStoreError, OSError) as error:
                _log.warning("%s", error)
            await asyncio.sleep(EVERY_S)

    async def look(self) -> None:
        """Take over what is left open by processes that are gone, and tell the people."""
        untold, self._untold = self._untold, []
        for kept in untold:
            await self.cut_off(kept)
        for owner, kept in await asyncio.to_thread(self._store.left_open):
            if self._presence.is_gone(owner) and await asyncio.to_thread(self._store.adopt, kept.asked.key, owner):
                self._presence.forget(owner)
                await self.cut_off(kept)

    async def cut_off(self, kept: Kept) -> None:
        """Tell that the answer to a question of this process was cut off, unless it stands there after all."""
        asked = kept.asked
        try:
            if kept.withdrawn:
                for ts in kept.replies:
                    await self._voice.delete(asked.thread.channel, ts)
            elif asked.response_url:
                await self._voice.answer_privately(asked.response_url, said(PRIVATELY_CUT_OFF), replace=False)
            else:
                await self._tell(kept)
                await self._voice.react(asked, on=False)
        except SlackApiError as error:
            _log.warning("A question in %s is left without an answer. %s", asked.key.channel, refusal(error, "a line"))
        except (aiohttp.ClientError, TimeoutError) as error:
            _log.warning("Slack can't be reached (%s): what was cut off is told later.", type(error).__name__)
            self._untold.append(kept)
            return
        now = await asyncio.to_thread(self._store.finish, asked)
        if now is not None and now.withdrawn:
            await asyncio.to_thread(self._store.drop, asked.key)
        elif now is not None:
            self._answering.start(now)

    async def _tell(self, kept: Kept) -> None:
        asked = kept.asked
        found = await self._voice.find(asked)
        if found is not None and found.final and found.edited == asked.edited:
            return
        standing = found.ts if found is not None else (kept.replies[0] if kept.replies else None)
        if standing is None:
            await self._voice.post(asked.thread, said(CUT_OFF), About(asked, final=True))
        else:
            await self._voice.update(asked.thread.channel, standing, said(CUT_OFF), About(asked, final=True))
