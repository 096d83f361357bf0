"""`qa slack`: the Slack bot."""

import asyncio
import os
import signal
import sys
from typing import Annotated

import typer
from rich.text import Text

from clients.cli.session import print_lines
from clients.cli.start import INTERRUPTED
from clients.errors import ClientError
from qa.settings import load_settings

EXTRA = "The Slack bot needs slack-bolt: install Dateline with its extra `slack` (pip install 'dateline[slack]')."


def slack(
    http: Annotated[
        bool, typer.Option("--http", help="Take Slack's requests at /slack/events, in place of Socket Mode.")
    ] = False,
    host: Annotated[str, typer.Option(help="With --http: the address to serve on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="With --http: the port; 0 takes a free one.")] = 3000,
) -> int:
    """Answer in Slack, through a running server, until Ctrl-C or SIGTERM."""
    settings = load_settings()
    # A second of imports (slack-bolt, aiohttp), which the other commands must not pay, and an extra of the package.
    try:
        from clients.slack.redaction import log_without
        from clients.slack.run import Address, run
        from clients.slack.settings import load_slack_settings
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in {"slack_bolt", "slack_sdk", "aiohttp"}:
            raise ClientError(EXTRA) from None
        raise
    ours = load_slack_settings(http=http)
    log_without(secret.get_secret_value() for secret in (ours.bot_token, ours.app_token, ours.signing_secret) if secret)

    def ready(words: str) -> None:
        print_lines([Text(words)])
        sys.stdout.flush()

    came = asyncio.run(run(settings, ours, Address(host, port) if http else None, ready))
    sys.stdout.flush()
    # A thread that still waits for a model would keep the process for minutes; what it answers is heard by nobody.
    os._exit(INTERRUPTED if came == signal.SIGINT else 0)
