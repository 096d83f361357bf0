"""An answer as it comes, through the client: the same events, the same errors, and never half of it for the whole."""

import socket
import threading
from collections.abc import Callable, Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.event_stream import AnswerEncoder
from clients.answer_stream import read_answer_stream
from clients.embedded import EmbeddedClient
from clients.errors import CutOffError, NotDatelineError, ServerError, UnreachableError
from clients.http import HttpClient
from qa.errors import BadQuestionError, ModelNotConfiguredError
from qa.events import AnswerEvent, Event, EvidenceEvent, TextEvent
from qa.records import Request
from tests.api.fakes import FakeEngine, answer, citation, no_answer
from tests.api.test_ask_stream import SOURCES, TOLD
from vectorstore.errors import StorageError

REQUEST = Request("how many")
WHOLE = answer(text="15,000 “people”.\n\n\u2028 [1]", citations=(citation(also_in=(SOURCES[1],)),))
KNOWN = [event for event in TOLD if not isinstance(event, BaseException)]


def recorded() -> bytes:
    """What a server sends for all of it."""
    engine = FakeEngine([WHOLE], TOLD)
    with TestClient(create_app(engine.as_engine())) as http:
        return http.post("/ask", json={"question": "x"}, headers={"Accept": "text/event-stream"}).content


STREAM = b": ping\n\n" + recorded()


def reading(chunks: Iterator[bytes]) -> Iterator[Event]:
    return read_answer_stream(chunks, lambda problem: AssertionError(problem))


def answering(reply: Callable[[httpx.Request], httpx.Response]) -> HttpClient:
    return HttpClient("http://elsewhere", transport=httpx.MockTransport(reply))


def streaming(content: bytes | Iterator[bytes]) -> HttpClient:
    headers = {"Content-Type": "text/event-stream; charset=utf-8"}
    return answering(lambda _: httpx.Response(200, headers=headers, content=content))


def test_the_events_are_the_same_records(http: HttpClient, engine: FakeEngine) -> None:
    engine.told, engine.replies = TOLD, [WHOLE, WHOLE]
    assert list(http.stream_ask(REQUEST)) == [*KNOWN, AnswerEvent(WHOLE)]
    assert list(EmbeddedClient(engine.as_engine()).stream_ask(REQUEST)) == [*KNOWN, AnswerEvent(WHOLE)]
    assert engine.asked == [REQUEST, REQUEST]


def test_a_refusal_is_an_answer(http: HttpClient, engine: FakeEngine) -> None:
    engine.replies = [no_answer()]
    assert list(http.stream_ask(REQUEST)) == [AnswerEvent(no_answer())]


def test_cut_at_every_byte_it_is_never_complete() -> None:
    assert list(reading(iter([STREAM]))) == [*KNOWN, AnswerEvent(WHOLE)]
    for cut in range(len(STREAM)):
        events: list[Event] = []
        with pytest.raises(CutOffError):
            events.extend(reading(iter([STREAM[:cut]])))
        # What came before is told in order, and none of it is an answer.
        for event in reading(iter([STREAM])):
            if not events:
                break
            assert event == events.pop(0)
            assert not isinstance(event, AnswerEvent)


def test_cut_in_two_at_every_byte_it_is_whole() -> None:
    for cut in range(len(STREAM)):
        assert list(reading(iter([STREAM[:cut], STREAM[cut:]])))[-1] == AnswerEvent(WHOLE)
    assert list(reading(bytes([byte]) for byte in STREAM)) == [*KNOWN, AnswerEvent(WHOLE)]


@pytest.mark.parametrize("cut", [0, 9, len(STREAM) // 2, len(STREAM) - 2, len(STREAM) - 1])
def test_the_client_says_that_it_was_cut_off(cut: int) -> None:
    with streaming(STREAM[:cut]) as client, pytest.raises(CutOffError, match="Ask again"):
        list(client.stream_ask(REQUEST))


@pytest.mark.parametrize("cut", range(0, len(STREAM), 97))
@pytest.mark.parametrize("chunked", [True, False])
def test_a_connection_that_breaks(cut: int, chunked: bool) -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            kind = "Transfer-Encoding: chunked" if chunked else "Connection: close"
            connection.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{kind}\r\n\r\n".encode())
            size = f"{len(STREAM):x}\r\n".encode() if chunked else b""
            connection.sendall(size + STREAM[:cut])

    thread = threading.Thread(target=serve)
    thread.start()
    events: list[Event] = []
    try:
        with HttpClient(f"http://127.0.0.1:{listener.getsockname()[1]}") as client, pytest.raises(CutOffError):
            events.extend(client.stream_ask(REQUEST))
    finally:
        thread.join(5)
        listener.close()
    assert not any(isinstance(event, AnswerEvent) for event in events)


def test_what_comes_after_the_answer_is_not_read() -> None:
    def content() -> Iterator[bytes]:
        yield STREAM
        raise AssertionError("read on")

    with streaming(content()) as client:
        assert list(client.stream_ask(REQUEST))[-1] == AnswerEvent(WHOLE)


def test_unknown_events_are_passed_over() -> None:
    content = b"event: mood\ndata: good\n\ndata: x\n\n" + AnswerEncoder().event(AnswerEvent(WHOLE))
    with streaming(content) as client:
        assert list(client.stream_ask(REQUEST)) == [AnswerEvent(WHOLE)]


@pytest.mark.parametrize(
    "content",
    [
        b"event: answer\ndata: {}\n\n",
        b"event: answer\ndata: <html>\n\n",
        b"event: text\ndata: 7\n\n",
        b'event: evidence\ndata: {"sources": [{}]}\n\n',
        b"event: error\ndata: oops\n\n",
        b"event: answer\ndata: \xff\n\n",
    ],
)
def test_data_of_another_kind(content: bytes) -> None:
    with streaming(content) as client, pytest.raises(NotDatelineError):
        list(client.stream_ask(REQUEST))


@pytest.mark.parametrize("kind", ["text/html", "application/json", ""])
def test_no_stream_at_all(kind: str) -> None:
    reply = httpx.Response(200, headers={"Content-Type": kind}, content=b"{}")
    with answering(lambda _: reply) as client, pytest.raises(NotDatelineError):
        list(client.stream_ask(REQUEST))


def test_errors_before_the_first_event_have_their_type(http: HttpClient, engine: FakeEngine) -> None:
    engine.replies = [BadQuestionError("Empty."), ModelNotConfiguredError("No model is set."), StorageError("disk")]
    with pytest.raises(BadQuestionError):
        list(http.stream_ask(REQUEST))
    with pytest.raises(ModelNotConfiguredError, match="No model is set"):
        list(http.stream_ask(REQUEST))
    with pytest.raises(ServerError) as caught:
        list(http.stream_ask(REQUEST))
    assert (caught.value.status, caught.value.retryable) == (503, True)


@pytest.mark.parametrize(("error", "status"), [(StorageError("disk"), 503), (ValueError("s3cret"), 500)])
def test_errors_later_have_their_type_too(http: HttpClient, engine: FakeEngine, error: Exception, status: int) -> None:
    engine.told, engine.replies = [*TOLD, error], [WHOLE]
    events: list[Event] = []
    with pytest.raises(ServerError) as caught:
        events.extend(http.stream_ask(REQUEST))
    assert (caught.value.status, caught.value.retryable) == (status, status == 503)


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow")])
def test_nothing_answers(error: Exception) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    with answering(fail) as client, pytest.raises(UnreachableError, match="http://elsewhere"):
        list(client.stream_ask(REQUEST))


@pytest.mark.parametrize("error", [httpx.ReadError("reset"), httpx.ReadTimeout("slow")])
def test_nothing_more_comes(error: Exception) -> None:
    def content() -> Iterator[bytes]:
        yield AnswerEncoder().event(TextEvent("In "))
        raise error

    with streaming(content()) as client, pytest.raises(CutOffError):
        list(client.stream_ask(REQUEST))


class Endless(httpx.SyncByteStream):
    closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield AnswerEncoder().event(EvidenceEvent(SOURCES))
        raise AssertionError("read on")

    def close(self) -> None:
        self.closed = True


def test_closing_it_closes_the_connection() -> None:
    stream = Endless()
    reply = httpx.Response(200, headers={"Content-Type": "text/event-stream"}, stream=stream)
    with answering(lambda _: reply) as client:
        events = client.stream_ask(REQUEST)
        assert next(events) == EvidenceEvent(SOURCES)
        assert not stream.closed
        events.close()
        assert stream.closed
