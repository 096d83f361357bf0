"""What a question costs in process, warm, beside one embedding, one kNN and one BM25 search."""

import gc
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.bootstrap import open_engine
from qa.engine import Engine
from qa.reading.reader import Reader, Reading, Window
from qa.reading.trained import packaged
from qa.records import Request
from qa.settings import Settings
from tests.bench.bare import Bare
from tests.bench.material import Material

_WARMING = 4  # one question of so many only warms


@dataclass(frozen=True, slots=True)
class AskFigures:
    """Milliseconds a question, (bare, ours). first: asked for the first time; again: once more, when what was read is
    kept. reader: what of `first` the reader took. peak: MiB of memory that the process held at most, the bare parts'
    included."""

    first: Sequence[tuple[float, float]]
    again: Sequence[tuple[float, float]]
    reader: Sequence[float]
    peak: float

    def __str__(self) -> str:
        return (
            f"ask for the first time: {_compared(self.first)} (at most 150 and 250 ms); of it the reader p50 "
            f"{statistics.median(self.reader):.2f} ms\n"
            f"ask again: {_compared(self.again)} (at most 20 ms); peak memory {self.peak:.0f} MiB"
        )


class TimedReader:
    """A reader whose time is taken. seconds: what it took since they were set to 0."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.seconds = 0.0

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """As the reader reads."""
        began = time.perf_counter()
        try:
            return self._reader.read(question, windows)
        finally:
            self.seconds += time.perf_counter() - began


def measure_asking(material: Material, folder: Path) -> AskFigures:
    """Ask every question of both in turn, twice, after others as a warm-up. folder: as `measure_ingesting` left it."""
    bare = Bare(folder / "bare-again")
    bare.fill(material.texts)
    reader = TimedReader(packaged())
    light = open_engine(Settings(data_dir=folder / "data", reader="off"))
    engine = Engine(light.store, light._similarity, reader=reader)

    def ours(question: str) -> None:
        engine.ask(Request(question))

    def timed(question: str) -> tuple[tuple[float, float], float]:
        """What it took, (bare, ours), and the reader of that."""
        reader.seconds = 0.0
        took = _time(bare.ask, question), _time(ours, question)
        return took, reader.seconds * 1000

    warming, questions = material.questions[::_WARMING], [*material.questions]
    del questions[::_WARMING]
    for question in warming:
        bare.ask(question)
        ours(question)
    gc.freeze()  # as `qa serve` does
    first, again = ([timed(one) for one in questions] for _ in range(2))
    engine.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return AskFigures([took for took, _ in first], [took for took, _ in again], [part for _, part in first], peak)


def _compared(pairs: Sequence[tuple[float, float]]) -> str:
    bare, ours = zip(*pairs, strict=True)
    ratio = statistics.median(ours) / statistics.median(bare)
    return (
        f"bare p50 {statistics.median(bare):.2f} ms, ours p50 {statistics.median(ours):.2f} ms, "
        f"p95 {_percentile(ours, 95):.2f} ms, ratio {ratio:.2f}"
    )


def _time(call: Callable[[str], None], question: str) -> float:
    started = time.perf_counter()
    call(question)
    return (time.perf_counter() - started) * 1000


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]
