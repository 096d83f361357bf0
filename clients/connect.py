"""connect: a client for the settings, through a running server wherever there is one."""

from collections.abc import Callable

from clients.client import Client
from clients.errors import NoLibraryError
from clients.http import HttpClient, prove
from qa.settings import Settings
from vectorstore.errors import FolderLockedError
from vectorstore.layout import LIBRARY, index_folders
from vectorstore.lock import read_owner


def connect(
    settings: Settings, *, on_notice: Callable[[str], None], reindexing: bool = False, making: bool = False
) -> Client:
    """The server of QA_SERVER; else the one that owns the data folder; else the data folder itself, opened here.

    reindexing: see `qa.bootstrap.open_engine`. making: make a library where there is none; else
    NoLibraryError says where it was looked for. Raises VectorstoreError where the folder can't be opened.
    """
    if through := server_of(settings):
        return through
    if not making and not (settings.data_dir / LIBRARY).exists() and not index_folders(settings.data_dir):
        raise NoLibraryError(
            f"There is no library in {settings.data_dir.absolute()}. `qa ingest PATH...` makes one there; "
            "QA_DATA_DIR names another folder."
        )
    # Seconds of imports (LlamaIndex, Chroma), which a command that goes through a server must not pay.
    from clients.embedded import EmbeddedClient
    from qa.bootstrap import open_engine

    try:
        return EmbeddedClient(open_engine(settings, on_notice=on_notice, reindexing=reindexing))
    except FolderLockedError:
        # Another process was quicker; once it serves, it can be gone through.
        if through := _owner(settings):
            return through
        raise


def server_of(settings: Settings) -> HttpClient | None:
    """The server of QA_SERVER; else the one that owns the data folder; None where there is none."""
    return _owner(settings) if settings.server is None else HttpClient(settings.server)


def _owner(settings: Settings) -> HttpClient | None:
    """A client of the server that owns the data folder. Its note may be stale, its port another program's by now."""
    owner = read_owner(settings.data_dir)
    if owner is None or owner.url is None or not prove(owner.url, owner.token):
        return None
    return HttpClient(owner.url)
