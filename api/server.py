"""serve: the HTTP service on a port, from the settings to the last goodbye."""

import errno
import gc
import ipaddress
import logging
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from types import FrameType

import uvicorn

from api import requests
from api.app import create_app
from qa.bootstrap import open_engine
from qa.engine import Engine
from qa.settings import Settings
from vectorstore.jobs.runner import Jobs

LAST_REQUESTS_S = 30
"""How long requests under way may take to end when the server is told to stop."""

# Seconds that a thread keeps Python to itself where others wait. A question gives it up some dozens of times, and while
# articles are taken in it got it back 5 ms later each time, as is the default: its p95 was 3.3 times that of an idle
# server (3.35 and 3.28), and is 2.9 now (3.08 and 2.71; `make bench`, alternately, all on one core).
_TURN_S = 0.0005

_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not bound to


class ServeError(Exception):
    """The address can't be served on. The message says what to do."""


def serve(
    settings: Settings,
    host: str,
    port: int,
    *,
    on_ready: Callable[[str], None],
    on_notice: Callable[[str], None],
) -> None:
    """Serve until SIGTERM (returns) or SIGINT (KeyboardInterrupt), then let requests end and close the data folder.

    port: 0 takes a free one. on_ready: told the URL when requests are taken. Raises ServeError, VectorstoreError.
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger(requests.__name__).setLevel(logging.INFO)
    # uvicorn raises the signal again when it has stopped; the default would end the process before the store is closed
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sys.setswitchinterval(_TURN_S)
    with closing(_bind(host, port)) as listener:
        engine = open_engine(settings, on_notice=on_notice)
        jobs = Jobs(lambda: engine.store.database, engine.store.token)
        try:
            # Beside the start, not before it: a model's server that is silent must not keep this one from serving.
            threading.Thread(target=_check_model, args=(engine, on_notice), name="model-check", daemon=True).start()
            url = _url(listener)

            if not _is_loopback(listener):
                on_notice(
                    f"Everybody who reaches {host} can read, add and delete here: there are no keys yet. Serve on "
                    "127.0.0.1 to keep it to this machine."
                )

            def ready() -> None:
                gc.freeze()  # or Python looks through all that was loaded again and again: a quarter of a second each
                engine.store.announce(url)
                on_ready(url)

            app = create_app(
                engine,
                loopback=_is_loopback(listener),
                allowed_origins=settings.allowed_origins,
                allow_private_fetch=settings.allow_private_fetch,
                jobs=jobs,
            )
            _Server(app, ready, jobs.stop).run(sockets=[listener])
        finally:
            engine.close()


def _check_model(engine: Engine, on_notice: Callable[[str], None]) -> None:
    """Tell when the model that writes answers can't be used, once; /readyz tells at any time."""
    if wrong := engine.check_model():
        on_notice(f"{wrong} Until it works, answers are put together from the articles' own words.")


class _Server(uvicorn.Server):
    """uvicorn, telling when requests are taken, and when it is told to stop.

    It then waits for the requests under way; those that follow a job would never end while that goes on.
    """

    def __init__(
        self, app: Callable[..., object], on_ready: Callable[[], None], on_stopping: Callable[[], None]
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=LAST_REQUESTS_S,
            )
        )
        self._on_ready = on_ready
        self._on_stopping = on_stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Tell, and stop."""
        self._on_stopping()
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()


def _bind(host: str, port: int) -> socket.socket:
    """A socket on the address. Bound before the engine opens, so that a port in use is told at once."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError:
        raise ServeError(f"There is no address for the host {host!r}. Choose another with --host.") from None
    listener = socket.socket(family, kind, proto)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise ServeError(_why(error, host, port)) from None
    return listener


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} of {host} is in use. Stop what uses it, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"This user may not serve on port {port}. Choose one of 1024 or more with --port."
    return f"Can't serve on {host}, port {port}: {error.strerror}. Choose another address with --host."


def _is_loopback(listener: socket.socket) -> bool:
    """Whether this machine alone can reach it."""
    return ipaddress.ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback


def _url(listener: socket.socket) -> str:
    """Where this machine reaches it: an address that stands for all of them is no address to call."""
    host, port = listener.getsockname()[:2]
    host = _ANY.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
