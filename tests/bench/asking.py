"""What a question costs in process, warm, beside one embedding, one kNN and one BM25 search."""

import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.bootstrap import open_engine
from qa.records import Request
from qa.settings import Settings
from tests.bench.bare import Bare
from tests.bench.material import Material


@dataclass(frozen=True, slots=True)
class AskFigures:
    """Milliseconds a question. peak: MiB of memory that the process held at most, the bare parts' included."""

    bare: Sequence[float]
    ours: Sequence[float]
    peak: float

    def __str__(self) -> str:
        bare, ours = statistics.median(self.bare), statistics.median(self.ours)
        return (
            f"ask: bare p50 {bare:.2f} ms, ours p50 {ours:.2f} ms, p95 {_percentile(self.ours, 95):.2f} ms, "
            f"ratio {ours / bare:.2f} (at most 3), peak memory {self.peak:.0f} MiB"
        )


def measure_asking(material: Material, folder: Path) -> AskFigures:
    """Ask every question of both, in turn, after one round that warms them. folder: as `measure_ingesting` left it."""
    bare = Bare(folder / "bare-again")
    bare.fill(material)
    engine = open_engine(Settings(data_dir=folder / "data"))

    def ours(question: str) -> None:
        engine.ask(Request(question))

    for question in material.questions:
        bare.ask(question)
        ours(question)
    pairs = [(_time(bare.ask, question), _time(ours, question)) for question in material.questions]
    engine.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return AskFigures([pair[0] for pair in pairs], [pair[1] for pair in pairs], peak)


def _time(call: Callable[[str], None], question: str) -> float:
    started = time.perf_counter()
    call(question)
    return (time.perf_counter() - started) * 1000


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]
