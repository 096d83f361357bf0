"""What `qa ask` costs as a whole process when a server answers."""

import os
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.material import Material

_ASKED = 10


@dataclass(frozen=True, slots=True)
class ClientFigures:
    """CPU seconds (user and system) of each `qa ask`."""

    cpu: Sequence[float]

    def __str__(self) -> str:
        median, most = statistics.median(self.cpu), max(self.cpu)
        return f"qa ask through a server: CPU median {median:.2f} s, most {most:.2f} s (at most 0.5)"


def measure_client(material: Material, folder: Path) -> ClientFigures:
    """Start a server on the data folder that `measure_ingesting` left, and ask it from the command line."""
    qa = str(Path(sys.executable).with_name("qa"))
    environment = {**os.environ, "QA_DATA_DIR": str(folder / "data")}
    server = subprocess.Popen(
        [qa, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert server.stdout
        while line := server.stdout.readline():
            if "http://" in line:
                break
        return ClientFigures([_cpu_of([qa, "ask", question], environment) for question in material.questions[:_ASKED]])
    finally:
        server.terminate()
        server.wait(30)


def _cpu_of(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
