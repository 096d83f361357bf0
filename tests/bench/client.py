"""What `qa ask` costs as a whole process: when a server answers, and when it opens the sample articles itself."""

import resource
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.material import Material
from tests.bench.serving import COMMAND, environment, served

_ASKED = 10
_SAMPLES = Path(__file__).parents[2] / "seeds" / "articles"


@dataclass(frozen=True, slots=True)
class ClientFigures:
    """CPU seconds (user and system) of each `qa ask`. served: by a server. alone: over the samples, without one."""

    served: Sequence[float]
    alone: Sequence[float]

    def __str__(self) -> str:
        return (
            f"qa ask through a server: {_told(self.served)} (at most 0.5)\n"
            f"qa ask over the samples, without a server: {_told(self.alone)} (at most 1.2)"
        )


def measure_client(material: Material, folder: Path) -> ClientFigures:
    """Ask a server on the data folder that `measure_ingesting` left, then a folder with the samples, without one."""
    return ClientFigures(_served(material, folder), _alone(folder))


def _served(material: Material, folder: Path) -> list[float]:
    with served(folder):
        return [_cpu_of([*COMMAND, "ask", question], environment(folder)) for question in material.questions[:_ASKED]]


def _alone(folder: Path) -> list[float]:
    told = environment(folder) | {"QA_DATA_DIR": str(folder / "samples")}
    subprocess.run([*COMMAND, "ingest", "--quiet", str(_SAMPLES)], env=told, check=True, timeout=60)
    return [_cpu_of([*COMMAND, "ask", "how many were evacuated"], told) for _ in range(_ASKED)]


def _told(cpu: Sequence[float]) -> str:
    return f"CPU median {statistics.median(cpu):.2f} s, most {max(cpu):.2f} s"


def _cpu_of(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
