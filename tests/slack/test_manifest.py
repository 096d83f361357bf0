"""The app's manifest asks for what the bot needs, and for nothing else."""

import re
from pathlib import Path

import yaml

from clients.slack.app import COMMAND
from tests.slack.methods import METHODS
from tests.slack.workspace import MANIFEST

ROOT = Path(__file__).parents[2]
SOURCE = "".join(path.read_text("utf-8") for path in (ROOT / "clients" / "slack").glob("*.py"))
# What Slack needs a scope for that is no method: hearing of an event, and having a command.
EVENTS = {
    "app_home_opened": None,
    "app_mention": "app_mentions:read",
    "assistant_thread_started": "assistant:write",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}
ASKED = yaml.safe_load(MANIFEST.read_text("utf-8"))


def test_the_events_are_those_that_the_bot_hears() -> None:
    assert ASKED["settings"]["event_subscriptions"]["bot_events"] == sorted(EVENTS)


def test_the_scopes_are_those_of_the_events_and_of_the_methods_that_are_called() -> None:
    named = {method: re.sub(r"(?<!^)(?=[A-Z])", "", method.replace(".", "_")) for method in METHODS}
    called = {method for method, name in named.items() if f".{name}(" in SOURCE or name in SOURCE}
    called |= {"chat.startStream", "assistant.threads.setTitle", "assistant.threads.setSuggestedPrompts"}
    needed = {METHODS[method].scope for method in called} | set(EVENTS.values()) | {"commands"}
    assert ASKED["oauth_config"]["scopes"]["bot"] == sorted(scope for scope in needed if scope)


def test_the_command_is_the_one_that_the_bot_takes() -> None:
    assert [one["command"] for one in ASKED["features"]["slash_commands"]] == [COMMAND]


def test_each_scope_and_event_has_its_reason() -> None:
    lines = MANIFEST.read_text("utf-8").splitlines()
    listed = [line for line in lines if re.match(r"\s+- [a-z_.]+(?::[a-z]+)?\b", line) and "command:" not in line]
    assert len(listed) == len(EVENTS) + len(ASKED["oauth_config"]["scopes"]["bot"])
    assert all(" # " in line for line in listed)
