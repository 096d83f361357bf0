"""A job as server-sent events: `progress` with each change, then `done` or `error`; each with the job as its data."""

import time
from collections.abc import AsyncIterator

import anyio
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event
from pydantic import TypeAdapter

from api.dependencies import Workers
from api.event_stream import HEARTBEAT_S
from vectorstore.jobs.records import Job
from vectorstore.jobs.runner import Jobs

LOOK_S = 0.25
"""How often a job is looked at."""

JOB = TypeAdapter(Job)


def follow(jobs: Jobs, workers: Workers, job: Job) -> EventSourceResponse:
    """The events of a job, from how it is now to its end."""
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return EventSourceResponse(_events(jobs, workers, job), headers=headers)


def event(job: Job) -> bytes:
    """A job as an event. JSON spells a line break as an escape, so that it is one line of data."""
    name = "progress" if not job.ended else "done" if job.state == "done" else "error"
    return format_sse_event(event=name, data_str=JOB.dump_json(job).decode())


async def _events(jobs: Jobs, workers: Workers, job: Job) -> AsyncIterator[bytes]:
    told: Job | None = None
    sent = time.monotonic()
    while not job.ended:
        if job != told:
            yield event(job)
            told, sent = job, time.monotonic()
        elif time.monotonic() - sent > HEARTBEAT_S:
            yield KEEPALIVE_COMMENT
            sent = time.monotonic()
        await anyio.sleep(LOOK_S)
        now = jobs.current(job.id)
        job = now if now is not None else await workers.run(jobs.job, job.id)
    yield event(job)
