"""From a question in Slack to its answer there: asked of the service, said once, whatever becomes of it meanwhile.

A question that is edited while it is answered is asked anew, and one that is deleted is not answered; both are found in
the store before anything is said, since another process may have heard of it.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakValueDictionary

import aiohttp
from slack_sdk.errors import SlackApiError

from clients.errors import BotStoreError, ClientError
from clients.slack.blocks import answer_messages, said
from clients.slack.complaints import refusal
from clients.slack.delivered import Delivered
from clients.slack.failures import BROKEN, EMPTY, told
from clients.slack.records import Asked, Kept, Key, Thread
from clients.slack.reply import PrivateReply, Reply, Telling, ThreadReply
from clients.slack.service import Service
from clients.slack.threads import Threads
from clients.slack.voice import Voice
from qa.errors import AnswerNotFoundError, BadQuestionError, ConversationFullError, ConversationNotFoundError, QAError
from qa.records import Answer, Request
from vectorstore.errors import VectorstoreError

_log = logging.getLogger(__name__)

_FAILED = (QAError, VectorstoreError, ClientError)
_UNHEARD = (SlackApiError, aiohttp.ClientError, TimeoutError, BotStoreError)


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be said, and where the service keeps it."""

    telling: Telling
    conversation: str | None = None
    answer: str | None = None


@dataclass(slots=True)
class _Running:
    """A question that is being answered. stop: its text is not what is to be answered any more."""

    stop: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None


class Answering:
    """Answers questions, each in a task of its own; those of one person in one thread one after the other."""

    def __init__(self, store: Delivered, service: Service, threads: Threads, voice: Voice) -> None:
        self._store = store
        self._service = service
        self._threads = threads
        self._voice = voice
        self._running: dict[Key, _Running] = {}
        self._turns: WeakValueDictionary[tuple[Thread, str], asyncio.Lock] = WeakValueDictionary()
        self._asides: set[asyncio.Future[Any]] = set()

    def start(self, kept: Kept) -> None:
        """Answer a question that this process has taken."""
        running = self._running[kept.asked.key] = _Running()
        running.task = asyncio.create_task(self._run(kept, running))
        running.task.add_done_callback(lambda _: self._forget(kept.asked.key, running))

    def stop(self, key: Key) -> None:
        """Look again what is to be answered: the question was edited or deleted."""
        if running := self._running.get(key):
            running.stop.set()

    async def finish(self, within_s: float) -> list[Key]:
        """Wait for the answers under way, and give up what takes longer: the questions that were given up."""
        tasks = {running.task: key for key, running in self._running.items() if running.task is not None}
        if not tasks:
            return []
        _, late = await asyncio.wait(tasks, timeout=within_s)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return [tasks[task] for task in late]

    def _forget(self, key: Key, running: _Running) -> None:
        if self._running.get(key) is running:
            del self._running[key]

    async def _run(self, kept: Kept, running: _Running) -> None:
        asked = kept.asked
        reply: Reply = (
            PrivateReply(kept, self._voice) if asked.response_url else ThreadReply(kept, self._voice, self._store)
        )
        turn = self._turns.setdefault((asked.thread, asked.person), asyncio.Lock())
        try:
            await reply.working()
            async with turn:
                await self._take_back(kept.conversation, kept.answer)
                again: Asked | None = asked
                while again is not None:
                    asked = again
                    again = await self._once(asked, reply, running)
        except _UNHEARD as error:
            await self._give_up(asked, error)
        except Exception:  # noqa: BLE001 - the last resort: nobody must wait for ever
            _log.exception("Something unforeseen went wrong with a question. Please report it.")
            await self._say_it_broke(asked, reply)
        finally:
            await reply.settle()

    async def _once(self, asked: Asked, reply: Reply, running: _Running) -> Asked | None:
        """Answer a text of a question: None when all is said, else the question with another text."""
        running.stop.clear()
        answered = await self._told(asked, reply, running.stop)
        now = await asyncio.to_thread(self._store.find, asked.key)
        if now is not None and answered is not None and not now.withdrawn and now.asked.edited == asked.edited:
            await reply.say(asked, answered.telling)
            now = await asyncio.to_thread(self._store.finish, asked, answered.conversation, answered.answer)
        if now is None:
            return None
        if answered is not None:
            await self._take_back(answered.conversation, answered.answer)
        if not now.withdrawn:
            return now.asked
        await reply.withdraw()
        await asyncio.to_thread(self._store.drop, asked.key)
        return None

    async def _told(self, asked: Asked, reply: Reply, stop: asyncio.Event) -> Told | None:
        """What is to be said to a question: its answer, or in a line why there is none; None where it was stopped."""
        if not asked.text:
            return Told(lambda _: [said(EMPTY)])
        try:
            answer = await self._answer(asked, reply, stop)
        except _FAILED as error:
            if not isinstance(error, BadQuestionError):
                _log.warning("A question could not be answered: %s", error)
            line = told(error)
            return Told(lambda _: [said(line)])
        if answer is None:
            return None
        return Told(lambda offered: answer_messages(answer, offered), answer.conversation_id, answer.id)

    async def _answer(self, asked: Asked, reply: Reply, stop: asyncio.Event) -> Answer | None:
        conversation = await self._threads.conversation(asked.thread)
        try:
            return await self._in_conversation(asked, conversation, reply, stop)
        except (ConversationFullError, ConversationNotFoundError):
            conversation = await self._threads.conversation(asked.thread, instead_of=conversation)
            return await self._in_conversation(asked, conversation, reply, stop)

    async def _in_conversation(
        self, asked: Asked, conversation: str, reply: Reply, stop: asyncio.Event
    ) -> Answer | None:
        """The answer; None once `stop` is set: then it is taken back when it comes."""
        request = Request(asked.text, conversation_id=conversation, asker=asked.person)
        shown, given_up = _Shown(reply.show), threading.Event()
        asking = asyncio.ensure_future(self._service.ask(request, shown.add, given_up))
        stopped = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait({asking, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            await shown.end()
            if not asking.done():
                given_up.set()
                self._asides.add(asking)
                asking.add_done_callback(self._unwanted)
        return await asking if asking.done() else None

    def _unwanted(self, asking: "asyncio.Future[Answer]") -> None:
        """Take back an answer that came after nobody waited for it any more."""
        self._asides.discard(asking)
        if not asking.cancelled() and asking.exception() is None:
            answer = asking.result()
            aside = asyncio.ensure_future(self._take_back(answer.conversation_id, answer.id))
            self._asides.add(aside)
            aside.add_done_callback(self._asides.discard)

    async def _take_back(self, conversation: str | None, answer: str | None) -> None:
        """Have a conversation forget an answer that doesn't count any more."""
        if conversation is None or answer is None:
            return
        try:
            await self._service.call(lambda client: client.take_back(conversation, answer))
        except (AnswerNotFoundError, ConversationNotFoundError):
            return
        except _FAILED as error:
            _log.warning("An answer could not be taken back: %s", error)

    async def _give_up(self, asked: Asked, error: Exception) -> None:
        """Nothing can be said: leave it at that, and tell who runs the bot why."""
        why = refusal(error, "an answer") if isinstance(error, SlackApiError) else f"{type(error).__name__}: {error}"
        _log.warning("A question in %s is left without an answer. %s", asked.key.channel, why)
        if not isinstance(error, BotStoreError):
            await asyncio.to_thread(self._store.drop, asked.key)

    async def _say_it_broke(self, asked: Asked, reply: Reply) -> None:
        with suppress(*_UNHEARD):
            await reply.say(asked, lambda _: [said(BROKEN)])
            await asyncio.to_thread(self._store.drop, asked.key)


class _Shown:
    """What a model has written, shown by one task: a piece that comes while Slack takes its time is shown later."""

    def __init__(self, show: Callable[[str], Awaitable[None]]) -> None:
        self._show = show
        self._text = ""
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    def add(self, delta: str) -> None:
        """More of the text."""
        self._text += delta
        if not self._ended and (self._task is None or self._task.done()):
            self._task = asyncio.ensure_future(self._show_all())

    async def end(self) -> None:
        """Show nothing more."""
        self._ended = True
        if self._task is not None:
            await self._task

    async def _show_all(self) -> None:
        with suppress(*_UNHEARD):  # what is wrong will be told where the answer can't be said
            await self._show(self._text)
