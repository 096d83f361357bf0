"""Many clients at once: what a server answers in a second beside what the reader alone could read, and what comes of
those that are too many."""

import asyncio
import logging
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import httpx

from api.dependencies import WAITING, WORKERS
from tests.bench.material import Material
from tests.bench.serving import served

CLIENTS = 64
_TOO_MANY = WORKERS + WAITING + 136
_PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class CrowdFigures:
    """reader_ms: what the reader alone takes for a question on one core, mean. seconds: from the first request to the
    last reply. waits: seconds until each reply. errors: replies that are no answers. told: replies by status where too
    many came at once. without_hint: 503 among them that don't say when to come back."""

    reader_ms: float
    seconds: float
    waits: Sequence[float]
    errors: int
    told: Counter[int]
    without_hint: int

    @property
    def share(self) -> float:
        """The questions answered in a second, as a share of those that the reader alone could read on one core."""
        return len(self.waits) / self.seconds * self.reader_ms / 1000

    def __str__(self) -> str:
        statuses = ", ".join(f"{count} with {status}" for status, count in sorted(self.told.items()))
        return (
            f"{CLIENTS} clients: {len(self.waits)} questions in {self.seconds:.1f} s, {self.errors} errors (0); "
            f"{self.share:.2f} of the reader's limit on one core (at least 0.85); waited {min(self.waits):.1f} to "
            f"{max(self.waits):.1f} s, median {statistics.median(self.waits):.1f} s\n"
            f"{self.told.total()} requests at once: {statuses}, {self.without_hint} of them without Retry-After (0)"
        )


def measure_crowd(material: Material, folder: Path, reader_ms: float) -> CrowdFigures:
    """Ask a server on the data folder of `measure_ingesting` every question once, CLIENTS at a time, then far more at
    once than it takes. reader_ms: of one question, as `measure_asking` measured it."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with served(folder) as url:
        began = time.perf_counter()
        replies = asyncio.run(_all(url, material.questions, CLIENTS))
        seconds = time.perf_counter() - began
        many = list(islice(cycle(material.questions), _TOO_MANY))
        crowd = asyncio.run(_all(url, many, _TOO_MANY))
    return CrowdFigures(
        reader_ms,
        seconds,
        [wait for wait, _ in replies],
        sum(reply.status_code != httpx.codes.OK for _, reply in replies),
        Counter(reply.status_code for _, reply in crowd),
        sum(reply.status_code != httpx.codes.OK and "Retry-After" not in reply.headers for _, reply in crowd),
    )


async def _all(url: str, questions: Sequence[str], clients: int) -> list[tuple[float, httpx.Response]]:
    """Each question's wait in seconds and reply, asked by so many clients, each one after the other."""
    left = iter(questions)
    told: list[tuple[float, httpx.Response]] = []
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=url, timeout=_PATIENCE_S, limits=limits, trust_env=False) as http:

        async def ask() -> None:
            for question in left:
                began = time.perf_counter()
                reply = await http.post("/ask", json={"question": question})
                told.append((time.perf_counter() - began, reply))

        await asyncio.gather(*(ask() for _ in range(clients)))
    return told
