"""A model server on a real loopback socket that misbehaves on purpose, in each of the ways in BEHAVIOURS, by name.

It speaks HTTP by hand: a web framework would not let it drip, cut or lie.
"""

import contextlib
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

WORDS = ("In ", "Operation Pitting, ", "15,000 people ", "were evacuated. ", "[1]")
WHOLE = "".join(WORDS)
PIECE_S = 0.02


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass(slots=True)
class Talk:
    """One connection, seen from a script. left: set once the client has gone while the script still spoke."""

    socket: socket.socket
    seen: Seen
    stopping: threading.Event
    left: threading.Event

    @property
    def streamed(self) -> bool:
        return self.seen.body.get("stream") is True

    def send(self, data: bytes | str) -> None:
        self.socket.sendall(data.encode() if isinstance(data, str) else data)

    def respond(self, status: int, body: bytes | str, content_type: str = "application/json", *more: str) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.head(status, content_type, f"Content-Length: {len(content)}", *more)
        self.send(content)

    def head(self, status: int, content_type: str, *more: str) -> None:
        lines = (f"HTTP/1.1 {status} Whatever", f"Content-Type: {content_type}", *more, "Connection: close", "", "")
        self.send("\r\n".join(lines))

    def events(self, *events: str) -> None:
        """Begin a stream and send events; its end is the connection's."""
        self.head(200, "text/event-stream")
        self.send("".join(events))

    def each(self, pieces: Iterable[bytes], pause_s: float = PIECE_S) -> None:
        """Send pieces until the client goes."""
        for piece in pieces:
            if self.stopping.is_set():
                return
            self.send(piece)
            time.sleep(pause_s)

    def hang(self) -> None:
        """Say nothing until the client goes."""
        self.socket.settimeout(0.05)
        while not self.stopping.is_set():
            try:
                if not self.socket.recv(1024):
                    self.left.set()
                    return
            except TimeoutError:
                continue

    def reset(self) -> None:
        """Drop the connection with a RST, not a FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Script = Callable[[Talk], None]


def event(
    text: str | None = None, finish: str | None = None, usage: object = None, choices: object = None, **more: object
) -> str:
    """One event of a stream, as OpenAI sends it."""
    delta = {} if text is None else {"content": text}
    given = [{"index": 0, "delta": delta, "finish_reason": finish}] if choices is None else choices
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": given, **more}
    return f"data: {json.dumps(chunk if usage is None else {**chunk, 'usage': usage})}\n\n"


DONE = "data: [DONE]\n\n"
USAGE = {"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 19}
GOOD_EVENTS = (*(event(word) for word in WORDS), event(finish="stop"), event(choices=[], usage=USAGE), DONE)


def reply(text: object = WHOLE, finish: object = "stop", **more: object) -> str:
    """A reply that comes all at once."""
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": finish}]
    whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": choices, "usage": USAGE}
    return json.dumps({**whole, **more})


def good(talk: Talk) -> None:
    if talk.streamed:
        talk.events(*GOOD_EVENTS)
    else:
        talk.respond(200, reply())


def either(events: Iterable[str], whole: str) -> Script:
    """A script that sends these events, or this where the reply is to come all at once."""

    def script(talk: Talk) -> None:
        if talk.streamed:
            talk.events(*events)
        else:
            talk.respond(200, whole)

    return script


def status(code: int, *headers: str, body: object = None) -> Script:
    refusal = {"error": {"message": "no, s3cret-key", "code": None}} if body is None else body
    return lambda talk: talk.respond(code, json.dumps(refusal), "application/json", *headers)


def plain(body: bytes | str, content_type: str = "application/json", *headers: str) -> Script:
    return lambda talk: talk.respond(200, body, content_type, *headers)


def _reset_mid_stream(talk: Talk) -> None:
    talk.head(200, "text/event-stream" if talk.streamed else "application/json")
    talk.send(event("In ") + event("Operation ") if talk.streamed else reply()[:50])
    time.sleep(0.1)  # a RST throws away what was not yet read
    talk.reset()


def _cut_chunked(talk: Talk) -> None:
    """End the connection inside a chunk of the chunked encoding."""
    talk.head(200, "text/event-stream" if talk.streamed else "application/json", "Transfer-Encoding: chunked")
    part = (event("In ") if talk.streamed else reply()[:50]).encode()
    talk.send(f"{len(part):x}\r\n".encode() + part + b"\r\nff\r\ndata: ")


def _drip(talk: Talk) -> None:
    talk.head(200, "text/event-stream" if talk.streamed else "application/json")
    talk.each(bytes([byte]) for byte in (": " + "keep waiting " * 1000).encode())


def _drip_headers(talk: Talk) -> None:
    talk.send("HTTP/1.1 200 OK\r\nX-Slow: ")
    talk.each(b"a" for _ in range(10_000))


def _drip_tokens(talk: Talk) -> None:
    talk.head(200, "text/event-stream")
    talk.each(event("word ").encode() for _ in range(10_000))


def _endless_line(talk: Talk) -> None:
    talk.head(200, "text/event-stream" if talk.streamed else "application/json")
    talk.each((b'data: {"choices": [{"delta": {"content": "' + b"a" * 60_000,), 0)
    talk.each((b"a" * 60_000 for _ in range(10_000)), 0)


def _endless_text(talk: Talk) -> None:
    if talk.streamed:
        talk.head(200, "text/event-stream")
        talk.each((event("word " * 200).encode() for _ in range(10_000)), 0)
    else:
        talk.respond(200, reply("word " * 20_000))


def _hang_mid_stream(talk: Talk) -> None:
    talk.head(200, "text/event-stream" if talk.streamed else "application/json")
    talk.send(event("In ") if talk.streamed else reply()[:50])
    talk.hang()


def _hang_after_finish(talk: Talk) -> None:
    if not talk.streamed:
        return good(talk)
    talk.events(*(event(word) for word in WORDS), event(finish="stop"))
    return talk.hang()


def _informed_for_ever(talk: Talk) -> None:
    talk.each((b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" for _ in range(10_000)), 0.01)


def _no_usage_asked(talk: Talk) -> None:
    """Refuse stream_options, as some servers do."""
    if "stream_options" in talk.seen.body:
        talk.respond(400, json.dumps({"error": {"message": "extra field: stream_options", "code": None}}))
    else:
        good(talk)


def _only_new_parameters(talk: Talk) -> None:
    """Refuse what OpenAI's reasoning models refuse."""
    for name in ("max_tokens", "temperature"):
        if name in talk.seen.body:
            talk.respond(400, json.dumps({"error": {"message": f"Unsupported: '{name}'", "param": name}}))
            return
    good(talk)


BEHAVIOURS: dict[str, Script] = {
    # Before a reply begins.
    "reset_before_headers": Talk.reset,
    "close_before_headers": lambda _: None,
    "hang_before_headers": Talk.hang,
    "drip_headers": _drip_headers,
    "endless_headers": lambda talk: talk.each((b"HTTP/1.1 200 OK\r\n", *[b"X: " + b"a" * 9000] * 1000), 0),
    "informed_for_ever": _informed_for_ever,
    "not_http": lambda talk: talk.send("SSH-2.0-OpenSSH_9.6\r\n"),
    # A refusal.
    "status_400": status(400),
    "status_401": status(401),
    "status_403": status(403),
    "status_404": status(404),
    "status_422": status(422),
    "status_429": status(429),
    "status_500": status(500),
    "status_503": status(503),
    "status_529": status(529),
    "no_credit": status(429, body={"error": {"message": "pay", "code": "insufficient_quota"}}),
    "redirect": status(307, "Location: http://127.0.0.1:9/v1/chat/completions"),
    "retry_after_soon": status(429, "Retry-After: 0"),
    "retry_after_late": status(429, "Retry-After: 3600"),
    "retry_after_date": status(503, "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT"),
    "refuses_stream_options": _no_usage_asked,
    "refuses_old_parameters": _only_new_parameters,
    # No reply.
    "html200": plain("<!doctype html><p>Log in</p>", "text/html; charset=utf-8"),
    "text200": plain("OK", "text/plain"),
    "empty_body": plain(""),
    "garbage_json": either((event("In "), 'data: {"choices": [{]\n\n'), '{"choices": [{]'),
    "garbage_bytes": plain(bytes(range(256)) * 4),
    "gzip_garbage": plain(b"\x1f\x8b" + b"garbage" * 9, "application/json", "Content-Encoding: gzip"),
    "deep_json": either((f"data: {'[' * 100_000}\n\n",), "[" * 100_000),
    "json_array": either(("data: [1]\n\n",), "[1]"),
    "json_string": either(('data: "hello"\n\n',), '"hello"'),
    "null_choices": either((f"data: {json.dumps({'choices': None})}\n\n", DONE), json.dumps({"choices": None})),
    "empty_object": either(("data: {}\n\n", DONE), "{}"),
    "empty_choices": either((event(choices=[]), DONE), reply(choices=[])),
    "null_message": either(
        (event(choices=[{"index": 0, "delta": None, "finish_reason": "stop"}]), DONE),
        reply(choices=[{"index": 0, "message": None, "finish_reason": "stop"}]),
    ),
    "content_of_another_kind": either(
        (event(choices=[{"index": 0, "delta": {"content": {"a": 1}}, "finish_reason": None}]), DONE), reply({"a": 1})
    ),
    "error_event": either((f"data: {json.dumps({'error': {'message': 'overloaded'}})}\n\n",), '{"error": {"code": 1}}'),
    # A reply that is not whole.
    "empty_message": either((event(""), event(finish="stop"), DONE), reply("")),
    "null_content": either((event(finish="stop"), DONE), reply(None)),
    "white_message": either((event(" \n"), event(finish="stop"), DONE), reply(" \n")),
    "no_finish_reason": either((event("In "), event("Operation "), DONE), reply(finish=None)),
    "finish_of_another_kind": either(
        (event("In "), event(choices=[{"index": 0, "delta": {}, "finish_reason": 1}]), DONE), reply(finish=True)
    ),
    "just_ends": either((event("In "), event("Operation ")), reply()[:60]),
    "length": either((event(" "), event(finish="length"), DONE), reply(" ", finish="length")),
    "content_filter": either((event("In "), event(finish="content_filter"), DONE), reply(finish="content_filter")),
    "tool_calls": either((event("In "), event(finish="tool_calls"), DONE), reply(finish="tool_calls")),
    "reset_mid_stream": _reset_mid_stream,
    "cut_chunked": _cut_chunked,
    "drip": _drip,
    "endless_line": _endless_line,
    "endless_text": _endless_text,
    "hang_mid_stream": _hang_mid_stream,
    "drip_tokens": _drip_tokens,
    # Odd, but whole.
    "good": good,
    "hang_after_finish": _hang_after_finish,
    "no_done": either((*GOOD_EVENTS[:-2],), reply(usage=None)),
    "nan_usage": either(
        (*GOOD_EVENTS[:-2], event(choices=[], usage={**USAGE, "prompt_tokens": float("nan")}), DONE),
        reply(usage={**USAGE, "prompt_tokens": float("nan")}),
    ),
    "keep_alive_comments": either((": hello\n\n", *(": wait\n\n" + part for part in GOOD_EVENTS)), reply()),
}


@dataclass
class MisbehavingServer:
    """Answers each request to /chat/completions by the next of its scripts, and by the last one from then on.

    models: the script for GET /models. seen: the requests, in order. left: set once a client went away from a script
    that still had something to say.
    """

    scripts: list[Script]
    models: Script = field(default_factory=lambda: plain(json.dumps({"object": "list", "data": []})))
    seen: list[Seen] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def that(cls, *behaviours: str, models: Script | None = None) -> "MisbehavingServer":
        """A server that behaves so, in this order."""
        scripts = [BEHAVIOURS[name] for name in behaviours]
        return cls(scripts) if models is None else cls(scripts, models)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1"

    def chats(self) -> list[Seen]:
        """The requests for an answer."""
        return [seen for seen in self.seen if seen.path.endswith("/chat/completions")]

    def __enter__(self) -> Self:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._stopping.set()
        with contextlib.suppress(OSError), socket.create_connection(self._listener.getsockname(), 1):
            pass  # wakes `accept`
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            connection, _ = self._listener.accept()
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        with connection:
            # The client may go at any time: that is often the point.
            try:
                seen = _read(connection)
                if seen is None:
                    return
                with self._lock:
                    self.seen.append(seen)
                    if seen.path.endswith("/models"):
                        script = self.models
                    else:
                        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
                script(Talk(connection, seen, self._stopping, self.left))
                if connection.fileno() != -1:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                self.left.set()


def _read(connection: socket.socket) -> Seen | None:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (part := connection.recv(65536)):
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return Seen(method, path, headers, json.loads(body) if body else {})
