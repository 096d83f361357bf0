"""How the bot starts: what is wrong is named, with where to find it, and no token reaches a log."""

import logging
from pathlib import Path

import pytest

from clients.errors import ClientError, SlackSetupError
from clients.slack.redaction import Redacted
from tests.api.web.site import HOW_MANY, Site
from tests.clients.processes import qa
from tests.slack.bots import Bot, Process, running
from tests.slack.people import People, until
from tests.slack.server import Server
from tests.slack.waiting import ANN, CHANNEL, answers
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, SECRET, Failure

SET = {"QA_SLACK_BOT_TOKEN": BOT_TOKEN, "QA_SLACK_APP_TOKEN": APP_TOKEN}


def test_a_missing_token_is_named(tmp_path: Path) -> None:
    done = qa(tmp_path, "slack")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b'qa: QA_SLACK_BOT_TOKEN is missing. It is the "Bot User OAuth Token" of your app')


@pytest.mark.parametrize(
    ("method", "failure", "told"),
    [
        ("auth.test", Failure("invalid_auth"), "Slack refuses QA_SLACK_BOT_TOKEN (invalid_auth). It must be the"),
        ("auth.test", Failure("token_revoked"), "Slack refuses QA_SLACK_BOT_TOKEN (token_revoked)."),
        ("apps.connections.open", Failure("invalid_auth"), "Slack refuses QA_SLACK_APP_TOKEN (invalid_auth). It must"),
        (
            "apps.connections.open",
            Failure("missing_scope", more={"needed": "connections:write"}),
            "QA_SLACK_APP_TOKEN (the scope connections:write is missing)",
        ),
        ("apps.connections.open", Failure("not_allowed_token_type"), "QA_SLACK_APP_TOKEN (Socket Mode is off)"),
    ],
)
def test_a_token_that_slack_refuses_is_named(
    slack: Server, tmp_path: Path, site: Site, method: str, failure: Failure, told: str
) -> None:
    slack.space.failures[method] = [failure]
    with pytest.raises(SlackSetupError) as caught:
        Bot(tmp_path / "bot", site.url, slack).start()
    assert told in str(caught.value)


def test_a_port_in_use_is_named(slack: Server, tmp_path: Path, site: Site) -> None:
    port = int(slack.url.rpartition(":")[2])
    bot = Bot(tmp_path / "bot", site.url, slack, http=True)
    bot._address = type(bot._address)("127.0.0.1", port) if bot._address else None
    with pytest.raises(ClientError, match=f"port {port}: .*in use. Choose another with --host and --port"):
        bot.start()


def test_no_token_reaches_a_log(slack: Server, tmp_path: Path, site: Site, people: People) -> None:
    (tmp_path / "bot").mkdir()
    with Process(tmp_path / "bot", site.url, slack) as started:
        assert started.ready == (
            "The bot listens in the workspace Newsroom as @dateline, over Socket Mode. Ctrl-C ends it.\n"
        )
        slack.space.scopes.clear()
        slack.space.failures["chat.postMessage"] = [Failure("token_revoked"), Failure(status=500)]
        people.ask(CHANNEL, ANN, HOW_MANY)
        until(lambda: slack.space.called("chat.postMessage"))
        slack.space.scopes.update({"chat:write", "channels:history"})
        answers(people, CHANNEL, people.ask(CHANNEL, ANN, HOW_MANY))
        slack.cut()
        logged = started.stop()
    assert "missing" in logged
    for secret in (BOT_TOKEN, APP_TOKEN, SECRET, "ticket-"):
        assert secret not in logged


@pytest.mark.parametrize(
    "leak",
    [
        f"token {BOT_TOKEN}!",
        f"Bearer {APP_TOKEN}",
        f"secret={SECRET}",
        "wss://wss.slack.com/link?ticket=abc-def",
        "https://hooks.slack.com/commands/T1/2/s3cret",
        "xoxe.xoxb-1-s3cret",
    ],
)
def test_a_secret_is_hidden_wherever_it_stands(leak: str) -> None:
    error = ValueError(leak)
    record = logging.LogRecord("n", logging.WARNING, "p", 1, "failed: %s", (leak,), (ValueError, error, None))
    line = Redacted([BOT_TOKEN, APP_TOKEN, SECRET]).format(record)
    for secret in (BOT_TOKEN, APP_TOKEN, SECRET, "s3cret", "abc-def"):
        assert secret not in line
    assert line.count("(hidden)") == 2


def test_the_bot_starts_over_http_in_a_process(slack: Server, tmp_path: Path, site: Site) -> None:
    (tmp_path / "bot").mkdir()
    with Process(tmp_path / "bot", site.url, slack, "--http", "--port", "0", QA_SLACK_APP_TOKEN="") as started:
        assert started.ready.startswith("The bot takes Slack's requests at http://127.0.0.1:")
        assert started.stop() == ""


def test_two_bots_in_one_folder_are_welcome(slack: Server, tmp_path: Path, site: Site) -> None:
    with running(Bot(tmp_path / "bot", site.url, slack)), running(Bot(tmp_path / "bot", site.url, slack)):
        assert slack.links == 2
