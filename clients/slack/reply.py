"""Where a question is answered: in its thread, in one message that is updated, or to the person alone."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_chat_stream import AsyncChatStream

from clients.slack.blocks import Message, provisional
from clients.slack.buttons import Offered
from clients.slack.complaints import error_of
from clients.slack.delivered import Delivered
from clients.slack.escaping import markdown
from clients.slack.records import Asked, Kept
from clients.slack.splitting import MAX_SECTION, pieces
from clients.slack.voice import WORKING, About, Voice

Telling = Callable[[Offered], Sequence[Message]]
"""What is said, by what may be offered with it."""

_BAD_BLOCKS = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"}
_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_NO_STREAMS = {"unknown_method", "not_allowed", "not_allowed_token_type", "method_deprecated"}
"""What a workspace answers that takes no streams at all; other errors are of one thread."""


class Reply(Protocol):
    """What is done about one question in Slack. Raises SlackApiError, or aiohttp's error where Slack is gone."""

    async def working(self) -> None:
        """Show that the question is being answered."""

    async def show(self, text: str) -> None:
        """Show what a model has written so far, if it is time to."""

    async def say(self, asked: Asked, telling: Telling) -> None:
        """Say the last word: it takes the place of all that was shown."""

    async def withdraw(self) -> None:
        """Take away what was shown."""

    async def settle(self) -> None:
        """Show no longer that the question is being answered."""


class ThreadReply:
    """A `Reply` in the question's thread. What it posts is remembered in the store, for who takes over."""

    def __init__(self, kept: Kept, voice: Voice, store: Delivered) -> None:
        self._asked = kept.asked
        self._replies = kept.replies
        self._voice = voice
        self._store = store
        self._stream: AsyncChatStream | None = None
        self._streamed = 0
        self._has_status = False

    async def working(self) -> None:
        """A status where Slack shows one, else a reaction."""
        if self._asked.pane:
            self._has_status = await self._voice.status(self._asked.thread, WORKING)
        if not self._has_status:
            await self._voice.react(self._asked, on=True)

    async def show(self, text: str) -> None:
        """As a stream where the workspace takes them, else in a message that is updated; once a second at most."""
        if self._replies and self._voice.rests(self._replies[0]):
            return
        if self._voice.streams and not self._replies and self._stream is None:
            self._stream = await self._voice.stream(self._asked)
        if self._stream is not None:
            try:
                await self._append(self._stream, text)
            except SlackApiError as error:
                self._end_stream(error)
            except (aiohttp.ClientError, TimeoutError):
                self._stream = None
        if self._stream is None:
            await self._place(self._asked, [provisional(text)], final=False)

    async def say(self, asked: Asked, telling: Telling) -> None:
        """The answer, in the place of what was shown; with older elements where the workspace refuses newer ones."""
        if self._stream is not None:
            try:
                await self._stream.stop()
            except (SlackApiError, aiohttp.ClientError, TimeoutError):
                self._stream = None  # it ended by itself, after minutes of silence
        try:
            await self._place(asked, telling(Offered(plain=self._voice.plain)), final=True)
        except SlackApiError as error:
            if error_of(error) not in _BAD_BLOCKS:
                raise
            await self._say_plainly(asked, telling)

    async def withdraw(self) -> None:
        """Delete what was shown."""
        for ts in self._replies:
            await self._voice.delete(self._asked.thread.channel, ts)

    async def settle(self) -> None:
        """Slack itself takes a status away once something is said; where nothing is, it stays."""
        if self._has_status:
            await self._voice.status(self._asked.thread, "")
        else:
            await self._voice.react(self._asked, on=False)

    async def _append(self, stream: AsyncChatStream, text: str) -> None:
        begins = "" if self._streamed else "_Not checked yet:_ "
        for piece in pieces(text[self._streamed :], MAX_SECTION)[:1]:
            await stream.append(markdown_text=f"{begins}{markdown(piece)}")
            self._streamed += len(piece)
        if stream.ts:
            self._voice.changed(stream.ts)
            await self._remember((stream.ts,))

    def _end_stream(self, error: SlackApiError) -> None:
        self._stream = None
        if error_of(error) in _NO_STREAMS:
            self._voice.streams = False
        self._voice.complaints.tell(error, "a stream; answers are posted and updated instead")

    async def _say_plainly(self, asked: Asked, telling: Telling) -> None:
        try:
            await self._place(asked, telling(Offered(plain=True)), final=True)
            self._voice.plain = True
        except SlackApiError as error:
            if error_of(error) not in _BAD_BLOCKS:
                raise
            self._voice.complaints.tell(error, "the blocks of an answer; its words alone were sent")
            await self._place(asked, [Message(one.text) for one in telling(Offered(plain=True))], final=True)

    async def _place(self, asked: Asked, messages: Sequence[Message], *, final: bool) -> None:
        """Have the messages stand in the thread: those that are there are updated, the others posted or deleted."""
        thread = asked.thread
        for number, message in enumerate(messages):
            about = About(asked, final, number + 1)
            if number < len(self._replies):
                try:
                    await self._voice.update(thread.channel, self._replies[number], message, about)
                    continue
                except SlackApiError as error:
                    if error_of(error) not in _GONE:
                        raise
            posted = await self._voice.post(thread, message, about)
            await self._remember((*self._replies[:number], posted, *self._replies[number + 1 :]))
        for ts in self._replies[len(messages) :]:
            await self._voice.delete(thread.channel, ts)
        await self._remember(self._replies[: len(messages)])

    async def _remember(self, replies: tuple[str, ...]) -> None:
        if replies != self._replies:
            self._replies = replies
            await asyncio.to_thread(self._store.replying, self._asked.key, replies)


class PrivateReply:
    """A `Reply` to a slash command, which only the one who typed it sees. That it works was said with the receipt."""

    def __init__(self, kept: Kept, voice: Voice) -> None:
        self._asked = kept.asked
        self._voice = voice

    async def working(self) -> None:
        """Was said."""

    async def show(self, text: str) -> None:
        """Nothing: Slack takes five messages at most."""

    async def say(self, asked: Asked, telling: Telling) -> None:
        """The answer, in the place of the receipt; with older elements, then words alone, where others are refused."""
        url, thread = asked.response_url or "", asked.thread.ts
        offers = [Offered(plain=self._voice.plain, private=thread), Offered(plain=True, private=thread)]
        for offered in offers:
            if await self._sent(url, telling(offered)):
                self._voice.plain = offered.plain
                return
        if not await self._sent(url, [Message(one.text) for one in telling(offers[-1])]):
            raise aiohttp.ClientError

    async def withdraw(self) -> None:
        """Can't happen: a command is no message."""

    async def settle(self) -> None:
        """The answer took the receipt's place."""

    async def _sent(self, url: str, messages: Sequence[Message]) -> bool:
        first, *others = messages
        if not await self._voice.answer_privately(url, first):
            return False
        for message in others:
            await self._voice.answer_privately(url, message, replace=False)
        return True
