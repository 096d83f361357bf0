"""A workspace: its channels, people and messages, as Slack keeps them, and what was asked of its Web API."""

import itertools
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

Json = dict[str, Any]
Kind = Literal["channel", "group", "im"]

BOT, BOT_ID, TEAM = "UBOT00001", "BBOT00001", "T00000001"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-1-b0t-s3cret", "xapp-1-app-s3cret", "51gn1ngs3cret"
MANIFEST = Path(__file__).parents[2] / "docs" / "slack-manifest.yaml"


@dataclass
class Said:
    """A message. changes: when its content was given and changed."""

    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    bot: bool = False
    streaming: bool = False
    streamed: str = ""
    deleted: bool = False
    edited: str | None = None
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    reactions: set[str] = field(default_factory=set)
    changes: list[float] = field(default_factory=list)

    def as_json(self, *, metadata: bool = True) -> Json:
        told: Json = {"type": "message", "user": self.user, "text": self.text, "ts": self.ts, "blocks": self.blocks}
        if self.bot:
            told["bot_id"] = BOT_ID
        if self.thread_ts:
            told["thread_ts"] = self.thread_ts
        if metadata and self.metadata:
            told["metadata"] = self.metadata
        if self.edited:
            told["edited"] = {"user": self.user, "ts": self.edited}
        return told


@dataclass(frozen=True)
class Call:
    """A call of the Web API."""

    method: str
    args: Json
    at: float


@dataclass
class Failure:
    """What becomes of a call. taken: it is done all the same, and only its answer is lost. error: as Slack names it."""

    error: str | None = None
    status: int = 200
    retry_after: int | None = None
    slow_s: float = 0.0
    taken: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


class Workspace:
    """What there is. scopes, events, commands: what the app's manifest asks for."""

    def __init__(self) -> None:
        manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
        self.scopes: set[str] = set(manifest["oauth_config"]["scopes"]["bot"])
        self.events: set[str] = set(manifest["settings"]["event_subscriptions"]["bot_events"])
        self.commands = {command["command"] for command in manifest["features"]["slash_commands"]}
        self.channels: dict[str, Kind] = {"C00000001": "channel", "C00000002": "channel", "G00000001": "group"}
        self.members: set[str] = set(self.channels)
        self.messages: dict[tuple[str, str], Said] = {}
        self.ephemeral: list[Json] = []
        self.calls: list[Call] = []
        self.arrived: list[str] = []
        self.failures: dict[str, list[Failure]] = defaultdict(list)
        self.refused: list[str] = []
        self.statuses: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.titles: dict[tuple[str, str], str] = {}
        self.prompts: dict[tuple[str, str], list[Json]] = {}
        self.homes: dict[str, Json] = {}
        self.views: dict[str, Json] = {}
        self.responses: dict[str, list[Json]] = defaultdict(list)
        self.triggers: set[str] = set()
        self.takes_streams = True
        self.takes_context_actions = True
        self._count = itertools.count(1)
        self._last = 0.0

    def next_ts(self) -> str:
        """A `ts` that is later than all before."""
        self._last = max(time.time(), self._last + 0.000002)
        return f"{self._last:.6f}"

    def next_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._count):08d}"

    def direct(self, person: str) -> str:
        """The channel of direct messages with a person."""
        channel = f"D{person[1:]}"
        self.channels[channel] = "im"
        self.members.add(channel)
        return channel

    def add(self, channel: str, user: str, text: str, thread_ts: str | None = None, **more: Any) -> Said:
        ts = self.next_ts()
        said = Said(channel, ts, user, text, thread_ts, changes=[time.monotonic()], **more)
        self.messages[channel, ts] = said
        return said

    def thread(self, channel: str, ts: str) -> list[Said]:
        """The messages of a thread that are there, in order."""
        found = [
            one for one in list(self.messages.values()) if one.channel == channel and ts in {one.ts, one.thread_ts}
        ]
        return sorted((one for one in found if not one.deleted), key=lambda one: float(one.ts))

    def replies(self, channel: str, ts: str) -> list[Said]:
        """What the bot has said in a thread."""
        return [one for one in self.thread(channel, ts) if one.bot]

    def called(self, method: str) -> list[Call]:
        return [call for call in list(self.calls) if call.method == method]

    def too_fast(self, apart_s: float = 1.0, tolerance_s: float = 0.05) -> list[str]:
        """The messages that were changed sooner than that after their last change."""
        return [
            one.ts
            for one in self.messages.values()
            for before, after in itertools.pairwise(one.changes)
            if one.bot and after - before < apart_s - tolerance_s
        ]
