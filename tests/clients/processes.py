"""`qa` in processes of its own."""

import os
import selectors
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QA = (sys.executable, "-c", "from clients.cli.start import main; main()")
LIMIT_S = 60


def environment(folder: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("QA_")}
    return kept | {"PYTHONPATH": str(ROOT), "QA_DATA_DIR": str(folder / "data")} | settings


def qa(
    folder: Path, *arguments: str, stdin: bytes | None = None, settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*QA, *arguments],
        cwd=folder,
        env=environment(folder, **(settings or {})),
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        timeout=LIMIT_S,
        check=False,
    )


def started(folder: Path, *command: str) -> tuple[subprocess.Popen[bytes], str]:
    """A process that has begun, and the first line that it printed."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        ready = selector.select(LIMIT_S)
    line = process.stdout.readline().decode() if ready else ""
    if not line:
        process.kill()
        pytest.fail(process.communicate()[1].decode())
    return process, line
