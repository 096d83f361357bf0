"""`qa serve` in a process of its own, as people run it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMAND = (sys.executable, "-c", "from clients.cli.start import main; main()")
_ROOT = Path(__file__).parents[2]


def environment(folder: Path) -> dict[str, str]:
    """What the commands are told: the data folder is "data" in the folder, and nothing else is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    return kept | {"QA_DATA_DIR": str(folder / "data"), "PYTHONPATH": str(_ROOT)}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server on the data folder, which ends with the context."""
    command = [*COMMAND, "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout
            yield next(word for word in server.stdout.readline().split() if word.startswith("http"))
        finally:
            server.terminate()
