"""What the buttons under an answer do."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from clients.errors import ClientError
from clients.slack.asking import Answering
from clients.slack.blocks import Message, answer_messages, said, source_blocks
from clients.slack.buttons import IN_THREAD, AnswerKey, Offered
from clients.slack.channels import Channels
from clients.slack.delivered import Delivered
from clients.slack.failures import NOT_HERE, told
from clients.slack.records import Asked, Kept, Key, Thread
from clients.slack.rich import paragraph, rich_text
from clients.slack.service import Service
from clients.slack.voice import Voice
from clients.visible import line
from qa.errors import AnswerNotFoundError, QAError
from qa.records import Answer
from vectorstore.errors import VectorstoreError

Body = dict[str, Any]

THANKS = "Thank you, that is noted."
FORGOTTEN = "That answer is not kept any more."
SHARED = "This answer was shared already."

_FAILED = (QAError, VectorstoreError, ClientError)


class Actions:
    """Listeners of Bolt for the buttons. Each acknowledges at once, and tells the person alone what went wrong."""

    def __init__(
        self, store: Delivered, service: Service, answering: Answering, voice: Voice, client: AsyncWebClient,
        channels: Channels,
    ) -> None:  # fmt: skip
        self._store = store
        self._service = service
        self._answering = answering
        self._voice = voice
        self._client = client
        self._channels = channels

    async def judge(self, body: Body, ack: Callable[[], Awaitable[object]]) -> None:
        """Keep what a person thinks of an answer."""
        await ack()
        verdict, _, answer = str(body["actions"][0]["value"]).partition(":")
        person = str(body["user"]["id"])
        try:
            await self._service.call(
                lambda client: client.judge(answer, "up" if verdict == "up" else "down", asker=person)
            )
            await self._tell(body, THANKS)
        except _FAILED as error:
            await self._tell(body, _why_not(error))

    async def show_sources(self, body: Body, ack: Callable[[], Awaitable[object]]) -> None:
        """Show each source of an answer with its place, in a window of the person's own."""
        await ack()
        opened = await self._open(body)
        if opened is None:
            return
        try:
            blocks = source_blocks(await self._answer(body))
        except _FAILED as error:
            blocks = [block.to_dict() for block, _ in rich_text([paragraph(_why_not(error))])]
        try:
            await self._client.views_update(view_id=opened, view=_window(blocks))
        except SlackApiError as error:
            self._voice.complaints.tell(error, "a window")

    async def share(self, body: Body, ack: Callable[[], Awaitable[object]]) -> None:
        """Show an answer that one person was given to the channel, once."""
        await ack()
        channel, value = str(body["channel"]["id"]), str(body["actions"][0]["value"])
        if not self._channels.allow(channel):
            await self._tell(body, NOT_HERE)
            return
        try:
            answer = await self._answer(body)
        except _FAILED as error:
            await self._tell(body, _why_not(error))
            return
        if not await asyncio.to_thread(self._store.once, f"shared {value} {channel}"):
            await self._tell(body, SHARED)
            return
        asked = tuple(block.to_dict() for block, _ in rich_text([paragraph(f"Asked: {answer.question}")]))
        first, *others = answer_messages(answer, Offered(plain=self._voice.plain))
        for message in (Message(first.text, asked + first.blocks), *others):
            await self._voice.answer_privately(str(body["response_url"]), message, replace=False, public=True)

    async def suggest(self, body: Body, ack: Callable[[], Awaitable[object]]) -> None:
        """Ask what was suggested, as the person who chose it."""
        await ack()
        action, container = body["actions"][0], body["container"]
        channel, person = str(body["channel"]["id"]), str(body["user"]["id"])
        shown = str(container["message_ts"])
        block, private = str(action.get("block_id", "")), bool(container.get("is_ephemeral"))
        thread = block.removeprefix(IN_THREAD) if private else str(container.get("thread_ts") or shown)
        asked = Asked(
            key=Key.of_choice(channel, shown, str(action["action_id"]), person),
            thread=Thread(channel, thread),
            team=(body.get("team") or {}).get("id"),
            person=person,
            text=str(action["value"]),
            pane=channel.startswith("D") and bool(container.get("thread_ts")),
            response_url=str(body["response_url"]) if private else None,
        )
        if await asyncio.to_thread(self._store.take, asked):
            self._answering.start(Kept(asked))

    async def _open(self, body: Body) -> str | None:
        """Open a window at once: Slack allows it for three seconds after the click. None where Slack refuses it."""
        waiting = [block.to_dict() for block, _ in rich_text([paragraph("Looking them up…")])]
        try:
            opened = await self._client.views_open(trigger_id=body["trigger_id"], view=_window(waiting))
        except SlackApiError as error:
            self._voice.complaints.tell(error, "a window")
            return None
        return str(opened["view"]["id"])

    async def _answer(self, body: Body) -> Answer:
        """The answer under which a button stands, from its conversation."""
        key = AnswerKey.read(str(body["actions"][0]["value"]))
        kept = await self._service.call(lambda client: client.conversation(key.conversation))
        for turn in kept.turns:
            if turn.answer.id == key.answer:
                return turn.answer
        raise AnswerNotFoundError(FORGOTTEN)

    async def _tell(self, body: Body, words: str) -> None:
        """Tell the one who pressed a button something, beside the message."""
        await self._voice.answer_privately(str(body["response_url"]), said(words), replace=False)


def _why_not(error: Exception) -> str:
    return FORGOTTEN if isinstance(error, QAError) else told(error)


def _window(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    title, close = ({"type": "plain_text", "text": line(words)} for words in ("Sources", "Close"))
    return {"type": "modal", "title": title, "close": close, "blocks": blocks}
