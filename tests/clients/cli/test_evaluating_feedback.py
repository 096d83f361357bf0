"""`qa eval --from-feedback`, over a real engine in this process."""

import json
from pathlib import Path

import pytest

from clients.cli import app as cli
from clients.embedded import EmbeddedClient
from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.records import Request
from vectorstore.embedding import open_embedding
from vectorstore.records import Article, Source
from vectorstore.store import Store

Captured = pytest.CaptureFixture[str]
HOW_MANY = "How many people were evacuated?"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """One of a client that `qa` opens, and closes when it is done."""
    embedder = open_embedding("wordllama", None, None, 0)
    store = Store.open(tmp_path / "data", embedder)
    store.ingest([Source("airlift", Article("airlift", "In Operation Pitting, 15,000 people were evacuated."))])
    opened = Engine(store, Similarity(embedder))
    monkeypatch.setattr("clients.cli.session.connect", lambda *_, **__: EmbeddedClient(opened))
    return opened


def test_thumbs_down_are_printed_as_a_data_set(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("clients.cli.evaluating_feedback._PAGE", 1)
    for question, verdict in ((HOW_MANY, "down"), ("Who?", "up"), ("When was Operation Pitting?", "down")):
        engine.feedback.give(engine.ask(Request(question)).id, verdict, "not\x9b so")  # type: ignore[arg-type]
    assert cli.run(["eval", "--from-feedback"]) == 0
    printed = capsys.readouterr()
    lines = [json.loads(line) for line in printed.out.splitlines()]
    assert [line["question"] for line in lines] == ["When was Operation Pitting?", HOW_MANY]
    assert lines[0]["comments"] == ["not\x9b so"]
    assert "\x9b" not in printed.out
    assert "2 to fill in" in printed.err


def test_where_no_thumb_is_down_it_says_so(engine: Engine, capsys: Captured) -> None:
    engine.feedback.give(engine.ask(Request(HOW_MANY)).id, "up")
    assert cli.run(["eval", "--from-feedback"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "No answer has a thumb down" in printed.err


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["eval", "--from-feedback", "x.jsonl"], "--from-feedback stands alone"),
        (["eval", "--from-feedback", "--json"], "--from-feedback stands alone"),
        (["eval"], "Name a data set"),
    ],
)
def test_wrong_usage(command: list[str], told: str, capsys: Captured) -> None:
    assert cli.run(command) == 2
    assert told in capsys.readouterr().err


def test_without_a_library_it_says_where_it_looked(capsys: Captured, tmp_path: Path) -> None:
    assert cli.run(["eval", "--from-feedback"]) == 1
    assert f"There is no library in {tmp_path / 'data'}" in capsys.readouterr().err
