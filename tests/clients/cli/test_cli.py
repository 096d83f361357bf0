"""The commands over a fake engine: what they print, where, and their exit status."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from clients.cli import app as cli
from clients.embedded import EmbeddedClient
from clients.errors import UnreachableError
from qa.engine import Engine
from qa.errors import ModelRefusedError
from qa.records import Remains, Searched
from qa.writing.generate import Writer
from tests.api.fakes import ERASED, QUOTE, TEXT, FakeEngine, answer, citation, no_answer, stored
from tests.qa.fake_model import FakeChatModel
from tests.qa.fakes import FakeStore, article, nothing_alike
from tests.vectorstore.fetching.sites import Reply, serving
from tests.vectorstore.readers.test_web import PAGE
from vectorstore.errors import DiskFullError, FolderLockedError
from vectorstore.records import IngestResult, Source

ROOT = Path(__file__).parents[3]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _connected(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> EmbeddedClient:
        return EmbeddedClient(engine.as_engine())

    monkeypatch.setattr("clients.cli.session.connect", connect)


def _stdin(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_an_answer(engine: FakeEngine, capsys: Captured) -> None:
    engine.replies = [answer()]
    assert cli.run(["ask", "how", "many", "were evacuated"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(f"15,000 people\n{QUOTE} [1]\n\n[1] The airlift ends (The Example, 2021-08-29)\n")
    assert printed.err == ""
    assert engine.asked[0].question == "how many were evacuated"
    assert engine.closed


def test_the_options_of_a_question(engine: FakeEngine) -> None:
    engine.replies = [answer()]
    options = "--mode extractive --since 2021-08-01 --until 2021-08-31 --as-of 2021-08-20 --source A --source B"
    assert cli.run(["ask", "x", *options.split()]) == 0
    (asked,) = engine.asked
    assert asked.mode == "extractive"
    assert [day.isoformat() for day in (asked.filters.since, asked.filters.until, asked.filters.as_of) if day] == [
        "2021-08-01",
        "2021-08-31",
        "2021-08-20",
    ]
    assert asked.filters.sources == ("A", "B")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2021-08-20", date(2021, 8, 20)),
        ("2021-08-20T09:30Z", datetime(2021, 8, 20, 9, 30, tzinfo=UTC)),
        ("2021-08-20T09:30", datetime(2021, 8, 20, 9, 30).astimezone(UTC)),
    ],
)
def test_a_question_as_of_a_day_or_a_moment(engine: FakeEngine, typed: str, expected: date) -> None:
    engine.replies = [answer()]
    assert cli.run(["ask", "x", "--as-of", typed]) == 0
    assert engine.asked[0].filters.as_of == expected


def test_a_moment_that_is_none(engine: FakeEngine, capsys: Captured) -> None:
    assert cli.run(["ask", "x", "--as-of", "yesterday"]) == 2
    assert "a moment like 2021-08-13T09:00" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["ask"], ["ask", "-"]])
def test_the_question_on_stdin(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    engine.replies = [answer()]
    _stdin(monkeypatch, "\ufeffwhat about café?\n".encode())
    assert cli.run(arguments) == 0
    assert engine.asked[0].question == "what about café?"


def test_a_question_like_an_option(engine: FakeEngine) -> None:
    engine.replies = [answer()]
    assert cli.run(["ask", "--", "--json", "or not?"]) == 0
    assert engine.asked[0].question == "--json or not?"


def test_json_is_exactly_the_answer(engine: FakeEngine, capsys: Captured) -> None:
    engine.replies = [answer(), no_answer()]
    assert cli.run(["ask", "x", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["citations"][0]["quote"] == QUOTE
    assert list(printed)[:3] == ["id", "status", "reason"]
    assert cli.run(["ask", "x", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["status"] == "no_answer"


def test_no_answer(engine: FakeEngine, capsys: Captured) -> None:
    engine.replies = [no_answer()]
    assert cli.run(["ask", "x"]) == 3
    assert capsys.readouterr().out.startswith("The articles don't say.\n")


def test_an_empty_library_says_what_to_do(engine: FakeEngine, capsys: Captured) -> None:
    engine.store.held = {}
    engine.replies = [no_answer(searched=Searched(0, 0), nearest=())] * 2
    assert cli.run(["ask", "x", "--since", "2021-01-01"]) == 3
    assert "qa ingest PATH..." in capsys.readouterr().out
    engine.store.held = {"a": stored()}
    assert cli.run(["ask", "x", "--since", "2021-01-01"]) == 3
    assert "No article passes the filters." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nope"], "No such command 'nope'"),
        (["ask", "x", "--bogus"], "No such option"),
        (["ask", "x", "--mode", "psychic"], "--mode"),
        (["ask", "x", "--since", "yesterday"], "A day is written like 2021-08-13"),
        (["ask", ""], "question"),
        (["ask", "x" * 2001], "question"),
        (["ask", "a\0b"], "question"),
        (["ask", "\udcff"], "not valid UTF-8"),
        (["ask", "x", "--source", "\udcff"], "not valid UTF-8"),
        (["show"], "Missing argument"),
        (["show", "\udcff"], "not valid UTF-8"),
        (["show", "airlift-1f0a9c3d", "--at", "9"], "START:END"),
        (["show", "airlift-1f0a9c3d", "--at", "5:5"], "START:END"),
        (["show", "airlift-1f0a9c3d", "--at", "0:9999"], "85 characters"),
        (["show", "airlift-1f0a9c3d", "--at", "0:9", "--json"], "--json"),
        (["articles", "--limit", "0"], "--limit"),
        (["articles", "--cursor", "\udcff"], "not valid UTF-8"),
        (["serve", "--port", "99999"], "--port"),
    ],
)
def test_wrong_usage_is_one_line_and_2(capsys: Captured, arguments: list[str], words: str) -> None:
    assert cli.run(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("qa: ")
    assert printed.err.count("\n") == 1
    assert words in printed.err


def test_stdin_that_is_not_text(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    _stdin(monkeypatch, b"caf\xe9")
    assert cli.run(["ask"]) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_nothing_to_do_shows_the_help(capsys: Captured) -> None:
    assert cli.run([]) == 2
    assert "Usage: qa" in capsys.readouterr().out
    assert cli.run(["--help"]) == 0
    assert cli.run(["--version"]) == 0


class Panic(BaseException):
    """As pyo3's PanicException, which is no Exception."""


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (FolderLockedError("The data folder is in use."), 1, "qa: The data folder is in use.\n"),
        (UnreachableError("No server answers."), 1, "qa: No server answers.\n"),
        (RuntimeError("boom \x1b"), 1, "qa: Something unforeseen went wrong (RuntimeError: boom \\x1b). "),
        (Panic("index out of bounds"), 1, "qa: Something unforeseen went wrong (Panic: index out of bounds). "),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_an_error_is_one_line(
    engine: FakeEngine, capsys: Captured, error: BaseException, status: int, words: str
) -> None:
    engine.replies = [error]
    assert cli.run(["ask", "x"]) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(words)
    assert printed.err.count("\n") == (1 if words else 0)
    assert engine.closed


def test_wrong_settings(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("QA_SERVE", "x")
    monkeypatch.setenv("QA_DATADIR", "x")
    assert cli.run(["articles"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "qa: QA_SERVE (in the environment) is not a setting; the closest one is QA_SERVER",
        "qa: QA_DATADIR (in the environment) is not a setting; the closest one is QA_DATA_DIR",
    ]


def test_ingest_sums_up_and_names_what_failed(engine: FakeEngine, capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Words that are read.", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    assert cli.run(["ingest", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("1 added, 0 updated, 0 unchanged, 1 failed\nfailed: ")
    assert "bad.txt: it is empty" in printed.out
    assert printed.err == ""


def test_a_full_disk_is_one_line(engine: FakeEngine, capsys: Captured, tmp_path: Path) -> None:
    engine.store.failure = DiskFullError("The disk is full. Free some space and do it again.")
    (tmp_path / "a.txt").write_text("words")
    assert cli.run(["ingest", str(tmp_path / "a.txt")]) == 1
    assert capsys.readouterr() == ("", "qa: The disk is full. Free some space and do it again.\n")


def test_ingest_quietly(engine: FakeEngine, capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Words that are read.", "utf-8")
    assert cli.run(["ingest", "--quiet", str(tmp_path)]) == 0
    assert capsys.readouterr() == ("", "")


def test_ingest_only_into_an_empty_library(engine: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Words that are read.", "utf-8")
    assert cli.run(["ingest", "--if-empty", str(tmp_path)]) == 0
    assert engine.store.ingested == []
    engine.store.held = {}
    assert cli.run(["ingest", "--if-empty", str(tmp_path)]) == 0
    assert len(engine.store.ingested) == 1


def test_a_path_that_is_empty_is_not_the_working_folder(engine: FakeEngine, capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Words that are read.", "utf-8")
    (tmp_path / "q.jsonl").write_text('{"question": "When?", "answers": ["1963"]}', "utf-8")
    for command in (["ingest", ""], ["ingest", "a.md", ""], ["eval", "q.jsonl", "--articles", ""], ["eval", ""]):
        assert cli.run(command) == 2
        assert "A path is empty" in capsys.readouterr().err
    assert engine.store.ingested == []


def test_ingest_of_nothing_is_an_error(capsys: Captured, tmp_path: Path) -> None:
    assert cli.run(["ingest", str(tmp_path)]) == 1
    assert "There are no articles in" in capsys.readouterr().err
    for name in ("a.xyz", "b.xyz", ".hidden.xyz"):
        (tmp_path / name).write_text("x", "utf-8")
    assert cli.run(["ingest", str(tmp_path)]) == 1
    assert capsys.readouterr().err.endswith(": 2 files of other kinds passed over.\n")


def test_ingest_tells_of_files_of_other_kinds(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Words that are read.", "utf-8")
    (tmp_path / "report.xyz").write_text("x", "utf-8")
    assert cli.run(["ingest", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1 added, 0 updated, 0 unchanged, 0 failed\n1 file of other kinds passed over\n"


def test_a_file_that_may_not_be_read_keeps_no_other_out(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("Words that are read.", "utf-8")
    bad.write_text("Words that are not.", "utf-8")
    bad.chmod(0)
    opened, access = Path.open, os.access

    def refuse(path: Path, *rest: Any) -> Any:  # for root, who may read everything
        if path == bad:
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "access", lambda path, *rest: str(path) != str(bad) and access(path, *rest))
    assert cli.run(["ingest", str(bad), str(good)]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("1 added, 0 updated, 0 unchanged, 1 failed\nfailed: ")
    assert "bad.txt: it may not be read" in printed.out


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_ingest_that_is_stopped_says_what_it_took_in(
    engine: FakeEngine, capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, status: int
) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("Words that are read.", "utf-8")

    def ingest(sources: Iterable[Source], progress: Callable[[IngestResult], None]) -> None:
        progress(IngestResult(next(iter(sources)).name, "added", "a"))
        os.kill(os.getpid(), number)
        pytest.fail("the signal did not stop it")

    monkeypatch.setattr(engine.store, "ingest", ingest)
    before = signal.getsignal(signal.SIGTERM)
    assert cli.run(["ingest", str(tmp_path)]) == status
    printed = capsys.readouterr()
    assert printed.out == "1 added, 0 updated, 0 unchanged, 0 failed\n"
    assert printed.err == (
        "qa: Stopped before the end. What was taken in is kept; the same command goes on with the rest.\n"
    )
    assert engine.closed
    assert signal.getsignal(signal.SIGTERM) is before


def test_what_is_logged_is_not_printed_between_the_lines(tmp_path: Path) -> None:
    """In a process of its own: here pytest listens to the log."""
    code = (
        "import logging; from clients.cli import session; session.connect = lambda *_, **__: exit(0)\n"
        "try:\n    with session.open_client(): pass\nfinally:\n    logging.getLogger('x').warning('noise')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert done.stderr == b""


def test_why_the_model_failed_is_told(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FakeStore([article("Smoke rose over Ostend, and 40 people were led out.")]).as_store()
    model = FakeChatModel([ModelRefusedError("The model's server refuses the key. Check QA_LLM_API_KEY.")])
    engine = Engine(store, nothing_alike(), Writer(model, nothing_alike()))
    monkeypatch.setattr("clients.cli.session.connect", lambda *_, **__: EmbeddedClient(engine))
    assert cli.run(["ask", "How many people were led out of Ostend?"]) == 0
    told = capsys.readouterr()
    assert "40 people" in told.out
    assert told.err.endswith("The model's server refuses the key. Check QA_LLM_API_KEY.\n")


def test_a_notice_is_told_once(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(_: object, *, on_notice: Callable[[str], None], **__: bool) -> EmbeddedClient:
        for _n in range(3):
            on_notice("The index could not be built.")
        return EmbeddedClient(FakeEngine().as_engine())

    monkeypatch.setattr("clients.cli.session.connect", connect)
    assert cli.run(["articles"]) == 0
    assert capsys.readouterr().err == "qa: The index could not be built.\n"


def test_articles(engine: FakeEngine, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.cli.library.PAGE", 2)
    engine.store.held = {name: stored(id=name) for name in "abcde"}
    assert cli.run(["articles"]) == 0
    assert [text[0] for text in capsys.readouterr().out.splitlines()] == list("abcde")
    assert cli.run(["articles", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["items"]) == 5
    assert cli.run(["articles", "--limit", "2"]) == 0
    assert capsys.readouterr().out.endswith("5 in all; more with --cursor 2\n")
    assert cli.run(["articles", "--limit", "2", "--cursor", "4"]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_no_articles(engine: FakeEngine, capsys: Captured) -> None:
    engine.store.held = {}
    assert cli.run(["articles"]) == 0
    assert "qa ingest PATH..." in capsys.readouterr().out


def test_show(capsys: Captured) -> None:
    assert cli.run(["show", "airlift-1f0a9c3d"]) == 0
    assert TEXT in capsys.readouterr().out
    assert cli.run(["show", "airlift-1f0a9c3d", "--at", "26:85"]) == 0
    assert f">>>{QUOTE}<<<" in capsys.readouterr().out
    assert cli.run(["show", "airlift-1f0a9c3d", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["text"] == TEXT
    assert cli.run(["show", "nope"]) == 1
    assert "nope" in capsys.readouterr().err


def test_delete_goes_on_after_one_that_isnt_there(engine: FakeEngine, capsys: Captured) -> None:
    assert cli.run(["delete", "nope", "airlift-1f0a9c3d"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "deleted airlift-1f0a9c3d\n"
    assert "nope" in printed.err
    assert engine.store.held == {}
    assert engine.store.cleaning.cleaned == 1


def test_delete_with_proof(engine: FakeEngine, capsys: Captured) -> None:
    assert cli.run(["delete", "--verify", "airlift-1f0a9c3d"]) == 0
    assert capsys.readouterr().out == (
        "deleted airlift-1f0a9c3d\n"
        "Searched 9 files (2.4 MB) for 24 runs of its words and 1 vector, and the index of words for 90 stems: nothing "
        "is left.\n"
    )
    assert engine.store.held == {}


def test_delete_with_proof_tells_what_is_left(engine: FakeEngine, capsys: Captured) -> None:
    left = (Remains("library.db", ("two weeks of flights",), 1), Remains("tantivy-2", (), 0, ("flight", "week")))
    engine.erased = replace(ERASED, left=left, conversations=("c1",))
    assert cli.run(["delete", "--verify", "airlift-1f0a9c3d"]) == 1
    told = capsys.readouterr().out
    assert '  library.db: 1 run of words, 1 vector\n    "two weeks of flights"\n' in told
    assert "  tantivy-2: 0 runs of words, 0 vectors, 2 stems\n" in told
    assert "These have such words: c1." in told


def test_reindex(capsys: Captured) -> None:
    assert cli.run(["reindex"]) == 0
    assert capsys.readouterr().out == "Indexed anew: 2 passages of 1 article.\n"


def test_long_quotes_are_neither_wrapped_nor_cut(engine: FakeEngine, capsys: Captured) -> None:
    quote = "word " * 200 + "end"
    engine.replies = [answer(citations=(citation(quote=quote),))]
    assert cli.run(["ask", "x"]) == 0
    assert f'    "{quote}"\n' in capsys.readouterr().out


def test_colour_is_for_terminals(engine: FakeEngine, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.replies = [answer(), answer()]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert cli.run(["ask", "x"]) == 0
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.delenv("FORCE_COLOR")
    assert cli.run(["ask", "x"]) == 0
    assert "\x1b[" not in capsys.readouterr().out


@pytest.mark.parametrize(("taken", "out"), [(1, "1 added, 0 updated, 0 unchanged, 0 failed\n"), (0, "")])
def test_an_ingest_that_the_server_leaves_says_what_it_took_in(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, capsys: Captured, tmp_path: Path, taken: int, out: str
) -> None:
    def ingest(sources: Iterable[Source], progress: Callable[[IngestResult], None]) -> None:
        for source in list(sources)[:taken]:
            progress(IngestResult(source.name, "added"))
        raise UnreachableError("No server answers.")

    monkeypatch.setattr(engine.store, "ingest", ingest)
    (tmp_path / "a.txt").write_text("Troops went.")
    assert cli.run(["ingest", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == out
    assert printed.err == "qa: No server answers.\n"


def test_ingest_of_a_dump_with_fields_of_its_own(engine: FakeEngine, capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "dump.csv").write_text("story,head,id\nTroops went.,T,7\n")
    assert cli.run(["ingest", "--map", "text=story", "--map", "title=head", str(tmp_path)]) == 0
    assert [source.article and (source.article.title, source.article.key) for source in engine.store.ingested] == [
        ("T", "id:7")
    ]
    assert cli.run(["ingest", "--map", "words=story", str(tmp_path)]) == 2
    assert "maps no field" in capsys.readouterr().err


def test_ingest_of_addresses(engine: FakeEngine, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as site:
        site.pages["/a"] = Reply(PAGE.format("Story a").encode())
        assert cli.run(["ingest", f"{site.url}/a"]) == 1
        assert "is an address of a private network" in capsys.readouterr().out
        monkeypatch.setenv("QA_ALLOW_PRIVATE_FETCH", "1")
        assert cli.run(["ingest", f"{site.url}/a"]) == 0
    assert [source.article and source.article.title for source in engine.store.ingested][-1] == "Story a"


def test_the_command_line_imports_no_reader_before_it_reads() -> None:
    heavy = "trafilatura lxml feedparser pypdf docx warcio courlan ftfy puremagic"
    program = "import sys, clients.cli.app; print(set(sys.argv[1].split()) & set(sys.modules))"
    command = [sys.executable, "-c", program, heavy]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout == "set()\n"


def test_an_address_that_is_not_of_the_web_is_refused_and_not_taken_for_a_file(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["ingest", "ftp://example.org/x"]) == 2
    assert "only addresses with http or https are fetched" in " ".join(capsys.readouterr().err.split())
