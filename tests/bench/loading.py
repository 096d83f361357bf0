"""What the reader costs before its first question: its import and load, and the memory that it holds."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_TIMES = 5
_APART = """
import json, resource, time
import qa.bootstrap
from qa.reading.reader import Window
from qa.reading.trained import packaged
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
before, began = peak(), time.process_time()
packaged().read("Who left?", [Window("", "He left.")])
seconds = time.process_time() - began
packaged().read("Who left?", [Window("The town", f"In {year} the troops left. " * 40) for year in range(1900, 1950)])
print(json.dumps([seconds, peak() - before]))
"""


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """seconds: of CPU until the first window is read, the median of processes of their own; memory: MiB above what a
    process held that had imported all else, after 50 windows of the longest."""

    seconds: float
    memory: float

    def __str__(self) -> str:
        return f"reader: loaded in {self.seconds:.2f} s of CPU (at most 0.3), {self.memory:.0f} MiB (at most 150)"


def measure_loading() -> LoadFigures:
    """Load it in processes that have imported what a server imports, each anew."""
    runs = sorted(_apart() for _ in range(_TIMES))
    seconds, memory = runs[len(runs) // 2]
    return LoadFigures(seconds, memory)


def _apart() -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", _APART], cwd=_ROOT, capture_output=True, check=True, timeout=60)
    seconds, memory = json.loads(done.stdout)
    return seconds, memory
