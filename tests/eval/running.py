"""`qa eval` in a process of its own, as anybody runs it, and without anybody's settings."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


def run(arguments: Sequence[str], folder: Path, output: IO[bytes] | None = None) -> bool:
    """Run `qa eval`, and return whether all went well. folder: one without a `.env` to run in; output: for its stdout.

    Nobody's settings count: what is measured is the embedded answerer.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    command = [sys.executable, "-c", "from clients.cli.app import main; main()", "eval", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment | {"PYTHONPATH": str(ROOT)}, stdout=output, check=False)
    return done.returncode == 0
