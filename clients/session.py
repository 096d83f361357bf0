"""What the commands share: a client for as long as one runs, printing, and the exit statuses."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.text import Text

from clients.client import Client
from clients.connect import connect
from clients.terminal import complain, standard_output
from qa.settings import load_settings

ERROR, USAGE, NO_ANSWER, INTERRUPTED = 1, 2, 3, 130


@contextmanager
def open_client(*, reindexing: bool = False) -> Iterator[Client]:
    """The client that the settings give; see `connect`."""
    client = connect(load_settings(), on_notice=complain, reindexing=reindexing)
    try:
        yield client
    finally:
        client.close()


def print_lines(lines: Iterable[Text]) -> None:
    """Lines on stdout."""
    console = standard_output()
    for text in lines:
        console.print(text)
