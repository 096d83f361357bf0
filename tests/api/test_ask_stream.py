"""POST /ask as events, over a fake engine: what is sent, how it ends, and what becomes of a client that goes."""

import json
import threading
import time
from collections.abc import Awaitable, Callable, Generator
from typing import Any

import anyio
import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from starlette.types import Message

from api import event_stream
from api.dependencies import Workers
from api.event_stream import EventStream
from clients.sse import ServerEvent, read_events
from qa.errors import BadQuestionError, ModelCancelledError, ModelNotConfiguredError
from qa.events import AnswerEvent, Event, EvidenceEvent, TextEvent
from qa.records import Answer, Excerpt, Request
from tests.api.fakes import FakeEngine, answer, no_answer
from vectorstore.errors import EmbeddingError, StorageError

EVENTS = {"Accept": "text/event-stream"}
SOURCES = (
    Excerpt(
        "airlift-1f0a9c3d", 1, "The airlift\u2028ends", None, "The Example", None, "The last\nflight – “left”.", 0, 25
    ),
    Excerpt("other-00000000", 2, None, None, None, None, "15,000 people", 4, 17),
)
TOLD: list[Event | BaseException] = [
    EvidenceEvent(SOURCES),
    TextEvent("Operation\r\n Pitting"),
    TextEvent(" 15,000\u2029 [1]"),
]


def streamed(http: TestClient, **body: object) -> list[ServerEvent]:
    response = http.post("/ask", json={"question": "how many", **body}, headers=EVENTS)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    return list(read_events([response.content]))


def data(event: ServerEvent) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(event.data)
    return read


def test_evidence_text_and_the_answer(http: TestClient, engine: FakeEngine) -> None:
    engine.told, engine.replies = TOLD, [answer()]
    events = streamed(http)
    assert [event.name for event in events] == ["evidence", "text", "text", "answer"]
    sources = data(events[0])["sources"]
    assert [source["number"] for source in sources] == [1, 2]
    assert sources[0]["quote"] == SOURCES[0].quote
    assert "".join(data(event)["delta"] for event in events[1:3]) == "Operation\r\n Pitting 15,000\u2029 [1]"
    assert TypeAdapter(Answer).validate_json(events[3].data) == answer()


@pytest.mark.parametrize("reply", [answer(), no_answer(), answer(text="a\r\n\u2028b \ud7ff 🙂")])
def test_the_answer_is_what_json_gives_byte_by_byte(http: TestClient, engine: FakeEngine, reply: Answer) -> None:
    engine.replies = [reply, reply]
    (event,) = streamed(http)
    assert event.name == "answer"
    assert event.data == http.post("/ask", json={"question": "how many"}).content


def test_the_request_reaches_the_engine(http: TestClient, engine: FakeEngine) -> None:
    engine.replies = [answer()]
    streamed(http, mode="generated")
    assert engine.asked == [Request("how many", mode="generated")]


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (BadQuestionError("The question is empty."), 422, ":bad-question"),
        (ModelNotConfiguredError("No model is set."), 422, ":model-not-configured"),
        (EmbeddingError("s3cret"), 502, ":embedding-failed"),
        (StorageError("/var/s3cret"), 503, ":storage-failed"),
        (ValueError("s3cret"), 500, ":internal"),
    ],
)
def test_what_fails_before_the_first_event_has_its_status(
    http: TestClient, engine: FakeEngine, error: Exception, status: int, kind: str
) -> None:
    engine.replies = [error]
    response = http.post("/ask", json={"question": "x"}, headers=EVENTS)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert response.json()["type"].endswith(kind)
    assert "s3cret" not in response.text


def test_a_body_that_is_wrong_has_its_status(http: TestClient) -> None:
    response = http.post("/ask", json={"question": ""}, headers=EVENTS)
    assert (response.status_code, response.json()["type"]) == (422, "urn:dateline:problem:bad-question")
    assert http.post("/ask", json={"q": 1}, headers=EVENTS).status_code == 422


class Panic(BaseException):
    """As pyo3's PanicException, which is no Exception."""


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (StorageError("/var/s3cret"), 503, ":storage-failed"),
        (ValueError("s3cret"), 500, ":internal"),
        (ModelCancelledError("s3cret"), 500, ":internal"),
        (Panic("s3cret"), 500, ":internal"),
    ],
)
def test_what_fails_later_is_an_event_and_the_last_one(
    http: TestClient, engine: FakeEngine, error: BaseException, status: int, kind: str
) -> None:
    engine.told, engine.replies = [*TOLD, error], [answer()]
    events = streamed(http)
    assert [event.name for event in events] == ["evidence", "text", "text", "error"]
    problem = data(events[-1])
    assert (problem["status"], problem["retryable"]) == (status, status == 503)
    assert problem["type"].endswith(kind)
    assert b"s3cret" not in events[-1].data


def test_the_example_in_the_document_is_such_a_stream(http: TestClient) -> None:
    content = http.get("/openapi.json").json()["paths"]["/ask"]["post"]["responses"]["200"]["content"]
    assert list(content) == ["application/json", "text/event-stream"]
    events = list(read_events([content["text/event-stream"]["example"].encode()]))
    assert [event.name for event in events] == ["evidence", "text", "text", "answer"]
    assert "".join(data(event)["delta"] for event in events[1:3]) == data(events[3])["text"]
    TypeAdapter(Answer).validate_json(events[3].data)


# --- a client that goes, is slow, or waits


class Call:
    """One ASGI call of a stream: what it sent, and a client that can go.

    ends: set once the engine's stream was closed. on_send: called with each message before it is taken.
    """

    def __init__(self, told: Callable[[threading.Event], Generator[Event, None, None]]) -> None:
        self.sent: list[Message] = []
        self.ended = threading.Event()
        self.workers = Workers(1)
        self.gone: anyio.Event
        self.on_send: Callable[[Message], Awaitable[None]] | None = None
        self._told = told

    def run(self) -> None:
        started = time.monotonic()
        anyio.run(self._call)
        assert time.monotonic() - started < 3
        assert self.ended.is_set()

    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    async def _call(self) -> None:
        self.gone = anyio.Event()
        await EventStream(self._events, self.workers)({"type": "http"}, self._receive, self._send)
        # The worker is free again: there is only one.
        with anyio.fail_after(1):
            assert await self.workers.run(lambda: 7) == 7

    def _events(self, cancelled: threading.Event) -> Generator[Event, None, None]:
        try:
            yield from self._told(cancelled)
        finally:
            self.ended.set()

    async def _receive(self) -> Message:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if self.on_send:
            await self.on_send(message)
        self.sent.append(message)


def _silent(cancelled: threading.Event) -> Generator[Event, None, None]:
    """A model that says nothing until it is given up."""
    yield TextEvent("In ")
    assert cancelled.wait(5)
    raise ModelCancelledError("given up")


def test_a_client_that_goes_cancels_a_silent_model() -> None:
    call = Call(_silent)

    async def go(message: Message) -> None:
        if message.get("body"):
            call.gone.set()

    call.on_send = go
    call.run()
    assert call.body() == b'event: text\ndata: {"delta":"In "}\n\n'
    assert call.sent[-1]["more_body"] is True  # nothing says that it was whole


def test_a_client_that_goes_before_the_first_event() -> None:
    begun = threading.Event()

    def told(cancelled: threading.Event) -> Generator[Event, None, None]:
        begun.set()
        assert cancelled.wait(5)
        yield TextEvent("to nobody")

    call = Call(told)
    receive = call._receive

    async def once_begun() -> Message:
        while not begun.is_set():
            await anyio.sleep(0.01)
        call.gone.set()
        return await receive()

    call._receive = once_begun  # type: ignore[method-assign]
    call.run()
    assert call.sent == []


def _endless(_: threading.Event) -> Generator[Event, None, None]:
    while True:
        yield TextEvent("word ")


def test_a_client_that_goes_ends_a_model_that_talks_on() -> None:
    call = Call(_endless)

    async def go(_: Message) -> None:
        if len(call.sent) == 100:
            call.gone.set()

    call.on_send = go
    call.run()
    assert len(call.sent) < 110


@pytest.mark.parametrize("told", [_endless, _silent])
def test_a_client_that_never_reads_holds_no_worker(
    monkeypatch: pytest.MonkeyPatch, told: Callable[[threading.Event], Generator[Event, None, None]]
) -> None:
    monkeypatch.setattr(event_stream, "STALLED_S", 0.05)
    call = Call(told)

    async def stall(message: Message) -> None:
        if message.get("body"):
            await anyio.sleep_forever()

    call.on_send = stall
    call.run()
    assert call.body() == b""


def test_a_send_that_fails_is_a_client_that_went() -> None:
    call = Call(_endless)

    async def fail(message: Message) -> None:
        if message.get("body"):
            raise BrokenPipeError

    call.on_send = fail
    call.run()


def test_a_server_that_stops_waits_for_no_model() -> None:
    call = Call(_silent)

    async def stop() -> None:
        with anyio.move_on_after(0.05):
            await call._call()
        assert call.ended.is_set()

    anyio.run(stop)


def test_silence_is_filled_with_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_stream, "HEARTBEAT_S", 0.01)
    seen = threading.Event()

    def told(_: threading.Event) -> Generator[Event, None, None]:
        yield TextEvent("In ")
        assert seen.wait(5)
        yield AnswerEvent(answer())

    call = Call(told)

    async def notice(message: Message) -> None:
        if message.get("body", b"").startswith(b":"):
            seen.set()

    call.on_send = notice
    call.run()
    assert [event.name for event in read_events([call.body()])] == ["text", "answer"]
    assert call.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
