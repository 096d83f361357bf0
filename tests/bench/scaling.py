"""What ingesting costs as libraries grow: its rate, its ratio to the bare parts, and the memory that it takes."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.bare import Bare
from tests.bench.generated import write_dump
from tests.bench.material import read_texts
from vectorstore.embedding import open_embedding
from vectorstore.languages import language_of_article
from vectorstore.readers import read_paths
from vectorstore.store import Store

SIZES = (1_000, 10_000, 100_000)
_ROOT = Path(__file__).parents[2]
_PAGE_BYTES = resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Run:
    """One process that fills a folder from a dump. seconds: by the clock; cpu: of all its threads.

    memory: MiB that it held at most above what it held when its models were loaded.
    """

    passages: int
    seconds: float
    cpu: float
    memory: float


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """The bare parts, and ours, on the same passages."""

    bare: Run
    ours: Run

    def __str__(self) -> str:
        bare, ours = self.bare, self.ours
        return (
            f"{ours.passages:,} passages: {ours.passages / ours.seconds:,.0f}/s; bare {bare.seconds:.1f} s "
            f"({bare.cpu:.1f} s of CPU), ours {ours.seconds:.1f} s ({ours.cpu:.1f} s), ratio "
            f"{ours.seconds / bare.seconds:.2f} ({ours.cpu / bare.cpu:.2f} in CPU); memory above the models "
            f"{ours.memory:.0f} MiB (bare {bare.memory:.0f} MiB)"
        )


def measure_scaling(folder: Path, passages: int) -> ScaleFigures:
    """Fill the bare parts, then a data folder, with generated articles of about so many passages, in processes of their
    own: what one of them held would count for the next."""
    folder.mkdir(parents=True)
    dump = folder / "dump.jsonl"
    write_dump(dump, passages)
    return ScaleFigures(_apart("bare", dump, folder / "bare"), _apart("ours", dump, folder / "data"))


def _apart(which: str, dump: Path, folder: Path) -> Run:
    command = [sys.executable, "-m", "tests.bench.scaling", which, str(dump), str(folder)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    return Run(**json.loads(done.stdout))


def _ours(dump: Path, folder: Path) -> Run:
    store = Store.open(folder, open_embedding("wordllama", None, None, 0))
    store.embedder.embed_passages(["So that the model is loaded."])
    language_of_article("Damit auch das Modell geladen ist, an dem Sprachen erkannt werden.")
    run = _measured(lambda: _took(store, dump))
    store.close()
    return run


def _took(store: Store, dump: Path) -> int:
    store.ingest(read_paths([dump]), lambda _: None)
    return store.counts().passages


def _bare(dump: Path, folder: Path) -> Run:
    """Texts included: the parts by themselves have no other way to get them."""
    bare, texts = Bare(folder), read_texts(dump)
    return _measured(lambda: _filled(bare, texts))


def _filled(bare: Bare, texts: Sequence[str]) -> int:
    bare.fill(texts)
    return len(texts)


def _measured(work: Callable[[], int]) -> Run:
    before, began, cpu = _held(), time.perf_counter(), time.process_time()
    passages = work()
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # Linux counts in KiB
    return Run(passages, seconds, used, (peak - before) / 2**20)


def _held() -> int:
    """Bytes of memory that this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES


if __name__ == "__main__":
    made = {"ours": _ours, "bare": _bare}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps(asdict(made)))
