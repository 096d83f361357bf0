"""What the bot does in Slack: it posts, updates, deletes, streams and shows that it works.

A message is posted once. Where nobody knows whether Slack took it (it failed on the way back), the thread is looked
through before it is posted again: each message carries the question that it answers as its metadata.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_chat_stream import AsyncChatStream
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from clients.slack.blocks import Message
from clients.slack.complaints import Complaints, error_of, status_of
from clients.slack.records import Asked, Thread

EVENT = "dateline_answer"
WORKING = "is looking through the articles…"
REACTION = "eyes"
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Between the tries of a call that Slack has not answered."""
APART_S = 1.0
"""Between two changes of a message."""

_PAGE = 200
_REMEMBERED = 1_000  # messages that were changed just before
_FLEETING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A message of the bot. final: it holds an answer, or why there is none; else it is still to come.

    edited: of which edit of the question.
    """

    ts: str
    final: bool
    edited: str


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about, as it carries it. part: 1 for the first of a long answer."""

    asked: Asked
    final: bool
    part: int = 1

    def metadata(self) -> dict[str, Any]:
        """As Slack keeps it."""
        about = {"question": self.asked.key.ts, "edited": self.asked.edited, "final": self.final, "part": self.part}
        return {"event_type": EVENT, "event_payload": about}


class Voice:
    """The bot's voice in a workspace.

    me: its user id. plain: older elements only, once the workspace has refused newer ones. streams: whether it takes
    streams, as far as is known.
    """

    def __init__(self, client: AsyncWebClient, me: str) -> None:
        self.me = me
        self.plain = False
        self.streams = True
        self.complaints = Complaints()
        self._client = client
        self._changed: OrderedDict[str, float] = OrderedDict()

    def changed(self, ts: str) -> None:
        """Remember that a message was changed just now."""
        self._changed[ts] = time.monotonic()
        if len(self._changed) > _REMEMBERED:
            self._changed.popitem(last=False)

    def rests(self, ts: str) -> float:
        """Seconds until a message may be changed again."""
        return max(0.0, self._changed.get(ts, 0.0) + APART_S - time.monotonic())

    async def post(self, thread: Thread, message: Message, about: About) -> str:
        """Post a message in a thread, once: its `ts`. Raises SlackApiError, or aiohttp's error where Slack is gone."""
        for pause in (*PAUSES_S, None):
            try:
                posted = await self._client.chat_postMessage(
                    channel=thread.channel,
                    thread_ts=thread.ts,
                    metadata=about.metadata(),
                    unfurl_links=False,
                    unfurl_media=False,
                    **_content(message),
                )
                self.changed(str(posted["ts"]))
                return str(posted["ts"])
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                if pause is None or not _is_fleeting(error):
                    raise
            await asyncio.sleep(pause)
            if found := await self._surely(lambda: self.find(about.asked, about.part)):
                return found.ts
        raise AssertionError  # the last try returns or raises

    async def update(self, channel: str, ts: str, message: Message, about: About) -> None:
        """Put a message in the place of another, once it may be changed again. Raises as `post` does."""
        await asyncio.sleep(self.rests(ts))
        await self._surely(
            lambda: self._client.chat_update(
                channel=channel, ts=ts, metadata=about.metadata(), **_content(message, keep_blocks=False)
            )
        )
        self.changed(ts)

    async def delete(self, channel: str, ts: str) -> None:
        """Take a message of the bot's away; one that is gone already is no error."""
        try:
            await self._surely(lambda: self._client.chat_delete(channel=channel, ts=ts))
        except SlackApiError as error:
            if error_of(error) != "message_not_found":
                raise

    async def stream(self, asked: Asked) -> AsyncChatStream:
        """A stream in the thread of a question; it begins with what is first appended."""
        return await self._client.chat_stream(
            buffer_size=1,
            channel=asked.thread.channel,
            thread_ts=asked.thread.ts,
            recipient_team_id=asked.team,
            recipient_user_id=asked.person,
        )

    async def find(self, asked: Asked, part: int = 1) -> Said | None:
        """The message that answers a question, or is about to. Raises SlackApiError."""
        cursor: str | None = None
        while True:
            page = await self._client.conversations_replies(
                channel=asked.thread.channel,
                ts=asked.thread.ts,
                oldest=asked.key.message,
                inclusive=True,
                include_all_metadata=True,
                limit=_PAGE,
                cursor=cursor,
            )
            for one in page["messages"]:
                about = one.get("metadata") or {}
                told = about.get("event_payload") or {}
                if about.get("event_type") == EVENT and (told.get("question"), told.get("part")) == (
                    asked.key.ts,
                    part,
                ):
                    return Said(str(one["ts"]), bool(told.get("final")), str(told.get("edited", "")))
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None

    async def whisper(self, thread: Thread, person: str, message: Message) -> None:
        """Tell one person something in a thread. Whether it was taken is not asked."""
        await self._in_passing(
            "an ephemeral message",
            self._client.chat_postEphemeral(
                channel=thread.channel, user=person, thread_ts=thread.ts, **_content(message)
            ),
        )

    async def answer_privately(self, url: str, message: Message, *, replace: bool = True, public: bool = False) -> bool:
        """Answer where a command or a button says: whether Slack took it.

        replace: in the place of the message that stands there. public: to the channel.
        """
        webhook = AsyncWebhookClient(url, session=self._client.session, retry_handlers=self._client.retry_handlers)
        body: dict[str, Any] = {
            "response_type": "in_channel" if public else "ephemeral",
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
            "text": message.text,
        }
        if message.blocks:
            body["blocks"] = list(message.blocks)
        for pause in (*PAUSES_S, None):
            try:
                sent = await webhook.send_dict(body)
            except (aiohttp.ClientError, TimeoutError):
                if pause is None:
                    return False
            else:
                if sent.status_code < 500 or pause is None:
                    return sent.status_code == 200
            await asyncio.sleep(pause)
        return False

    async def react(self, asked: Asked, *, on: bool) -> None:
        """Mark a question as being answered, or not any more; a suggestion that was chosen is nobody's message."""
        if asked.key.is_choice:
            return
        change = self._client.reactions_add if on else self._client.reactions_remove
        await self._in_passing("a reaction", change(channel=asked.key.channel, timestamp=asked.key.ts, name=REACTION))

    async def status(self, thread: Thread, status: str) -> bool:
        """Show a status in a thread, "" for none: whether Slack shows it."""
        return await self._in_passing(
            "a status",
            self._client.assistant_threads_setStatus(channel_id=thread.channel, thread_ts=thread.ts, status=status),
        )

    async def _in_passing(self, doing: str, call: Awaitable[object]) -> bool:
        """A call that an answer doesn't depend on: whether it was taken. What is refused is told in the log."""
        try:
            await call
        except SlackApiError as error:
            self.complaints.tell(error, doing)
            return False
        except (aiohttp.ClientError, TimeoutError):
            return False
        return True

    async def _surely(self, call: Callable[[], Awaitable[T]]) -> T:
        """The result of a call that may be made twice."""
        for pause in PAUSES_S:
            try:
                return await call()
            except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
                if not _is_fleeting(error):
                    raise
            await asyncio.sleep(pause)
        return await call()


def _content(message: Message, *, keep_blocks: bool = True) -> dict[str, Any]:
    """The arguments for what a message says. keep_blocks: False where those that stand there are to go."""
    content: dict[str, Any] = {"text": message.text, "parse": "none", "link_names": False}
    if message.blocks or not keep_blocks:
        content["blocks"] = list(message.blocks)
    return content


def _is_fleeting(error: Exception) -> bool:
    """Whether the same call may succeed later: Slack failed, or wasn't reached, and didn't refuse."""
    if isinstance(error, SlackApiError):
        return status_of(error) >= 500 or error_of(error) in _FLEETING
    return True
