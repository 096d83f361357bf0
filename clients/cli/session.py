"""What the commands share: a client for as long as one runs, printing, and the exit statuses."""

import logging
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

from rich.text import Text

from clients.cli.terminal import complain, standard_output, written
from clients.client import Client
from clients.connect import connect
from qa.settings import load_settings

ERROR, USAGE, NO_ANSWER, TERMINATED = 1, 2, 3, 143


@contextmanager
def open_client(*, reindexing: bool = False, making: bool = False) -> Iterator[Client]:
    """The client that the settings give; see `connect`. What it has to tell of repairs goes to stderr, once each.

    SIGTERM ends a command as Ctrl-C does: what was begun is undone, and the data folder closed.
    """
    # What is logged is in the results, too: logging's last resort would print it between the lines.
    logging.basicConfig(handlers=[logging.NullHandler()])
    with terminable(), _failures_told():
        client = connect(load_settings(), on_notice=cache(complain), reindexing=reindexing, making=making)
        try:
            yield client
        finally:
            client.close()


@contextmanager
def _failures_told() -> Iterator[None]:
    """Put on stderr what the engine warns of: the results only say that the model failed, and not why."""
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: complain(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("qa.engine")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


@contextmanager
def terminable() -> Iterator[None]:
    """Have SIGTERM raise SystemExit, as SIGINT raises KeyboardInterrupt."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def print_lines(lines: Iterable[Text]) -> None:
    """Lines on stdout."""
    console = standard_output()
    with written():
        for text in lines:
            console.print(text)
