"""`qa watch`."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clients.cli import app as cli
from clients.cli import watch
from clients.cli.watch import words_of
from clients.embedded import EmbeddedClient
from clients.errors import UnreachableError
from qa.settings import load_settings
from tests.api.fakes import FakeEngine
from tests.clients.cli.test_stopping import SOON_S
from tests.clients.processes import LIMIT_S, QA, environment, qa, started
from tests.vectorstore.fetching.sites import Reply, serving
from tests.vectorstore.readers.test_web import PAGE

Captured = pytest.CaptureFixture[str]


class Ended(KeyboardInterrupt):
    """What ends a watch in the tests."""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Troops went.")
    return folder


@pytest.fixture(autouse=True)
def _through_the_fake(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.cli.session.connect", lambda *_, **__: EmbeddedClient(engine.as_engine()))


def rounds(*between: Callable[[], object]) -> Callable[[float], None]:
    """Instead of a sleep: what happens between the rounds, and the end."""
    coming: Iterator[Callable[[], object]] = iter(between)

    def sleep(_: float) -> None:
        try:
            happens = next(coming)
        except StopIteration:
            raise Ended from None
        happens()

    return sleep


def test_rounds_tell_what_is_new_and_what_failed_once(news: Path, capsys: Captured) -> None:
    def more() -> None:
        (news / "b.txt").write_text("More troops went.")
        (news / "empty.txt").write_text("")

    watched = watch.Watch(load_settings(), [news], {})
    status = watched.follow(300, rounds(lambda: None, more, lambda: None, (news / "b.txt").unlink, lambda: None))
    assert status == 130
    printed = capsys.readouterr()
    first, *told = printed.out.splitlines()
    assert first == "Watching 1 place every 5 min. Ctrl-C ends it."
    assert [line[9:] if line[2] == ":" else line for line in told] == [
        "1 added, 0 updated, 0 unchanged, 0 failed",
        "1 added, 0 updated, 0 unchanged, 1 failed",
        f"failed: {news}/empty.txt: it is empty; remove it or put the article's text in",
    ]
    assert printed.err == f"qa: {news}/b.txt is gone. Its articles stay until `qa delete` takes them away.\n"


def test_a_round_that_fails_is_told_and_the_next_tries_again(news: Path, engine: FakeEngine, capsys: Captured) -> None:
    def broken() -> None:
        engine.store.failure = UnreachableError("No server answers.")

    def mended() -> None:
        engine.store.failure = None
        (news / "b.txt").write_text("More troops went.")

    broken()
    watch.Watch(load_settings(), [news], {}).follow(60, rounds(lambda: None, mended))
    printed = capsys.readouterr()
    assert printed.err == "qa: No server answers. The next round, in 1 min, tries again.\n" * 2
    assert "2 added" in printed.out


def test_once_for_cron(news: Path, capsys: Captured) -> None:
    assert cli.run(["watch", "--once", str(news)]) == 0
    assert capsys.readouterr().out == "1 added, 0 updated, 0 unchanged, 0 failed\n"
    assert cli.run(["watch", "--once", str(news)]) == 0
    assert capsys.readouterr().out == "0 added, 0 updated, 0 unchanged, 0 failed\n"
    assert cli.run(["watch", "--once", str(news / "gone.txt")]) == 1
    assert "there is no such file" in capsys.readouterr().out


def test_a_dump_with_names_of_its_own(news: Path, engine: FakeEngine) -> None:
    (news / "a.csv").write_text("story,id\nTroops went.,7\n")
    assert cli.run(["watch", "--once", "--map", "text=story", str(news / "a.csv")]) == 0
    assert [source.article and source.article.key for source in engine.store.ingested] == ["id:7"]


@pytest.mark.parametrize("every", ["0s", "x", "5w", "-1m", "31d", "", "1.5h"])
def test_an_interval_that_is_none(every: str, capsys: Captured) -> None:
    assert cli.run(["watch", "--every", every, "."]) == 2
    assert "like 30s, 5m, 2h or 1d" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 s"), (90, "90 s"), (300, "5 min"), (7200, "2 h"), (86_400, "1 d")]
)
def test_intervals_in_words(seconds: float, words: str) -> None:
    assert words_of(seconds) == words


def test_a_process_follows_a_folder_and_a_feed_until_a_signal(tmp_path: Path, news: Path) -> None:
    with serving() as site:
        site.pages |= {
            "/a": Reply(PAGE.format("Story a").encode()),
            "/feed": Reply(f"<rss><channel><item><link>{site.url}/a</link></item></channel></rss>".encode()),
        }
        settings = environment(tmp_path, QA_ALLOW_PRIVATE_FETCH="1")
        command = [*QA, "watch", "--every", "1s", str(news), f"{site.url}/feed"]
        process = subprocess.Popen(command, cwd=tmp_path, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with process:
            try:
                assert process.stdout
                assert process.stdout.readline() == b"Watching 2 places every 1 s. Ctrl-C ends it.\n"
                assert process.stdout.readline().endswith(b"2 added, 0 updated, 0 unchanged, 0 failed\n")
                (news / "b.txt").write_text("More troops went.")
                assert process.stdout.readline().endswith(b"1 added, 0 updated, 0 unchanged, 0 failed\n")
                process.send_signal(signal.SIGINT)
                sent = time.monotonic()
                assert process.wait(LIMIT_S) == 130
                assert time.monotonic() - sent < SOON_S
                assert process.stderr
                assert process.stderr.read() == b""
            finally:
                process.kill()
    assert b"Troops went" in qa(tmp_path, "search", "where did more troops go?").stdout


def test_it_goes_through_a_running_server(tmp_path: Path, news: Path) -> None:
    process, _ = started(tmp_path, *QA, "serve", "--port", "0")
    with process:
        try:
            done = qa(tmp_path, "watch", "--once", str(news))
            assert (done.returncode, done.stdout) == (0, b"1 added, 0 updated, 0 unchanged, 0 failed\n")
            again = qa(tmp_path, "watch", "--once", str(news))
            assert again.stdout == b"0 added, 0 updated, 0 unchanged, 0 failed\n"
            assert b"Troops went." in qa(tmp_path, "articles").stdout
        finally:
            process.terminate()
