"""What people do in Slack, and the events that it makes of that, over Socket Mode or HTTP."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlencode

import httpx

from tests.slack.server import TRIES, Envelope, Server
from tests.slack.workspace import BOT, SECRET, TEAM, Json, Said, Workspace

PATIENCE_S = 20.0


class Way(Protocol):
    """How events reach the bot."""

    def __call__(self, kind: str, payload: Json) -> object: ...


class OverHttp:
    """Genuinely signed requests, again until they are answered with 200 within three seconds, as Slack does."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.took_s: list[float] = []

    def __call__(self, kind: str, payload: Json) -> object:
        body = json.dumps(payload) if kind == "events_api" else _form(kind, payload)
        thread = threading.Thread(target=self._deliver, args=(body, kind), daemon=True)
        thread.start()
        return thread

    def _deliver(self, body: str, kind: str) -> None:
        for attempt in range(TRIES if kind == "events_api" else 1):
            more = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": "http_timeout"} if attempt else {}
            began = time.monotonic()
            try:
                sent = httpx.post(self.url, content=body, headers=signed(body, kind) | more, timeout=3)
            except httpx.HTTPError:
                continue
            self.took_s.append(time.monotonic() - began)
            if sent.status_code == 200:
                return


def signed(body: str, kind: str = "events_api", *, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers by which Slack signs a request."""
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    shape = "application/json" if kind == "events_api" else "application/x-www-form-urlencoded"
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}", "Content-Type": shape}


def _form(kind: str, payload: Json) -> str:
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)})


class People:
    """The people of a workspace. way: how what they do reaches the bot; over the server's WebSockets unless told."""

    def __init__(self, server: Server, way: Way | None = None) -> None:
        self.server = server
        self.space: Workspace = server.space
        self.way: Way = way or server.deliver

    def event(self, event: Json) -> object:
        """Have an event happen; one that the app has not asked for is not delivered."""
        kind = event["type"]
        if kind == "message":
            kind += {"channel": ".channels", "group": ".groups", "im": ".im"}[event["channel_type"]]
        if kind not in self.space.events:
            return None
        wrapped = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A00000001", "event": event}
        return self.way("events_api", wrapped | {"event_id": self.space.next_id("Ev"), "event_time": int(time.time())})

    def say(self, channel: str, person: str, text: str, thread: str | None = None, **more: Any) -> str:
        """Write a message: its `ts`. A mention of the bot comes twice, as a message and as a mention."""
        said = self.space.add(channel, person, text, thread)
        event = self._message(said) | more
        self.event(event)
        if f"<@{BOT}>" in text and self.space.channels[channel] != "im":
            named = {name: value for name, value in event.items() if name != "channel_type"}
            self.event(named | {"type": "app_mention"})
        return said.ts

    def ask(self, channel: str, person: str, text: str, thread: str | None = None) -> str:
        """Mention the bot with a question: the message's `ts`."""
        return self.say(channel, person, f"<@{BOT}> {text}", thread)

    def edit(self, channel: str, ts: str, text: str, *, later_s: float = 0.0) -> None:
        """Edit a message. later_s: so much later than now."""
        said = self.space.messages[channel, ts]
        before = said.as_json()
        said.text, said.edited = text, f"{time.time() + later_s:.6f}"
        self.event(self._changed(said, said.as_json(), before))

    def delete(self, channel: str, ts: str) -> None:
        """Delete a message. One that has answers leaves a stone, as in Slack."""
        said = self.space.messages[channel, ts]
        before = said.as_json()
        said.deleted = True
        if len(self.space.thread(channel, ts)) > 0:
            stone = {"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": ts, "text": "deleted"}
            self.event(self._changed(said, stone, before))
            return
        gone = {"subtype": "message_deleted", "deleted_ts": ts, "previous_message": before, "hidden": True}
        self.event({**self._place(said), **gone})

    def command(self, channel: str, person: str, text: str) -> str:
        """Type /ask: the name of its response URL."""
        name = self.space.next_id("R")
        self.way(
            "slash_commands",
            {
                "command": "/ask", "text": text, "user_id": person, "channel_id": channel, "team_id": TEAM,
                "trigger_id": self._trigger(), "response_url": f"{self.server.url}/response/{name}",
                "api_app_id": "A00000001", "token": "x",
            },
        )  # fmt: skip
        return name

    def press(self, said: Said, action_id: str, person: str) -> str:
        """Press a button of a message: the name of its response URL."""
        container = {"type": "message", "message_ts": said.ts, "channel_id": said.channel, "is_ephemeral": False}
        if said.thread_ts:
            container["thread_ts"] = said.thread_ts
        return self._press(said.blocks, action_id, person, said.channel, container)

    def press_privately(self, shown: Json, action_id: str, person: str, channel: str) -> str:
        """Press a button of a message that only that person sees."""
        container = {"type": "message", "message_ts": self.space.next_ts(), "channel_id": channel, "is_ephemeral": True}
        return self._press(shown["blocks"], action_id, person, channel, container)

    def open_pane(self, person: str) -> tuple[str, str]:
        """Open the assistant: the channel and the thread."""
        channel = self.space.direct(person)
        said = self.space.add(channel, BOT, "New chat", bot=True)
        thread = {"user_id": person, "channel_id": channel, "thread_ts": said.ts, "context": {}}
        self.event({"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": said.ts})
        return channel, said.ts

    def open_home(self, person: str) -> None:
        """Open the Home tab."""
        self.event(
            {
                "type": "app_home_opened",
                "user": person,
                "tab": "home",
                "channel": self.space.direct(person),
                "event_ts": "1",
            }
        )

    def _press(self, blocks: list[Json], action_id: str, person: str, channel: str, container: Json) -> str:
        block, action = _found(blocks, action_id)
        name = self.space.next_id("R")
        pressed = {**action, "block_id": block.get("block_id", "b1"), "action_ts": self.space.next_ts()}
        self.way(
            "interactive",
            {
                "type": "block_actions", "user": {"id": person, "team_id": TEAM}, "team": {"id": TEAM},
                "api_app_id": "A00000001", "token": "x", "channel": {"id": channel}, "container": container,
                "trigger_id": self._trigger(), "response_url": f"{self.server.url}/response/{name}",
                "actions": [pressed],
            },
        )  # fmt: skip
        return name

    def _trigger(self) -> str:
        trigger = self.space.next_id("trigger-")
        self.space.triggers.add(trigger)
        return trigger

    def _place(self, said: Said) -> Json:
        kind = self.space.channels[said.channel]
        return {"type": "message", "channel": said.channel, "channel_type": kind, "event_ts": self.space.next_ts()}

    def _message(self, said: Said) -> Json:
        told = {**said.as_json(), **self._place(said), "team": TEAM}
        return {name: value for name, value in told.items() if name != "blocks"}

    def _changed(self, said: Said, message: Json, before: Json) -> Json:
        return {
            **self._place(said),
            "subtype": "message_changed",
            "message": message,
            "previous_message": before,
            "hidden": True,
        }


def _found(blocks: list[Json], action_id: str) -> tuple[Json, Json]:
    """A button with its block, and what pressing it sends."""
    for block in blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == action_id and element["type"] == "button":
                return block, {"type": "button", "action_id": action_id, "value": element["value"]}
            if action_id.partition(":")[0] == element.get("action_id") and element["type"] == "feedback_buttons":
                chosen = element[f"{action_id.partition(':')[2]}_button"]
                return block, {"type": "feedback_buttons", "action_id": element["action_id"], "value": chosen["value"]}
    raise AssertionError(f"there is no button {action_id}: {blocks}")


def until(holds: Callable[[], Any], seconds: float = PATIENCE_S, *, every_s: float = 0.01) -> Any:
    """What is true before the time is over; fails where nothing is."""
    end = time.monotonic() + seconds
    while True:
        if met := holds():
            return met
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(every_s)


def acknowledged(envelope: object, seconds: float = PATIENCE_S) -> Envelope:
    """An event that the bot has acknowledged."""
    assert isinstance(envelope, Envelope)
    until(lambda: envelope.acknowledged, seconds)
    return envelope
