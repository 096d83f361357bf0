"""`qa ask` on a terminal and beside one: provisional text is wiped away, whatever comes after it."""

import io
import json
from collections.abc import Callable, Iterator

import pytest

from clients.cli import app as cli
from clients.embedded import EmbeddedClient
from clients.errors import CutOffError
from qa.events import Event
from tests.api.fakes import QUOTE, FakeEngine, answer
from tests.api.test_ask_stream import TOLD

Ask = Callable[..., tuple[int, str]]

WIPED = "\x1b[1A\x1b[2K"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _connected(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.cli.session.connect", lambda *_, **__: EmbeddedClient(engine.as_engine()))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs `qa ask` on a terminal: its exit status, and all that it wrote there."""

    def run(*options: str) -> tuple[int, str]:
        stream = Terminal()
        with monkeypatch.context() as patch:  # here and not in the fixture: pytest sets its own before the call
            patch.setattr("sys.stdout", stream)
            return cli.run(["ask", "x", *options]), stream.getvalue()

    return run


def test_the_text_is_shown_as_provisional_and_gives_way(engine: FakeEngine, ask: Ask) -> None:
    engine.told, engine.replies = TOLD, [answer()]
    status, written = ask()
    assert status == 0
    shown, _, left = written.rpartition(WIPED)
    assert "Written from 2 sources, not yet checked" in shown
    assert "Pitting 15,000" in shown
    assert "\u2029" not in shown  # what a model writes is made safe like all else
    assert "not yet checked" not in left
    assert "Operation Pitting evacuated" in left


def test_what_breaks_off_leaves_no_text(engine: FakeEngine, ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    engine.told, engine.replies = [*TOLD, CutOffError("It was cut off.")], [answer()]
    status, written = ask()
    assert status == 1
    assert "Pitting" not in written.rpartition(WIPED)[2]
    assert capsys.readouterr().err == "qa: It was cut off.\n"


def test_a_stream_that_just_ends_is_no_answer(
    engine: FakeEngine, ask: Ask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ends(*_: object) -> Iterator[Event]:
        yield from (event for event in TOLD if not isinstance(event, BaseException))

    monkeypatch.setattr(engine, "stream", ends)
    assert ask()[0] == 1
    assert "cut off" in capsys.readouterr().err


def test_without_a_model_nothing_but_the_answer_is_shown(engine: FakeEngine, ask: Ask) -> None:
    engine.replies = [answer()]
    status, written = ask()
    assert status == 0
    assert "\x1b[2K" not in written
    assert "not yet checked" not in written


def test_beside_a_terminal_only_the_answer_is_printed(
    engine: FakeEngine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.told, engine.replies = TOLD, [answer(), answer()]
    assert cli.run(["ask", "x"]) == 0
    assert capsys.readouterr().out.startswith(f"15,000 people\n{QUOTE} [1]\n\n[1] The airlift ends")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert cli.run(["ask", "x", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a1"


def test_the_mode_goes_through(engine: FakeEngine, ask: Ask) -> None:
    engine.replies = [answer(), answer()]
    for mode in ("generated", "auto"):
        assert ask("--mode", mode)[0] == 0
    assert [asked.mode for asked in engine.asked] == ["generated", "auto"]
