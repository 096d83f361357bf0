"""`qa chat` over a real engine: lines in, what is printed out."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clients.cli import app as cli
from clients.cli.chat import Chat
from clients.embedded import EmbeddedClient
from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.records import Answer, Request
from tests.api.fakes import no_answer
from vectorstore.embedding import open_embedding
from vectorstore.records import Article, Source
from vectorstore.store import Store

HOW_MANY = "How many people were evacuated from Kabul?"
AIRLIFT = Article(
    key="airlift",
    title="The airlift\x1b[31m ends",
    source="The Example",
    text="The last flight has left Kabul. In Operation Pitting, 15,000 people were evacuated from Kabul.",
)
Talk = Callable[..., str]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    embedder = open_embedding("wordllama", None, None, 0)
    store = Store.open(tmp_path_factory.mktemp("chat") / "data", embedder)
    store.ingest([Source("airlift", AIRLIFT)])
    engine = Engine(store, Similarity(embedder))
    yield engine
    engine.close()


class Kept(EmbeddedClient):
    """A client that leaves the engine open."""

    def close(self) -> None:
        """It is closed by the fixture."""


@pytest.fixture
def talk(engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talk:
    """Runs `qa chat` with these lines: all that it printed."""
    monkeypatch.setattr("clients.cli.session.connect", lambda *_, **__: Kept(engine))

    def run(*lines: str, options: tuple[str, ...] = ()) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert cli.run(["chat", *options]) == 0
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run


def test_a_conversation(talk: Talk, engine: Engine) -> None:
    printed = talk(HOW_MANY, "/sources", "/open 1", "/open 7", "/nonsense", "")
    assert "15,000 people were evacuated" in printed
    assert "[1] The airlift\\x1b[31m ends (The Example)" in printed
    assert ">>>In Operation Pitting, 15,000 people were evacuated from Kabul.<<<" in printed
    assert "number of a citation of the last answer: 1." in printed
    assert "There is no /nonsense." in printed
    assert "\x1b" not in printed
    assert engine.conversations.page().items[0].turns == 1


def test_it_goes_on_where_it_was(talk: Talk, engine: Engine) -> None:
    talk(HOW_MANY, "/new", "Who left Kabul?")
    before = engine.conversations.page()
    printed = talk("/quit", options=("--continue",))
    assert "> Who left Kabul?" in printed
    assert engine.conversations.page() == before
    listed = talk("/list", "/go 2", "/go x", HOW_MANY)
    assert "1. Who left Kabul?  1 turns" in listed
    assert "/go takes a number of /list." in listed
    assert engine.conversations.page().items[0].title == HOW_MANY
    assert engine.conversations.page().items[0].turns == 2


def test_export(talk: Talk, tmp_path: Path) -> None:
    file = tmp_path / "kabul.md"
    printed = talk("/export x", HOW_MANY, f"/export {file}", f"/export {file}", "/export", "/export /nowhere/x.md")
    assert "There is nothing to export yet" in printed
    assert f"Written to {file}." in printed
    assert "is there already" in printed
    assert "takes the name of a file" in printed
    assert "can't be written: No such file or directory" in printed
    assert file.read_text("utf-8").startswith(f"# {HOW_MANY}")


def test_what_can_not_be_asked_does_not_end_it(talk: Talk) -> None:
    printed = talk("x" * 2_001, HOW_MANY, "/help")
    assert "at most 2,000 are read" in printed
    assert "15,000 people" in printed
    assert "/export FILE" in printed


class Asked(Kept):
    """Asks back once; records what is asked; is stopped by Ctrl-C where it is told so."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.asked: list[str] = []

    def ask(self, request: Request) -> Answer:
        self.asked.append(request.question)
        if request.question == "stop":
            raise KeyboardInterrupt
        return no_answer(reason="unclear", text="Who is meant?", suggestions=("Who left?", "Who stayed?"))


def test_a_number_chooses_a_suggestion_and_ctrl_c_stops_only_the_answer(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    client = Asked(engine)
    chat = Chat(client)
    for typed in ("2", "who?", "2", "stop", "3"):
        chat.take(typed)
    assert client.asked == ["2", "who?", "Who stayed?", "stop", "3"]
    printed = capsys.readouterr().out
    assert "Who is meant?\n  1. Who left?\n  2. Who stayed?" in printed
    assert "Stopped. The question has no answer" in printed
