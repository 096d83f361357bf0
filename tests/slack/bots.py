"""Bots to try: in a thread of this process, or as `qa slack` in one of its own."""

import asyncio
import os
import selectors
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pydantic import SecretStr

from clients.slack.run import Address, run_until
from clients.slack.settings import SlackSettings
from qa.settings import Settings
from tests.clients.processes import LIMIT_S, QA, ROOT
from tests.slack.server import Server
from tests.slack.workspace import APP_TOKEN, BOT_TOKEN, SECRET


class Bot:
    """A bot in a thread. ready: what it said when it took events."""

    def __init__(self, folder: Path, service: str, slack: Server, *, http: bool = False, channels: str = "") -> None:
        self.ready = ""
        self._settings = Settings(data_dir=folder, server=service)
        self._slack = SlackSettings(
            bot_token=SecretStr(BOT_TOKEN),
            app_token=SecretStr(APP_TOKEN),
            signing_secret=SecretStr(SECRET),
            channels=channels,
            api_url=slack.api,
        )
        self._address = Address("127.0.0.1", 0) if http else None
        self._loop = asyncio.new_event_loop()
        self._told: asyncio.Future[Any] = self._loop.create_future()
        self._is_ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="bot")
        self.failure: BaseException | None = None

    def start(self) -> "Bot":
        self._thread.start()
        assert self._is_ready.wait(LIMIT_S), self.failure
        if self.failure is not None:
            raise self.failure
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._tell)
        self._thread.join(LIMIT_S)
        assert not self._thread.is_alive()

    def _tell(self) -> None:
        if not self._told.done():
            self._told.set_result(None)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(
                run_until(self._told, self._settings, self._slack, self._address, self._say_ready)
            )
        except BaseException as error:  # noqa: BLE001 - it is raised where the test waits
            self.failure = error
        finally:
            self._is_ready.set()
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    def _say_ready(self, words: str) -> None:
        self.ready = words
        self._is_ready.set()


@contextmanager
def running(bot: Bot) -> Iterator[Bot]:
    """A bot that is stopped at the end."""
    bot.start()
    try:
        yield bot
    finally:
        bot.stop()


class Process:
    """`qa slack` in a process of its own, which can be killed."""

    def __init__(self, folder: Path, service: str, slack: Server, *options: str, **settings: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("QA_")}
        given = {
            "PYTHONPATH": str(ROOT),
            "QA_DATA_DIR": str(folder),
            "QA_SERVER": service,
            "QA_SLACK_BOT_TOKEN": BOT_TOKEN,
            "QA_SLACK_APP_TOKEN": APP_TOKEN,
            "QA_SLACK_SIGNING_SECRET": SECRET,
            "QA_SLACK_API_URL": slack.api,
        }
        self.process = subprocess.Popen(
            [*QA, "slack", *options],
            cwd=folder,
            env=kept | given | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            heard = selector.select(LIMIT_S)
        self.ready = self.process.stdout.readline().decode() if heard else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.kill()

    def kill(self) -> str:
        """Kill it at once: what it logged."""
        return self._end(signal.SIGKILL)

    def stop(self) -> str:
        """Tell it to stop, and see that it does well: what it logged."""
        logged = self._end(signal.SIGTERM)
        assert self.process.returncode == 0, logged
        return logged

    def _end(self, by: signal.Signals) -> str:
        self.process.send_signal(by)
        try:
            return self.process.communicate(timeout=LIMIT_S)[1].decode()
        finally:
            self.process.kill()
