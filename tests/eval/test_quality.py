"""`make quality` asks all sets that have targets, and keeps the old page where one can't be asked."""

from pathlib import Path
from typing import IO

import pytest
from pydantic import TypeAdapter

from qa.evaluation.quality import TARGETS
from qa.evaluation.records import Summary
from qa.evaluation.targets import read_targets
from tests.eval import quality
from tests.eval.running import ROOT
from tests.qa.evaluation.made import measure, summary

_FILES = (
    "eval/realtimeqa_questions.jsonl.gz", "eval/realtimeqa_articles.jsonl.gz", "eval/squad2.jsonl.gz",
    "eval/ramdocs.jsonl.gz", "eval/clapnq.jsonl.gz", "seeds/questions.jsonl",
)  # fmt: skip


@pytest.fixture
def evaluation(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for name in _FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_the_sets_are_those_with_targets(evaluation: Path) -> None:
    targets = read_targets((ROOT / TARGETS).read_text("utf-8"))
    assert list(quality.sets_in(evaluation)) == list(targets)


def test_all_sets_are_asked_and_the_page_is_written(
    evaluation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def run(arguments: list[str], _: Path, output: IO[bytes]) -> bool:
        asked.append(arguments)
        output.write(TypeAdapter(Summary).dump_json(summary(measure("ans@1", 0.4, 0.3, 0.5))))
        return True

    page = tmp_path / "quality.md"
    monkeypatch.setattr(quality, "run", run)
    monkeypatch.setattr("sys.argv", ["quality", "--evaluation", str(evaluation), "-o", str(page)])
    assert quality.main() == 0
    assert asked[2] == [str(evaluation / "eval" / "squad2.jsonl.gz"), "--leave-out", "title", "--json"]
    assert all(arguments[-1] == "--json" for arguments in asked)
    assert "| realtimeqa | ans@1 | 0.400 | 0.300 to 0.500 |" in page.read_text("utf-8")


def test_where_a_set_fails_the_page_stays(
    evaluation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "quality.md"
    page.write_text("as it was", "utf-8")
    monkeypatch.setattr(quality, "run", lambda *_: False)
    monkeypatch.setattr("sys.argv", ["quality", "--evaluation", str(evaluation), "-o", str(page)])
    assert quality.main() == 1
    assert "realtimeqa could not be measured" in capsys.readouterr().err
    assert page.read_text("utf-8") == "as it was"


def test_without_the_data_it_says_what_is_needed(
    evaluation: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (evaluation / _FILES[3]).unlink()
    monkeypatch.setattr("sys.argv", ["quality", "--evaluation", str(evaluation)])
    assert quality.main() == 1
    told = capsys.readouterr().err
    assert f"There is no {evaluation / _FILES[3]}." in told
    assert "EVALUATION=" in told
