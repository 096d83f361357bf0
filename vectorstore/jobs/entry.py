"""One job of this process, from its waiting to its end: what its work tells, and when that is kept."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from vectorstore.errors import VectorstoreError
from vectorstore.jobs.records import Job, State, Tally
from vectorstore.jobs.work import Work
from vectorstore.records import IngestResult

KEEP_S = 1.0
"""How far what is kept of a running job may be behind it."""


class StoppedError(VectorstoreError):
    """Raised in a job's work to end it. Never leaves the jobs."""


class Entry:
    """A `Run`. Its work is in one thread; `job` and `stop` may be used from others.

    keep: writes how the job stands, and what became of more articles.
    """

    def __init__(self, job: Job, work: Work, keep: Callable[[Job, Sequence[IngestResult]], None]) -> None:
        self.job = job
        self.work = work
        self.how: State | None = None
        self._keep = keep
        self._results: list[IngestResult] = []
        self._began = self._kept = 0.0

    def begin(self) -> None:
        """It runs from now on."""
        self.go_on()
        self._began = self._kept = time.monotonic()
        self.job = replace(self.job, state="running", started_at=datetime.now(UTC))
        self._save(self.job)

    def stop(self, how: State) -> None:
        """Have it end at its next step, as cancelled or interrupted; what was said first counts."""
        self.how = self.how or how

    def go_on(self) -> None:
        """Raise StoppedError where it was cancelled, SystemExit where the process ends: then nothing is tidied up."""
        if self.how == "interrupted":
            raise SystemExit
        if self.how is not None:
            raise StoppedError(self.how)

    def result(self, result: IngestResult, share: float | None = None) -> None:
        """An article has its outcome. Told for each of a batch that is committed, so the job never ends in here."""
        self._results.append(result)
        tally = Tally(**{**asdict(self.job.tally), result.outcome: getattr(self.job.tally, result.outcome) + 1})
        done = self.job.done + 1
        if share is None and self.job.total:
            share = done / self.job.total
        self._tell(replace(self.job, done=done, tally=tally), share)
        if time.monotonic() - self._kept >= KEEP_S:
            self._save(self.job)
            self._kept = time.monotonic()

    def reached(self, done: int, total: int) -> None:
        """So many passages are done. Not kept on the way: a reindex may hold the library's only writer."""
        self.go_on()
        self._tell(replace(self.job, done=done, total=total), done / total if total else None)

    def end(self, state: State, error: str | None) -> None:
        """It has ended; that is kept with all its results. Raises StorageError, and has ended nevertheless."""
        share = 1.0 if state == "done" else self.job.share
        self._tell(self.job, share)
        total = self.job.done if state == "done" and self.job.total is None else self.job.total
        ended = replace(self.job, state=state, ended_at=datetime.now(UTC), error=error, seconds_left=None, total=total)
        try:
            self._save(ended)
        finally:
            self.job = ended  # seen by others when its results can be read

    def _save(self, job: Job) -> None:
        results, self._results = self._results, []
        self._keep(job, results)

    def _tell(self, job: Job, share: float | None) -> None:
        seconds = time.monotonic() - self._began
        rate = job.done / seconds if self._began and seconds > 0 else None
        left = seconds * (1 - share) / share if self._began and share else None
        self.job = replace(
            job,
            share=None if share is None else round(min(share, 1.0), 4),
            rate=None if rate is None else round(rate, 1),
            seconds_left=None if left is None else round(left, 1),
        )
