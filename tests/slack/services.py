"""`qa serve` in a process of its own, on one port: it can be killed and come back."""

import signal
import socket
import subprocess
from pathlib import Path

import httpx

from tests.clients.processes import LIMIT_S, QA, environment, started
from tests.slack.people import until


class Service:
    """A service over the sample articles. It keeps its port, so that it is found again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Service":
        """Serve, and wait until it does."""
        self._process, _ = started(self._folder, *QA, "serve", "--port", str(self.port))
        httpx.post(f"{self.url}/samples", timeout=LIMIT_S, trust_env=False).raise_for_status()
        return self

    def start_later(self) -> None:
        """Serve, without waiting."""
        self._process = subprocess.Popen(
            [*QA, "serve", "--port", str(self.port)],
            cwd=self._folder,
            env=environment(self._folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self) -> None:
        """Wait until it answers."""
        until(self._is_ready, LIMIT_S, every_s=0.1)

    def end(self, by: signal.Signals = signal.SIGKILL) -> None:
        """End it: at once, unless told otherwise."""
        if self._process is not None:
            self._process.send_signal(by)
            self._process.communicate(timeout=LIMIT_S)
            self._process = None

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False
