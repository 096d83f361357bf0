"""Jobs: long work done one at a time in a thread of its own; others wait their turn."""

import logging
import threading
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from vectorstore.database import Database
from vectorstore.errors import JobsFullError, UnforeseenError, VectorstoreError
from vectorstore.guard import guarded
from vectorstore.jobs.entry import Entry, StoppedError
from vectorstore.jobs.ledger import Ledger
from vectorstore.jobs.records import Job, JobPage, Kind, ResultPage, State
from vectorstore.jobs.work import Work

MOST_WAITING = 8
_CLOSE_S = 1.0
_LOOK_S = 0.2  # how long the thread may not notice that the jobs are closed

_log = logging.getLogger(__name__)


class Jobs:
    """The jobs of a library. Thread-safe. Close them before the store is closed.

    database: gives the library's, when it is first needed: most processes that could have jobs have none.
    instance: names this process.
    """

    def __init__(self, database: Callable[[], Database], instance: str) -> None:
        self._database = database
        self._instance = instance
        self._opened: Ledger | None = None
        self._known: dict[str, Entry] = {}  # those that are not in the ledger with their end
        self._waiting: deque[Entry] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False

    def submit(self, kind: Kind, about: str, work: Work, *, total: int | None = None) -> Job:
        """Have work done when its turn comes. Whatever happens, its `close` is called.

        A reindex that already waits stands for another one. Raises JobsFullError where too many wait already, or
        StorageError.
        """
        job = Job(uuid.uuid4().hex, kind, "waiting", about, datetime.now(UTC), total=total)
        try:
            if (same := self._standing_for(kind)) is not None:
                work.close()
                return same
            self._ledger.add(job)
        except BaseException:
            work.close()
            raise
        with self._changed:
            entry = self._known[job.id] = Entry(job, work, self._ledger.save)
            self._waiting.append(entry)
            self._start()
            self._changed.notify_all()
        return job

    def current(self, job_id: str) -> Job | None:
        """A job of this process that has not ended, or whose end could not be kept; without reading anything."""
        entry = self._known.get(job_id)
        return None if entry is None else entry.job

    def job(self, job_id: str) -> Job:
        """A job as it is now. Raises JobNotFoundError or StorageError."""
        return self.current(job_id) or self._ledger.job(job_id)

    def page(self, limit: int = 50, cursor: str | None = None) -> JobPage:
        """Jobs, the last begun first. Raises BadCursorError or StorageError."""
        page = self._ledger.page(limit, cursor)
        return replace(page, items=tuple(self.current(job.id) or job for job in page.items))

    def results(self, job_id: str, limit: int = 500, cursor: str | None = None) -> ResultPage:
        """What became of a job's articles, a second behind it at most.

        Raises JobNotFoundError, BadCursorError or StorageError.
        """
        return self._ledger.results(job_id, limit, cursor)

    def cancel(self, job_id: str) -> Job:
        """Have a job end: one that waits at once, one that runs after its next step. Nothing where it has ended.

        Raises JobNotFoundError or StorageError.
        """
        if (entry := self._known.get(job_id)) is not None:
            entry.stop("cancelled")
            with self._changed:
                if waits := entry in self._waiting:
                    self._waiting.remove(entry)
            if waits:
                self._end(entry, "cancelled")
        return self.job(job_id)

    def stop(self) -> None:
        """Have all jobs end, since the process does; they are shown as interrupted.

        Returns at once and waits for no lock, so that a signal's handler may call it.
        """
        self._closing = True
        for entry in list(self._known.values()):
            entry.stop("interrupted")

    def close(self) -> None:
        """Have all jobs end, and wait for the one that runs, a second at most: a step may hang on another server."""
        self.stop()
        if self._thread is not None:
            self._thread.join(_CLOSE_S)
        while self._waiting:
            self._end(self._waiting.popleft(), "interrupted")

    @property
    def _ledger(self) -> Ledger:
        if self._opened is None:
            self._opened = Ledger(self._database(), self._instance)
        return self._opened

    def _standing_for(self, kind: Kind) -> Job | None:
        """A job that waits and will have done the same. Raises JobsFullError where no other may wait."""
        with self._changed:
            same = next((one.job for one in self._waiting if kind == one.job.kind == "reindex"), None)
            if same is None and (self._closing or len(self._waiting) >= MOST_WAITING):
                raise JobsFullError(f"{MOST_WAITING} jobs wait already. Try again when some of them have ended.")
        return same

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing, _LOOK_S)
                if self._closing:
                    return
                entry = self._waiting.popleft() if self._waiting else None
            if entry is not None:
                self._run(entry)

    def _run(self, entry: Entry) -> None:
        state: State = "done"
        error: str | None = None
        try:
            with guarded("The job", UnforeseenError):
                entry.begin()
                entry.work.run(entry)
        except (StoppedError, SystemExit):
            state = entry.how or "interrupted"
        except VectorstoreError as failure:
            state, error = "failed", _words(failure)
        self._end(entry, state, error)

    def _end(self, entry: Entry, state: State, error: str | None = None) -> None:
        """Let a job end. Where that can't be kept, it is remembered as long as the process lives."""
        try:
            with guarded("Keeping it", UnforeseenError):
                entry.end(state, error)
            del self._known[entry.job.id]
        except VectorstoreError as failure:
            _log.warning("The end of job %s could not be kept: %s", entry.job.id, failure)
        finally:
            entry.work.close()


def _words(error: VectorstoreError) -> str:
    """Why a job failed, without another program's words, which go to the log."""
    _log.warning("A job failed: %s", error, exc_info=error if isinstance(error, UnforeseenError) else None)
    if isinstance(error, UnforeseenError):
        return f"It failed as it never should ({type(error.__cause__).__name__}). Please report it."
    return str(error)
