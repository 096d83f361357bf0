"""Signals in the middle of what writes, in processes of their own: nothing is lost, and the next command goes on."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from clients.cli import app as cli
from clients.errors import JobEndedError
from clients.http import HttpClient
from clients.http_jobs import JOB
from tests.api.fakes import FakeEngine
from tests.api.live import until
from tests.clients.processes import LIMIT_S, QA, environment, qa, started
from vectorstore.jobs.records import Job, Tally

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
IN_SERVER = """
import time
from clients.cli.app import main
from vectorstore import ingest
ingest._ARTICLES_A_BATCH = 1
take = ingest.Ingest._take
def slowly(*given):
    time.sleep(0.05)
    return take(*given)
ingest.Ingest._take = slowly
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


SOON_S = 4.0
"""It is 2 s on a machine that has nothing else to do."""


def stopped(folder: Path, program: str, by: signal.Signals, *command: str) -> tuple[int, str, str]:
    """The exit status, stdout and stderr of a command that gets a signal when it is in the middle of things."""
    process, line = started(folder, sys.executable, "-c", program, *command)
    with process:
        try:
            assert line == "begun\n"
            process.send_signal(by)
            sent = time.monotonic()
            out, err = process.communicate(timeout=LIMIT_S)
            assert time.monotonic() - sent < SOON_S
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


@pytest.mark.parametrize(("by", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_an_ingest_that_is_stopped_keeps_what_it_took_in(tmp_path: Path, by: signal.Signals, status: int) -> None:
    write_articles(tmp_path)
    code, out, err = stopped(tmp_path, IN_INGEST, by, "ingest", ".")
    assert code == status
    if by != signal.SIGKILL:
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


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], HttpClient]]:
    """A server that takes a twentieth of a second for each article, and a client for it."""
    process, line = started(folder, sys.executable, "-c", IN_SERVER, "serve", "--port", "0")
    with process, HttpClient(line.split()[3]) as client:
        try:
            yield process, client
        finally:
            process.kill()


@pytest.mark.parametrize(("by", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_server_ends_in_the_middle_of_a_job_and_the_same_request_goes_on(
    tmp_path: Path, by: signal.Signals, status: int
) -> None:
    articles = [{"key": f"{n}", "text": f"In storm {n}, {70 + n} boats were lost."} for n in range(40)]

    def begun(client: HttpClient) -> Job:
        return JOB.validate_json(client._respond("POST", "/articles", body={"articles": articles}).content)

    with serving(tmp_path) as (process, client):
        job = begun(client)
        assert until(lambda: client.job(job.id).done >= 2, LIMIT_S)
        with ThreadPoolExecutor(1) as pool:
            following = pool.submit(list, client.follow_job(job))
            time.sleep(0.5)
            process.send_signal(by)
            sent = time.monotonic()
            assert process.wait(LIMIT_S) == status
            assert time.monotonic() - sent < SOON_S
            with pytest.raises(JobEndedError, match="goes on with the rest"):
                following.result(LIMIT_S)
    with serving(tmp_path) as (process, client):
        left = client.job(job.id)
        assert (left.state, left.done) == ("interrupted", left.tally.added)
        assert 2 <= left.done < 40
        *_, done = client.follow_job(begun(client))
        assert done.tally == Tally(added=40 - left.done, unchanged=left.done)


def test_who_stops_an_ingest_through_a_server_stops_its_job(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.md").write_text(f"In storm {number}, {70 + number} boats were lost.", "utf-8")
    with serving(tmp_path) as (_, client):
        command = subprocess.Popen(
            [*QA, "ingest", "."],
            cwd=tmp_path,
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert until(lambda: any(job.done for job in client.jobs(limit=1).items), LIMIT_S)
        command.send_signal(signal.SIGINT)
        sent = time.monotonic()
        out, err = command.communicate(timeout=LIMIT_S)
        assert time.monotonic() - sent < SOON_S
        assert (command.returncode, err) == (
            130,
            b"qa: Stopped before the end. What was taken in is kept; the same command goes on with the rest.\n",
        )
        assert out.endswith(b"0 updated, 0 unchanged, 0 failed\n")
        assert until(lambda: client.jobs(limit=1).items[0].state == "cancelled", LIMIT_S)
        assert 0 < client.jobs(limit=1).items[0].done < 40


def test_a_signal_before_the_commands_are_imported_ends_it_without_a_traceback(tmp_path: Path) -> None:
    program = """
import sys, time
class Slow:
    def find_spec(self, name, *_):
        if name == "clients.cli.app":
            print("begun", flush=True)
            time.sleep(60)
sys.meta_path.insert(0, Slow())
from clients.cli.start import main
main()
"""
    assert stopped(tmp_path, program, signal.SIGINT) == (130, "", "")
