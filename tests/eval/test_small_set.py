"""What `make eval` asks is what its README says, and the baseline is of that."""

import json
import random
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from qa.evaluation.baseline import matching, read_baseline, save_baseline
from qa.evaluation.dataset import read_dataset
from tests.eval import __main__ as small
from tests.eval.draw import draw, read
from tests.eval.running import ROOT
from tests.qa.evaluation.made import measure, summary

_SQUAD = ROOT.parent / "shared" / "eval" / "squad2.jsonl.gz"
_DRAWN = small.HERE / "squad_small.jsonl"


def _drawn() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _DRAWN.read_text("utf-8").splitlines()]


def test_the_drawn_questions_are_those_of_the_readme() -> None:
    rows = _drawn()
    assert len({row["id"] for row in rows}) == len(rows) == 180
    assert len({row["context"] for row in rows}) == 92
    assert Counter(row["unanswerable"] for row in rows) == {False: 100, True: 80}
    readme = (small.HERE / "README.md").read_text("utf-8")
    assert all(f'"{title.replace("_", " ")}"' in readme for title in {row["title"] for row in rows})
    assert "180 questions over 92 paragraphs" in readme
    assert "CC BY-SA 4.0" in readme


@pytest.mark.skipif(not _SQUAD.exists(), reason="the data to draw from is not here")
def test_they_are_drawn_by_the_rule() -> None:
    assert draw(read(_SQUAD)) == _drawn()


def test_the_order_of_the_data_does_not_matter() -> None:
    rows = [
        {"id": f"{title}{number}", "title": title, "paragraph": 0, "context": title, "question": f"{number}?",
         "answers": ["a", "a", "b"], "unanswerable": number % 2 == 0}
        for title in "abcdef" for number in range(60)
    ]  # fmt: skip
    first = draw(rows)
    random.Random(7).shuffle(rows)
    assert draw(rows) == first
    assert Counter(row["unanswerable"] for row in first) == {False: 100, True: 80}
    assert first[0]["answers"] == ["a", "b"]


def test_the_baseline_is_of_these_questions() -> None:
    baseline = read_baseline(small.BASELINE)
    assert len(baseline) == len(small.SETS)
    for file, *options in small.SETS.values():
        leave_out = options[1] if options[:1] == ["--leave-out"] else None
        dataset = read_dataset(Path(file), leave_out=leave_out)
        assert matching(baseline, dataset, small.BASELINE).cases == len(dataset.cases)


def test_every_set_is_asked_whatever_came_of_the_others_and_nobodys_settings_count(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QA_LLM_MODEL", "dear")
    statuses = [0, 1, 0]
    runs: list[tuple[list[str], Any]] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        runs.append((command, options))
        return subprocess.CompletedProcess(command, statuses[len(runs) - 1])

    monkeypatch.setattr(subprocess, "run", run)
    assert small.evaluate(["--baseline", "b"], tmp_path / "reports", tmp_path) is False
    assert [Path(command[4]).name for command, _ in runs] == [
        "questions.jsonl",
        "squad_small.jsonl",
        "squad_small.jsonl",
    ]
    assert all(command[3] == "eval" and "--baseline" in command and "--report" in command for command, _ in runs)
    assert all(options["cwd"] == tmp_path and "QA_LLM_MODEL" not in options["env"] for _, options in runs)
    runs.clear()
    statuses[1] = 0
    assert small.evaluate([], None, tmp_path) is True
    assert not any("--report" in command for command, _ in runs)


@pytest.mark.parametrize("well", [True, False])
def test_where_a_figure_fell_it_says_how_the_baseline_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], well: bool
) -> None:
    monkeypatch.setattr(small, "evaluate", lambda *_: well)
    monkeypatch.setattr("sys.argv", ["eval"])
    assert small.main() == (0 if well else 1)
    assert ("make eval-baseline" in capsys.readouterr().err) is not well


def test_the_folder_of_the_reports_is_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(small, "evaluate", lambda _, reports, __: reports.is_dir())
    monkeypatch.setattr("sys.argv", ["eval", "--reports", str(tmp_path / "new" / "reports")])
    assert (small.main(), small.main()) == (0, 0)
    (tmp_path / "file").touch()
    monkeypatch.setattr("sys.argv", ["eval", "--reports", str(tmp_path / "file")])
    with pytest.raises(SystemExit):
        small.main()
    assert "can't be made: File exists" in capsys.readouterr().err


def test_a_renewal_tells_what_it_changes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    figures = iter([0.941, 0.853, 0.853])

    def evaluate(options: list[str], *_: object) -> bool:
        save_baseline(Path(options[1]), summary(measure("ans@1", next(figures), 0.85, 1.0)))
        return True

    monkeypatch.setattr(small, "BASELINE", tmp_path / "baseline.json")
    monkeypatch.setattr(small, "evaluate", evaluate)
    monkeypatch.setattr("sys.argv", ["eval", "--renew"])
    told = []
    for _ in range(3):
        assert small.main() == 0
        told.append(capsys.readouterr().out)
    assert "\n  harbours: new\n" in told[0]
    assert "\n  harbours, ans@1: 0.941 -> 0.853, worse (interval before: 0.850 to 1.000)\n" in told[1]
    assert "moves no figure" in told[2]
    assert read_baseline(tmp_path / "baseline.json")[0].measures[0].value == 0.853
