"""What is kept of jobs, in the library's database: their state, their numbers, and what became of each article."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from vectorstore.cursors import number_of
from vectorstore.database import Database
from vectorstore.errors import JobNotFoundError
from vectorstore.jobs.records import ENDED, Job, JobPage, ResultPage, Tally
from vectorstore.jobs.tables import job_results, jobs
from vectorstore.records import IngestResult

MOST_KEPT = 500
"""Jobs that are remembered after their end."""


class Ledger:
    """The jobs of a library. Thread-safe.

    instance: the process that works on them. What another one left waiting or running was interrupted, however that
    process ended: nothing has to be written at its end for this to be known.
    """

    def __init__(self, database: Database, instance: str) -> None:
        self._database = database
        self._instance = instance

    def add(self, job: Job) -> None:
        """Keep a new job; of those that ended before, the oldest go where there are too many."""
        with self._database.writing() as connection:
            connection.execute(insert(jobs).values(id=job.id, instance=self._instance, **_columns(job)))
            newest = select(jobs.c.pk).order_by(jobs.c.pk.desc()).limit(MOST_KEPT)
            old = select(jobs.c.pk).where(jobs.c.pk.not_in(newest) & _is_over(self._instance))
            connection.execute(delete(job_results).where(job_results.c.job.in_(old)))
            connection.execute(delete(jobs).where(jobs.c.pk.in_(old)))

    def save(self, job: Job, results: Sequence[IngestResult] = ()) -> None:
        """Keep how a job stands, and what became of more articles, in one transaction."""
        with self._database.writing() as connection:
            pk = connection.execute(select(jobs.c.pk).where(jobs.c.id == job.id)).scalar_one()
            connection.execute(update(jobs).where(jobs.c.pk == pk).values(**_columns(job)))
            if results:
                last = select(func.coalesce(func.max(job_results.c.number), 0)).where(job_results.c.job == pk)
                first = connection.execute(last).scalar_one() + 1
                rows = [{"job": pk, "number": n, **asdict(result)} for n, result in enumerate(results, start=first)]
                connection.execute(insert(job_results), rows)

    def job(self, job_id: str) -> Job:
        """A job as it was last kept. Raises JobNotFoundError."""
        with self._database.reading() as connection:
            return self._job(_find(connection, job_id))

    def page(self, limit: int, cursor: str | None) -> JobPage:
        """Jobs, the last begun first. limit: 1 or more. Raises BadCursorError."""
        query = select(jobs).order_by(jobs.c.pk.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(jobs.c.pk < number_of(cursor))
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            total = connection.execute(select(func.count()).select_from(jobs)).scalar_one()
        more = str(rows[limit - 1].pk) if len(rows) > limit else None
        return JobPage(tuple(map(self._job, rows[:limit])), total, more)

    def results(self, job_id: str, limit: int, cursor: str | None) -> ResultPage:
        """What became of a job's articles, as far as it is kept. Raises JobNotFoundError or BadCursorError."""
        after = 0 if cursor is None else number_of(cursor)
        with self._database.reading() as connection:
            found = _find(connection, job_id)
            mine = (job_results.c.job == found.pk) & (job_results.c.number > after)
            query = select(job_results).where(mine).order_by(job_results.c.number).limit(limit)
            rows = connection.execute(query).all()
        items = tuple(IngestResult(row.name, row.outcome, row.article_id, row.reason) for row in rows)
        whole = self._job(found).ended and len(rows) < limit
        return ResultPage(items, None if whole else str(rows[-1].number if rows else after))

    def _job(self, row: Row[Any]) -> Job:
        left = row.instance != self._instance and row.state not in ENDED
        started, ended = _time(row.started_at), _time(row.ended_at)
        seconds = (ended - started).total_seconds() if started and ended else 0.0
        return Job(
            id=row.id,
            kind=row.kind,
            state="interrupted" if left else row.state,
            about=row.about,
            created_at=datetime.fromisoformat(row.created_at),
            started_at=started,
            ended_at=ended,
            done=row.done,
            total=row.total,
            share=row.share,
            tally=Tally(row.added, row.updated, row.unchanged, row.failed),
            rate=round(row.done / seconds, 1) if seconds else None,
            error=row.error,
        )


def forget_article(connection: Connection, article_id: str) -> None:
    """Take an article's name out of what is kept of jobs, in the transaction that deletes it."""
    forgotten = {"name": "(deleted)", "article_id": None, "reason": None}
    connection.execute(update(job_results).where(job_results.c.article_id == article_id).values(forgotten))


def _columns(job: Job) -> dict[str, Any]:
    """What is written of a job. Its times are text, as everywhere in the library."""
    times = {"created_at": job.created_at, "started_at": job.started_at, "ended_at": job.ended_at}
    return {
        "kind": job.kind,
        "state": job.state,
        "about": job.about,
        "done": job.done,
        "total": job.total,
        "share": job.share,
        "error": job.error,
        **asdict(job.tally),
        **{name: when and when.isoformat(timespec="milliseconds") for name, when in times.items()},
    }


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _is_over(instance: str) -> Any:
    return jobs.c.state.in_(sorted(ENDED)) | (jobs.c.instance != instance)


def _find(connection: Connection, job_id: str) -> Row[Any]:
    row = connection.execute(select(jobs).where(jobs.c.id == job_id)).first()
    if row is None:
        raise JobNotFoundError(f"There is no job {job_id[:120]!r}. The list of jobs has their ids; old ones go.")
    return row
