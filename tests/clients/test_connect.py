"""Which client the settings give: a server wherever there is one."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from clients.connect import connect
from clients.embedded import EmbeddedClient
from clients.errors import NoLibraryError
from clients.http import HttpClient
from qa.settings import Settings
from tests.api.fakes import FakeEngine
from vectorstore.errors import FolderLockedError
from vectorstore.lock import FolderLock


class _Health(BaseHTTPRequestHandler):
    token = ""

    def do_GET(self) -> None:
        body = {"status": "alive", "service": "dateline", "version": "1", "instance": self.token}
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def served() -> Iterator[tuple[str, type[_Health]]]:
    handler = type("Handler", (_Health,), {})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Opening the engine gives a fake; the list holds whether each opening was for reindexing."""
    calls: list[bool] = []

    def open_engine(_: Settings, *, on_notice: object, reindexing: bool) -> FakeEngine:
        calls.append(reindexing)
        return FakeEngine()

    monkeypatch.setattr("qa.bootstrap.open_engine", open_engine)
    return calls


def _connect(data_dir: Path, **settings: str) -> object:
    return connect(Settings(data_dir=data_dir, **settings), on_notice=lambda _: None, making=True)  # type: ignore[arg-type]


def test_the_setting_wins(tmp_path: Path) -> None:
    client = _connect(tmp_path, server="http://127.0.0.1:1/")
    assert isinstance(client, HttpClient)
    assert client.url == "http://127.0.0.1:1"
    client.close()


def test_no_library_is_made_by_looking_for_one(tmp_path: Path) -> None:
    with pytest.raises(NoLibraryError, match=r"There is no library in .*/nowhere. `qa ingest PATH\.\.\.` makes one"):
        connect(Settings(data_dir=tmp_path / "nowhere"), on_notice=lambda _: None)
    assert not list(tmp_path.iterdir())


def test_without_an_owner_the_folder_is_opened(tmp_path: Path, opened: list[bool]) -> None:
    assert isinstance(_connect(tmp_path), EmbeddedClient)
    assert opened == [False]


def test_the_owner_that_serves_is_gone_through(tmp_path: Path, served: tuple[str, type[_Health]]) -> None:
    url, handler = served
    lock = FolderLock.acquire(tmp_path)
    lock.announce(url)
    handler.token = lock.token
    client = _connect(tmp_path)
    assert isinstance(client, HttpClient)
    assert client.url == url
    client.close()
    lock.release()


def test_a_stale_note_is_not_believed(tmp_path: Path, served: tuple[str, type[_Health]], opened: list[bool]) -> None:
    url, handler = served
    handler.token = "of another folder"
    (tmp_path / "owner.json").write_text(json.dumps({"pid": 1, "url": url, "token": "old"}), "utf-8")
    assert isinstance(_connect(tmp_path), EmbeddedClient)
    assert opened == [False]


def test_a_lost_race_goes_through_the_winner(
    tmp_path: Path, served: tuple[str, type[_Health]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, handler = served
    winner = FolderLock.acquire(tmp_path)
    handler.token = winner.token

    def lose(*_: object, **__: object) -> None:
        winner.announce(url)
        raise FolderLockedError("in use", url)

    monkeypatch.setattr("qa.bootstrap.open_engine", lose)
    client = _connect(tmp_path)
    assert isinstance(client, HttpClient)
    client.close()
    winner.release()


def test_a_folder_locked_by_one_that_does_not_serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(*_: object, **__: object) -> None:
        raise FolderLockedError("in use by process 7")

    monkeypatch.setattr("qa.bootstrap.open_engine", lose)
    with pytest.raises(FolderLockedError, match="process 7"):
        _connect(tmp_path)
