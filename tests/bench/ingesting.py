"""What ingesting costs beside the bare parts."""

import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.bare import Bare, BareTimes
from tests.bench.material import Material
from vectorstore.embedding import open_embedding
from vectorstore.readers import read_paths
from vectorstore.store import Store


@dataclass(frozen=True, slots=True)
class IngestFigures:
    """bare: seconds of the parts; ours: seconds from the first file read to the last passage found."""

    bare: BareTimes
    ours: float

    @property
    def ratio(self) -> float:
        """Ours to the bare parts."""
        return self.ours / self.bare.total

    def __str__(self) -> str:
        bare = self.bare
        return (
            f"ingest: bare {bare.total:.1f} s (embedding {bare.embedding:.1f}, Chroma {bare.chroma:.1f}, "
            f"Tantivy {bare.tantivy:.1f}), ours {self.ours:.1f} s, ratio {self.ratio:.2f}"
        )


def measure_ingesting(material: Material, folder: Path) -> IngestFigures:
    """Fill the bare parts, then a data folder from the dump; both are left in folder, as "bare" and "data"."""
    bare = Bare(folder / "bare").fill(material.texts)
    started = time.perf_counter()
    store = Store.open(folder / "data", open_embedding("wordllama", None, None, 0))
    store.ingest(read_paths([material.dump]))
    ours = time.perf_counter() - started
    store.close()
    return IngestFigures(bare, ours)
