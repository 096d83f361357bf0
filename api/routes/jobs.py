"""/jobs: long work that requests began, as it goes on. What begins it is in `articles` and `uploads`."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.accept import EVENTS
from api.dependencies import JobsDep, WorkersDep
from api.examples import job_events_content, problem_responses
from api.job_events import follow
from api.schemas import ListingIn
from vectorstore.jobs.records import Job, JobPage, ResultPage

router = APIRouter(prefix="/jobs", tags=["jobs"])

JobId = Annotated[str, Path(description="The job's id, as the request that began it and listings give it.")]


@router.get("", summary="List the jobs", responses=problem_responses("invalid", "storage"))
async def list_jobs(jobs: JobsDep, workers: WorkersDep, query: Annotated[ListingIn, Query()]) -> JobPage:
    """A page of the jobs, the last begun first. The last 500 are kept, over restarts too."""
    return await workers.run(jobs.page, query.limit, query.cursor)


@router.get(
    "/{job_id}",
    summary="Read a job",
    operation_id="read_job",
    responses=problem_responses("no_job", "invalid", "storage"),
)
async def read_job(job_id: JobId, jobs: JobsDep, workers: WorkersDep) -> Job:
    """How a job stands.

    One that was under way when the server ended is `interrupted`. What it had taken in stays, and the same request
    again goes on with the rest: what is known is neither embedded nor written once more.
    """
    return await workers.run(jobs.job, job_id)


@router.get(
    "/{job_id}/results",
    summary="Read what became of a job's articles",
    operation_id="read_job_results",
    responses=problem_responses("no_job", "invalid", "storage"),
)
async def read_results(
    job_id: JobId, jobs: JobsDep, workers: WorkersDep, query: Annotated[ListingIn, Query()]
) -> ResultPage:
    """The outcome of each article, in order, while the job runs too (then a second behind it at most).

    Of an article that was deleted since, no name is given.
    """
    return await workers.run(jobs.results, job_id, query.limit, query.cursor)


@router.get(
    "/{job_id}/events",
    summary="Follow a job",
    operation_id="follow_job",
    response_class=Response,
    responses={
        200: {"content": {EVENTS: job_events_content()}, "description": "The events of the job"},
        **problem_responses("no_job", "invalid", "storage"),
    },
)
async def follow_job(job_id: JobId, jobs: JobsDep, workers: WorkersDep) -> Response:
    """The job as server-sent events, each with the job as one line of JSON, until it has ended:

    - `progress`: it waits or runs. Sent at once, and with each change, four times a second at most.
    - `done`: it is done.
    - `error`: it failed, or was cancelled or interrupted; its `state` says which, its `error` why it failed.

    Closing the connection doesn't stop the job.
    """
    return follow(jobs, workers, await workers.run(jobs.job, job_id))


@router.post(
    "/{job_id}/cancel",
    summary="Stop a job",
    operation_id="cancel_job",
    responses=problem_responses("no_job", "invalid", "storage"),
)
async def cancel_job(job_id: JobId, jobs: JobsDep, workers: WorkersDep) -> Job:
    """Stop a job: one that waits at once, one that runs after its next step. What it has taken in stays.

    A reindex that is stopped has changed nothing. One that has ended stays as it is.
    """
    return await workers.run(jobs.cancel, job_id)
