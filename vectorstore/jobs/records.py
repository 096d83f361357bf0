"""The records of jobs: small and frozen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vectorstore.records import IngestResult

Kind = Literal["ingest", "import", "reindex"]
State = Literal["waiting", "running", "done", "failed", "cancelled", "interrupted"]

ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled", "interrupted"})


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles had which outcome."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is now.

    state: "interrupted" where the process ended before the job did: what it had taken in stays, and the same request
    again goes on with the rest. about: what it works on, in words.
    done, total: articles, or passages of a reindex; total: null where it isn't known before all is read.
    share: how much of the work is done, 0 to 1; null where that can't be told.
    rate: articles or passages a second, from the start. seconds_left: by the share; null where nothing is known of it.
    error: why it failed, and what to do.
    """

    id: str
    kind: Kind
    state: State
    about: str
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    done: int = 0
    total: int | None = None
    share: float | None = None
    tally: Tally = Tally()
    rate: float | None = None
    seconds_left: float | None = None
    error: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class JobPage:
    """A page of the jobs, the last begun first. total: how many there are in all; next_cursor: null on the last."""

    items: tuple[Job, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of what became of a job's articles, in order.

    next_cursor: where the next page begins, also while there is nothing on it yet; null where no more will come.
    """

    items: tuple[IngestResult, ...]
    next_cursor: str | None
