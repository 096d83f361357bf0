"""`make ask` hands the question on as it was typed, and the commands' exit status with it."""

import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
QUESTION = """it's $5 "quoted" `touch shell` $(shell touch made) $$HOME \\ # % – é -x"""


@pytest.fixture
def made(tmp_path: Path) -> list[str]:
    """`make` in a copy, with a `qa` that writes its arguments down, and a set-up that is done."""
    if shutil.which("make") is None:
        pytest.skip("there is no make here")
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.lock", "pyproject.toml", "requirements", "installed"):
        (tmp_path / name).touch()
    qa = tmp_path / "qa"
    qa.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >> called\n[ "$1" = ask ] && exit "${STATUS:-0}"\nexit 0\n', "utf-8")
    qa.chmod(0o755)
    return ["make", "-C", str(tmp_path), "--silent", "BIN=.", "REQUIREMENTS=requirements", "INSTALLED=installed"]


def _run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "Q"}
    return subprocess.run(
        command, env=kept | environment, capture_output=True, text=True, encoding="utf-8", timeout=30, check=False
    )


@pytest.mark.parametrize("place", ["argument", "environment"])
def test_the_question_passes_through_as_it_is(made: list[str], tmp_path: Path, place: str) -> None:
    done = _run([*made, "ask", f"Q={QUESTION}"]) if place == "argument" else _run([*made, "ask"], Q=QUESTION)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    called = (tmp_path / "called").read_text("utf-8").splitlines()
    assert called == ["ingest", "--if-empty", "--quiet", "seeds/articles", "ask", "--", QUESTION]
    assert not {"shell", "made"} & {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize(("status", "failed"), [("0", False), ("3", False), ("1", True), ("2", True)])
def test_no_answer_is_no_failure(made: list[str], status: str, failed: bool) -> None:
    assert bool(_run([*made, "ask", "Q=x"], STATUS=status).returncode) is failed


def test_without_a_question_it_says_how(made: list[str], tmp_path: Path) -> None:
    done = _run([*made, "ask"])
    assert done.returncode == 2
    assert 'make ask Q="' in done.stderr
    assert not (tmp_path / "called").exists()


def _set_up(made: list[str], python: Path) -> subprocess.CompletedProcess[str]:
    return _run([*made[:-2], f"PYTHON={python}", "REQUIREMENTS=needed", "needed"])


@pytest.mark.parametrize("version", ["(3, 10)", "(3, 14)"])
def test_a_python_that_does_not_do_is_told(made: list[str], tmp_path: Path, version: str) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec python3 -c "import sys; sys.version_info = {version}; $2"\n', "utf-8")
    python.chmod(0o755)
    done = _set_up(made, python)
    assert done.returncode == 2
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert str(python) in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_the_bounds_of_python_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "(3, 11) <= sys.version_info < (3, 14)" in (ROOT / "Makefile").read_text("utf-8")
