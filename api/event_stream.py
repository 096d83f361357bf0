"""An answer as server-sent events: the evidence, the text as it comes, and the answer that counts; or an error."""

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Protocol

import anyio
import anyio.from_thread
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import TypeAdapter
from starlette.types import Receive, Scope, Send

from api.dependencies import Workers
from api.errors import problem_of
from api.leaving import watch
from api.schemas import EvidenceOut, TextOut
from qa.events import AnswerEvent, Event, EvidenceEvent, TextEvent
from qa.records import Answer

log = logging.getLogger(__name__)

HEARTBEAT_S = 15.0
"""Silence after which a comment is sent, so that no proxy takes the connection for dead."""
STALLED_S = 30.0
"""How long a client may take to read what was sent. One that never reads must not hold a worker for ever."""
_AHEAD = 16  # events that the engine may be ahead of the client

_ANSWER = TypeAdapter(Answer)

Events = Callable[[threading.Event], Generator[Event, None, None]]


class EventStream(EventSourceResponse):
    """The response that sends an engine's events. Every stream ends with `answer` or `error`; one that doesn't was cut.

    The status waits for the first event, so what fails before it is raised here, and answered like any other error.
    When the client goes, what is under way is given up, and the worker is free again.
    events: opens the engine's stream, which ends early once what it is given is set. encoder: how events are put on the
    wire; see `Encoder`.
    """

    def __init__(self, events: Events, workers: Workers, encoder: "Encoder | None" = None) -> None:
        # The last header is for nginx, which would keep events back to fill a buffer.
        super().__init__((), headers={"Cache-Control": "no-cache", "X-Accel-Buffering": "no"})
        self._events = events
        self._workers = workers
        self._encoder = encoder or AnswerEncoder()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Send the events. Raises what the engine raises before the first of them."""
        cancelled = threading.Event()
        failure: Exception | None = None
        sender, receiver = anyio.create_memory_object_stream[bytes | Exception](_AHEAD)
        async with anyio.create_task_group() as tasks, receiver:
            tasks.start_soon(self._produce, sender, cancelled)
            tasks.start_soon(watch, receive, cancelled, tasks.cancel_scope)
            try:
                first = await receiver.receive()
                if isinstance(first, Exception):
                    failure = first
                else:
                    await self._send(first, receiver, send)
            except (anyio.EndOfStream, OSError):  # OSError: the client is gone, or (TimeoutError) doesn't read
                log.info("A stream ended before its answer.")
            finally:
                cancelled.set()
                tasks.cancel_scope.cancel()
        if failure is not None:
            raise failure

    async def _produce(self, sender: MemoryObjectSendStream[bytes | Exception], cancelled: threading.Event) -> None:
        """Run the engine in a worker; what it raises is handed over like an event."""
        async with sender:
            try:
                await self._workers.run(_pump, self._events, self._encoder, sender, cancelled)
            except Exception as error:  # noqa: BLE001 - it is raised or told where the events are sent
                await sender.send(error)

    async def _send(self, first: bytes, receiver: MemoryObjectReceiveStream[bytes | Exception], send: Send) -> None:
        """Send the first event and all others; what fails from here on is an event, too."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        item: bytes | Exception | None = first
        while item is not None:
            body = self._encoder.error(item) if isinstance(item, Exception) else item
            with anyio.fail_after(STALLED_S):
                await send({"type": "http.response.body", "body": body, "more_body": True})
            item = await _next(receiver)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class Encoder(Protocol):
    """How a door puts an answer's events on the wire. One is made for each stream, so it may keep what it has sent."""

    def event(self, event: Event) -> bytes:
        """An event as it is sent; no bytes where this door has none for it."""

    def error(self, error: Exception) -> bytes:
        """What is sent where an error ends the stream."""


class AnswerEncoder:
    """The events of POST /ask. JSON spells a line break as an escape, so that each is one line of data."""

    def event(self, event: Event) -> bytes:
        """The event under its name."""
        match event:
            case EvidenceEvent(sources):
                return _event("evidence", EvidenceOut.of(sources).model_dump_json())
            case TextEvent(delta):
                return _event("text", TextOut(delta=delta).model_dump_json())
            case AnswerEvent(answer):
                return _event("answer", _ANSWER.dump_json(answer).decode())

    def error(self, error: Exception) -> bytes:
        """The problem that it stands for."""
        return _event("error", problem_of(error).model_dump_json(exclude_none=True))


def _event(name: str, data: str) -> bytes:
    return format_sse_event(event=name, data_str=data)


async def _next(receiver: MemoryObjectReceiveStream[bytes | Exception]) -> bytes | Exception | None:
    """The next event, or a sign of life where there is none for a while; None at the end."""
    with anyio.move_on_after(HEARTBEAT_S):
        return await anext(receiver, None)
    return KEEPALIVE_COMMENT


def _pump(
    events: Events, encoder: Encoder, sender: MemoryObjectSendStream[bytes | Exception], cancelled: threading.Event
) -> None:
    """In a worker: hand each event over, as fast as the client reads. A client that is gone raises here."""
    with closing(events(cancelled)) as stream:
        for event in stream:
            if sent := encoder.event(event):
                anyio.from_thread.run(sender.send, sent)
