"""The servers of a Slack of our own, in a thread: the Web API, response URLs, and the WebSockets of Socket Mode."""

import asyncio
import json
import threading
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from aiohttp import WSMsgType, web

from tests.slack.methods import MAX_USES, METHODS, Method, check_taken
from tests.slack.validation import RefusedError
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, Call, Failure, Json, Workspace

T = TypeVar("T")

TRIES = 4
"""How often an event is delivered that is not acknowledged."""


@dataclass
class Envelope:
    """An event on its way over Socket Mode. sent: when it was sent; acknowledged: when, with what."""

    kind: str
    payload: Json
    sent: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    answer: Json | None = None


class Server:
    """A Slack that is there as long as this is open. patience_s: how long it waits for an acknowledgement."""

    def __init__(self, space: Workspace, *, patience_s: float = 3.0) -> None:
        self.space = space
        self.patience_s = patience_s
        self.envelopes: dict[str, Envelope] = {}
        self.url = ""
        self.links = 0
        self.connections_refused = 0
        self._tickets: set[str] = set()
        self._sockets: list[web.WebSocketResponse] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="slack", daemon=True)
        self._runner: web.AppRunner | None = None
        self._deliveries: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self.run(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @property
    def api(self) -> str:
        return f"{self.url}/api"

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(30)

    def deliver(self, kind: str, payload: Json) -> Envelope:
        """Send an event over the WebSockets until it is acknowledged, as often as Slack does."""
        envelope = Envelope(kind, payload)
        name = self.space.next_id("envelope-")
        self.envelopes[name] = envelope

        def begin() -> None:
            task = self._loop.create_task(self._deliver(name, envelope))
            self._deliveries.add(task)
            task.add_done_callback(self._deliveries.discard)

        self._loop.call_soon_threadsafe(begin)
        return envelope

    def cut(self) -> int:
        """Cut all WebSockets as a network does, without a goodbye: how many there were."""
        sockets, self._sockets = list(self._sockets), []

        async def abort() -> None:
            for socket in sockets:
                if socket._req is not None and socket._req.transport is not None:
                    socket._req.transport.abort()

        self.run(abort())
        return len(sockets)

    def notice(self, reason: str) -> None:
        """Tell that a connection is about to end: "warning", "refresh_requested", "link_disabled"."""

        async def send() -> None:
            for socket in list(self._sockets):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})

        self.run(send())

    def connected(self) -> int:
        return len(self._sockets)

    async def _start(self) -> None:
        application = web.Application(client_max_size=1 << 24)
        application.router.add_route("*", "/api/{method}", self._api)
        application.router.add_post("/response/{name}", self._response)
        application.router.add_get("/link", self._link)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = "http://127.0.0.1:{1}".format(*self._runner.addresses[0][:2])

    async def _stop(self) -> None:
        for task in list(self._deliveries):
            task.cancel()
        for socket in list(self._sockets):
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, args = request.match_info["method"], await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or args.pop("token", "")
        failure = self._failure(method)
        self.space.arrived.append(method)
        await asyncio.sleep(failure.slow_s)
        if failure.status == 429:
            return self._told({"ok": False, "error": "ratelimited"}, failure)
        self.space.calls.append(Call(method, args, time.monotonic()))
        if failure.error or (failure.status != 200 and not failure.taken):
            return self._told({"ok": False, "error": failure.error or "internal_error", **failure.more}, failure)
        answer = self._answer(method, args, token)
        if failure.taken and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer)

    def _failure(self, method: str) -> Failure:
        waiting = self.space.failures.get(method)
        return waiting.pop(0) if waiting else Failure()

    def _told(self, answer: Json, failure: Failure) -> web.Response:
        headers = {"Retry-After": str(failure.retry_after)} if failure.retry_after is not None else {}
        return web.json_response(answer, status=failure.status, headers=headers)

    def _answer(self, method: str, args: Json, token: str) -> Json:
        if method == "apps.connections.open":
            return self._open(token)
        try:
            return {"ok": True, **self._known(method, args, token).do(self.space, args)}
        except RefusedError as refused:
            self.space.refused.append(f"{method}: {refused}")
            needed = {"needed": str(refused).partition(": ")[2], "provided": ",".join(sorted(self.space.scopes))}
            return {"ok": False, "error": refused.error} | (needed if refused.error == "missing_scope" else {})

    def _known(self, method: str, args: Json, token: str) -> Method:
        """The method, where it may be called so. Raises RefusedError."""
        known = METHODS.get(method)
        if token != BOT_TOKEN:
            raise RefusedError("invalid_auth", "the token")
        if known is None:
            raise RefusedError("unknown_method", method)
        if known.scope is not None and known.scope not in self.space.scopes:
            raise RefusedError("missing_scope", known.scope)
        if missing := [name for name in known.needed if args.get(name) is None]:
            raise RefusedError("invalid_arguments", ", ".join(missing))
        return known

    def _open(self, token: str) -> Json:
        if token != APP_TOKEN:
            return {"ok": False, "error": "invalid_auth"}
        ticket = self.space.next_id("ticket-")
        self._tickets.add(ticket)
        return {"ok": True, "url": f"{self.url.replace('http', 'ws', 1)}/link?ticket={ticket}"}

    async def _response(self, request: web.Request) -> web.Response:
        body, name = await request.json(), request.match_info["name"]
        uses = self.space.responses[name]
        if len(uses) >= MAX_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        try:
            check_taken(self.space, body)
        except RefusedError as refused:
            self.space.refused.append(f"response_url: {refused}")
            return web.json_response({"ok": False, "error": refused.error}, status=400)
        uses.append(body)
        return web.json_response({"ok": True})

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets or self.connections_refused > 0:
            self.connections_refused -= 1
            self._tickets.discard(ticket)  # a ticket is good for one try
            raise web.HTTPForbidden
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=True)
        await socket.prepare(request)
        self.links += 1
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A00000001"}})
        self._sockets.append(socket)
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledged(json.loads(message.data))
        finally:
            if socket in self._sockets:
                self._sockets.remove(socket)
        return socket

    def _acknowledged(self, answer: Json) -> None:
        envelope = self.envelopes.get(str(answer.get("envelope_id")))
        if envelope is not None:
            envelope.acknowledged.append(time.monotonic())
            envelope.answer = answer.get("payload")

    async def _deliver(self, name: str, envelope: Envelope) -> None:
        while len(envelope.sent) < TRIES and not envelope.acknowledged:
            if not self._sockets:
                await asyncio.sleep(0.02)
                continue
            sent: Json = {"envelope_id": name, "type": envelope.kind, "payload": envelope.payload}
            sent |= {"accepts_response_payload": envelope.kind != "events_api", "retry_attempt": len(envelope.sent)}
            try:
                await self._sockets[-1].send_json(sent)
            except (ConnectionError, RuntimeError):
                await asyncio.sleep(0.02)
                continue
            envelope.sent.append(time.monotonic())
            await self._until_acknowledged(envelope)

    async def _until_acknowledged(self, envelope: Envelope) -> None:
        end = time.monotonic() + self.patience_s
        while time.monotonic() < end and not envelope.acknowledged:
            await asyncio.sleep(0.01)


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        sent: Json = await request.json()
        return sent
    form = {**request.query, **await request.post()}
    return {name: _read(value) for name, value in form.items() if isinstance(value, str)}


def _read(value: str) -> Any:
    return json.loads(value) if value[:1] in {"[", "{"} else value
