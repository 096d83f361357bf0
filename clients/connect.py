"""connect: a client for the settings, through a running server wherever there is one."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clients.client import Client
from clients.errors import NoLibraryError
from qa.settings import Settings
from vectorstore.errors import FolderLockedError
from vectorstore.layout import LIBRARY, index_folders
from vectorstore.lock import read_owner

if TYPE_CHECKING:
    from clients.http import HttpClient


def connect(
    settings: Settings, *, on_notice: Callable[[str], None], reindexing: bool = False, making: bool = False
) -> Client:
    """The server of QA_SERVER; else the one that owns the data folder; else the data folder itself, opened here.

    reindexing: see `qa.bootstrap.open_engine`. making: make a library where there is none; else
    NoLibraryError says where it was looked for. Raises VectorstoreError where the folder can't be opened.
    """
    if through := server_of(settings):
        return through
    if not making and not index_folders(settings.data_dir):
        refuse_none(settings)
    with _uncollected():
        # Half a second of imports (SQLAlchemy, Chroma), which who goes through a server must not pay.
        from clients.embedded import EmbeddedClient
        from qa.bootstrap import open_engine

    try:
        return EmbeddedClient(open_engine(settings, on_notice=on_notice, reindexing=reindexing))
    except FolderLockedError:
        # Another process was quicker; once it serves, it can be gone through.
        if through := _owner(settings):
            return through
        raise


def refuse_none(settings: Settings) -> None:
    """Raise NoLibraryError where there is no library in the data folder."""
    if not (settings.data_dir / LIBRARY).exists():
        raise NoLibraryError(
            f"There is no library in {settings.data_dir.absolute()}. `qa ingest PATH...` makes one there; "
            "QA_DATA_DIR names another folder."
        )


def server_of(settings: Settings) -> "HttpClient | None":
    """The server of QA_SERVER; else the one that owns the data folder; None where there is none."""
    return _owner(settings) if settings.server is None else _through(settings.server)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without Python's collector, which looks through all that is loaded again and again: a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _owner(settings: Settings) -> "HttpClient | None":
    """A client of the server that owns the data folder. Its note may be stale, its port another program's by now."""
    owner = read_owner(settings.data_dir)
    if owner is None or owner.url is None:
        return None
    from clients.http import prove  # see `_through`

    return _through(owner.url) if prove(owner.url, owner.token) else None


def _through(url: str) -> "HttpClient":
    # A tenth of a second of imports (httpx), which who opens the data folder must not pay.
    from clients.http import HttpClient

    return HttpClient(url)
