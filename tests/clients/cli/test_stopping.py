"""Signals in the middle of what writes, in processes of their own: nothing is lost, and the next command goes on."""

import shutil
import signal
import sys
from pathlib import Path

import pytest

from clients.cli import app as cli
from clients.http import HttpClient
from tests.api.fakes import FakeEngine
from tests.clients.processes import LIMIT_S, qa, started

Captured = pytest.CaptureFixture[str]
IN_REINDEX = """
import time
from clients.cli.app import main
from vectorstore.changes import Changes
every = Changes.every
def halting(*given):
    for batch in every(*given):
        yield batch
        print("begun", flush=True)
        for _ in range(600):
            time.sleep(0.1)  # not one long sleep: a signal just before it would end nothing
Changes.every = halting
main()
"""
IN_INGEST = """
import time
from clients.cli.app import main
from vectorstore import ingest
ingest._ARTICLES_A_BATCH = 1
take, taken = ingest.Ingest._take, []
def halting(*given):
    if taken:
        print("begun", flush=True)
        for _ in range(600):
            time.sleep(0.1)  # not one long sleep: a signal just before it would end nothing
    taken.append(given)
    return take(*given)
ingest.Ingest._take = halting
main()
"""


def stopped(folder: Path, program: str, by: signal.Signals, *command: str) -> tuple[int, str, str]:
    """The exit status, stdout and stderr of a command that gets a signal when it is in the middle of things."""
    process, line = started(folder, sys.executable, "-c", program, *command)
    with process:
        try:
            assert line == "begun\n"
            process.send_signal(by)
            out, err = process.communicate(timeout=LIMIT_S)
        finally:
            process.kill()
    return process.returncode, out.decode(), err.decode()


def write_articles(folder: Path) -> None:
    for number in range(3):
        (folder / f"{number}.md").write_text(f"In storm {number}, {70 + number} boats were lost.", "utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    write_articles(folder)
    assert qa(folder, "ingest", ".").returncode == 0
    return folder


def kept(folder: Path) -> set[str]:
    return {path.name for path in (folder / "data").iterdir()}


@pytest.mark.parametrize(("by", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_a_reindex_that_is_stopped_changes_nothing(
    library: Path, tmp_path: Path, by: signal.Signals, status: int
) -> None:
    folder = shutil.copytree(library, tmp_path / "copy")
    before = kept(folder)
    code, out, err = stopped(folder, IN_REINDEX, by, "reindex")
    assert (code, out) == (status, "")
    if by == signal.SIGKILL:
        assert "chroma-1" in kept(folder)
    else:
        assert err == "qa: Stopped before the end. Nothing is lost; `qa reindex` begins anew.\n"
        assert kept(folder) == before
    asked = qa(folder, "ask", "how many boats were lost in storm 1?")
    assert (asked.returncode, asked.stderr) == (0, b"")
    assert b"71 boats were lost" in asked.stdout
    assert kept(folder) == before


@pytest.mark.parametrize(("by", "status"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_an_ingest_that_is_stopped_keeps_what_it_took_in(tmp_path: Path, by: signal.Signals, status: int) -> None:
    write_articles(tmp_path)
    code, out, err = stopped(tmp_path, IN_INGEST, by, "ingest", ".")
    assert code == status
    if by == signal.SIGTERM:
        assert out == "1 added, 0 updated, 0 unchanged, 0 failed\n"
        assert err == "qa: Stopped before the end. What was taken in is kept; the same command goes on with the rest.\n"
    assert qa(tmp_path, "ingest", ".").stdout == b"2 added, 0 updated, 1 unchanged, 0 failed\n"
    assert kept(tmp_path) == {"library.db", "lock", "chroma", "tantivy"}


def test_a_server_goes_on_with_a_reindex(
    http: HttpClient, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(http, "reindex", interrupted)
    monkeypatch.setattr("clients.cli.session.connect", lambda *_, **__: http)
    assert cli.run(["reindex"]) == 130
    assert capsys.readouterr().err == "qa: No longer waited for: the server at http://testserver goes on with it.\n"
    assert not engine.closed
