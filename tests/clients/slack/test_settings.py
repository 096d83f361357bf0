"""The bot's settings: what is missing or wrong is named, with where in Slack it is found, and never shown."""

import os
import re
from pathlib import Path

import pytest

from clients.slack.channels import Channels
from clients.slack.settings import SlackSettings, load_slack_settings
from qa.errors import SettingsError

EXAMPLE = Path(__file__).parents[3] / ".env.example"
RIGHT = {"BOT_TOKEN": "xoxb-1-a", "APP_TOKEN": "xapp-1-a", "SIGNING_SECRET": "abc123"}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("QA_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"QA_SLACK_{name}", value)


@pytest.mark.parametrize(
    ("http", "missing", "told"),
    [
        (False, "BOT_TOKEN", r'QA_SLACK_BOT_TOKEN is missing. It is the "Bot User OAuth Token" .*OAuth & Permissions'),
        (False, "APP_TOKEN", r'QA_SLACK_APP_TOKEN is missing. It is an "App-Level Token" .*connections:write.*--http'),
        (True, "SIGNING_SECRET", r'QA_SLACK_SIGNING_SECRET is missing. It is the "Signing Secret" .*App Credentials'),
    ],
)
def test_what_is_missing_is_named_with_its_place(
    monkeypatch: pytest.MonkeyPatch, http: bool, missing: str, told: str
) -> None:
    given(monkeypatch, **{name: value for name, value in RIGHT.items() if name != missing})
    with pytest.raises(SettingsError, match=told):
        load_slack_settings(http=http)
    assert load_slack_settings(http=not http) if missing != "BOT_TOKEN" else True


@pytest.mark.parametrize(
    ("name", "wrong", "told"),
    [
        ("BOT_TOKEN", "xapp-s3cret", "QA_SLACK_BOT_TOKEN: must begin with xoxb- and be one word. It is the"),
        ("BOT_TOKEN", "xoxb-s3cret two", "QA_SLACK_BOT_TOKEN: must begin with xoxb-"),
        ("APP_TOKEN", "xoxb-s3cret", "QA_SLACK_APP_TOKEN: must begin with xapp- and be one word. It is an"),
        ("SIGNING_SECRET", "s3cret!", "QA_SLACK_SIGNING_SECRET: must be one word of letters and digits. It is the"),
        ("CHANNELS", "general", "QA_SLACK_CHANNELS: 'general' is no channel's id. It begins with C or G"),
        ("CHANNELS", "C0123456:loud", "QA_SLACK_CHANNELS: 'loud' is no mode; there are: follow, mention-only"),
        ("API_URL", "slack.com", "QA_SLACK_API_URL: must be an address"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: str, told: str
) -> None:
    given(monkeypatch, **RIGHT | {name: wrong})
    with pytest.raises(SettingsError, match=re.escape(told)) as caught:
        load_slack_settings(http=False)
    assert "s3cret" not in str(caught.value)


def test_an_unknown_name_is_refused_with_the_closest(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **RIGHT, BOT_TOKN="xoxb-s3cret")
    with pytest.raises(SettingsError, match=r"QA_SLACK_BOT_TOKN .* closest one is QA_SLACK_BOT_TOKEN$"):
        load_slack_settings(http=False)


def test_no_token_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, **RIGHT)
    assert "xoxb-1-a" not in repr(load_slack_settings(http=False))


def test_the_example_documents_every_setting() -> None:
    described = re.findall(r"^# (.+)\n(QA_SLACK_\w+)=(.*)$", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    fields = SlackSettings.model_fields
    assert [name for _, name, _ in described] == [f"QA_SLACK_{name.upper()}" for name in fields]
    for line, name, default in described:
        field = fields[name.removeprefix("QA_SLACK_").lower()]
        assert (line, default) == (field.description, field.default or "")


@pytest.mark.parametrize(
    ("text", "channel", "allowed", "followed"),
    [
        ("", "C0123456", True, True),
        ("C0123456", "C0123456", True, True),
        ("C0123456", "C0999999", False, False),
        ("C0123456:mention-only", "C0123456", True, False),
        ("*, C0123456:mention-only", "C0999999", True, True),
        ("*, C0123456:mention-only", "C0123456", True, False),
        ("*:mention-only, C0123456:follow", "C0123456", True, True),
        ("*:mention-only", "G0123456", True, False),
        ("C0123456", "D0123456", True, False),
    ],
)
def test_where_the_bot_may_answer_and_follow(text: str, channel: str, allowed: bool, followed: bool) -> None:
    channels = Channels.read(text)
    assert (channels.allow(channel), channels.follow(channel)) == (allowed, followed)
