"""`qa eval` with a data set of conversations."""

import json
from pathlib import Path

import pytest

from clients.cli import app as cli
from tests.qa.evaluation.test_dialogues import TURNS, written

REWRITTEN = {"conversation": "c", "questions": ["How did it sink?", "When?"], "rewrite": "When did it sink?"}


def test_rewritings_are_measured_without_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["eval", str(written(tmp_path, REWRITTEN)), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["cases"], told["measures"][0]["group"]) == (1, "rewriting")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ([], "--passages FILE"),
        (["--report", "r.html", "--leave-out", "title"], "leave --report, --leave-out away"),
    ],
)
def test_what_lacks_or_does_not_go_with_conversations_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    assert cli.run(["eval", str(written(tmp_path, TURNS)), *options]) == 2
    assert told in capsys.readouterr().err


def test_questions_take_no_passages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = written(tmp_path, {"question": "When?", "answers": None})
    assert cli.run(["eval", str(rows), "--passages", str(rows)]) == 2
    assert "--articles" in capsys.readouterr().err
