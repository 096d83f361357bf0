"""What a question costs while a server takes articles in, beside what it costs when it has nothing else to do."""

import logging
import re
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from clients.http import HttpClient
from qa.records import Request
from tests.bench.generated import write_dump
from tests.bench.serving import COMMAND, environment, served

LIBRARY = 5_000  # passages that are there before
DUMP = 20_000  # passages that are taken in meanwhile
WARMING = 20
QUESTIONS = 100  # in each state, others in each: what is asked again costs less


@dataclass(frozen=True, slots=True)
class BusyFigures:
    """Milliseconds a question over HTTP, from one client that asks one after the other. done: the job's share then."""

    idle: Sequence[float]
    busy: Sequence[float]
    done: float

    def __str__(self) -> str:
        idle, busy = _p95(self.idle), _p95(self.busy)
        return (
            f"ask while ingesting: p95 {busy:.0f} ms, idle {idle:.0f} ms, ratio {busy / idle:.2f} (at most 3); median "
            f"{statistics.median(self.busy):.0f} and {statistics.median(self.idle):.0f} ms; {len(self.busy)} questions "
            f"until {self.done:.0%} of the job"
        )


def measure_busy(folder: Path) -> BusyFigures:
    """Serve a library, ask it questions of its own words, and others while a job takes a dump in."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    folder.mkdir(parents=True)
    first, second = folder / "first.jsonl", folder / "second.jsonl"
    write_dump(first, LIBRARY)
    write_dump(second, DUMP, seed=2)
    questions = _questions(first)
    with _filled_and_served(folder, first) as client:
        for question in questions[:WARMING]:
            client.ask(Request(question))
        idle = [_asked(client, question) for question in questions[WARMING::2]]
        sent = httpx.post(f"{client.url}/articles", files={"file": ("second.jsonl", second.read_bytes())}, timeout=60)
        job_id = sent.json()["id"]
        busy = []
        for question in questions[WARMING + 1 :: 2]:
            if client.job(job_id).ended:
                break
            busy.append(_asked(client, question))
        done = client.job(job_id).share or 0.0
        client.cancel_job(job_id)
    return BusyFigures(idle, busy, done)


def _asked(client: HttpClient, question: str) -> float:
    began = time.perf_counter()
    client.ask(Request(question))
    return (time.perf_counter() - began) * 1000


def _questions(dump: Path) -> list[str]:
    sentences = re.findall(r"[A-Z][a-z]+(?: [a-z]+){6}", dump.read_text("utf-8"))
    wanted = WARMING + 2 * QUESTIONS
    return [f"How many {sentence.lower()}?" for sentence in sentences[:: len(sentences) // wanted]][:wanted]


@contextmanager
def _filled_and_served(folder: Path, dump: Path) -> Iterator[HttpClient]:
    subprocess.run([*COMMAND, "ingest", "--quiet", str(dump)], cwd=folder, env=environment(folder), check=True)
    with served(folder) as url, HttpClient(url) as client:
        yield client


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
