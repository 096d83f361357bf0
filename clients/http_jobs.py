"""What the HTTP client does with the server's jobs: it follows them, and takes their results as they come."""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError

from clients.connection import HttpConnection, not_dateline, page_of
from clients.errors import ClientError, JobEndedError, NotDatelineError
from clients.sse import TooLongError, read_events
from vectorstore.errors import JobsFullError
from vectorstore.jobs.records import Job, JobPage, ResultPage
from vectorstore.records import IngestResult

JOB = TypeAdapter(Job)
_PAGE = 500
_SILENT_S = 60.0  # four times what the server lets pass without a sign of life
_TURN_S = 3600.0
_TRY_S = 5.0
_CANCEL_S = 1.0
_CUTS = 5  # in a row, after which a server that lives but never gets an event through is given up

_WHY = {
    "cancelled": "The job was stopped at the server. What it had taken in is kept.",
    "interrupted": "The server ended before the job did. Start it, and run the same command again: it goes on with the "
    "rest.",
}


class HttpJobs(HttpConnection):
    """The part of a client that has to do with jobs, over a connection."""

    def jobs(self, *, limit: int, cursor: str | None = None) -> JobPage:
        """A page of the jobs, the last begun first. Raises BadCursorError."""
        return self._call("GET", "/jobs", TypeAdapter(JobPage), params=page_of(limit, cursor))

    def job(self, job_id: str) -> Job:
        """A job as it is now. Raises JobNotFoundError."""
        return self._call("GET", f"/jobs/{_quoted(job_id)}", JOB)

    def job_results(self, job_id: str, *, limit: int, cursor: str) -> ResultPage:
        """A page of what became of a job's articles. Raises JobNotFoundError or BadCursorError."""
        path = f"/jobs/{_quoted(job_id)}/results"
        return self._call("GET", path, TypeAdapter(ResultPage), params=page_of(limit, cursor))

    def cancel_job(self, job_id: str) -> Job:
        """Have a job end. Raises JobNotFoundError."""
        return self._call("POST", f"/jobs/{_quoted(job_id)}/cancel", JOB, read_s=_CANCEL_S)

    def follow_job(self, job: Job) -> Generator[Job, None, None]:
        """A job as it changes, until it is done. Closing this doesn't stop the job.

        Raises JobEndedError where it ends otherwise, UnreachableError where the server is gone.
        """
        cuts = 0
        while not job.ended:
            seen = job
            for now in self._events(job.id):
                job = now
                yield job
            cuts = 0 if job != seen else cuts + 1
            if not job.ended:  # the connection broke, and perhaps only that
                job = self.job(job.id)
                if cuts == _CUTS:
                    raise NotDatelineError(not_dateline(self.url))
        if job.state != "done":
            raise JobEndedError(job.error or _WHY.get(job.state, "The job failed."))

    def results_of(self, job: Job) -> Iterator[IngestResult]:
        """What became of a job's articles, in order, as they are done. A caller that ends before it stops the job.

        Raises as `follow_job` does, after the results that there are.
        """
        cursor: str | None = "0"
        failure: ClientError | None = None
        ended = False
        try:
            with closing(self.follow_job(job)) as states:
                for now in states:
                    ended = now.ended
                    cursor = yield from self._more(job.id, cursor)
        except ClientError as error:
            failure = error
        finally:
            if not ended and failure is None:
                with suppress(ClientError):
                    self.cancel_job(job.id)
        if failure is not None:
            raise failure

    def _more(self, job_id: str, cursor: str | None) -> Generator[IngestResult, None, str | None]:
        """The results after a cursor, as far as there are any by now; returns the cursor behind them."""
        while cursor is not None:
            page = self.job_results(job_id, limit=_PAGE, cursor=cursor)
            yield from page.items
            cursor = page.next_cursor
            if len(page.items) < _PAGE:
                break
        return cursor

    def _events(self, job_id: str) -> Iterator[Job]:
        """The job as its events tell it, until it has ended or the connection breaks."""
        sent = self._http.build_request(
            "GET", f"/jobs/{_quoted(job_id)}/events", headers={"Accept": "text/event-stream"}, timeout=_SILENT_S
        )
        with closing(self._sent(sent, stream=True)) as response, suppress(httpx.HTTPError):
            if not response.is_success:
                response.read()
                raise self._error(response)
            try:
                for event in read_events(response.iter_bytes()):
                    yield JOB.validate_json(event.data)
            except (ValidationError, TooLongError):
                raise NotDatelineError(not_dateline(self.url)) from None

    def _begun(self, begin: Callable[[], httpx.Response]) -> httpx.Response:
        """What a request gives that may begin a job; where too many wait, it is sent again until it is taken."""
        end = time.monotonic() + _TURN_S
        while True:
            try:
                return begin()
            except JobsFullError:
                if time.monotonic() > end:
                    raise
                time.sleep(_TRY_S)


def _quoted(job_id: str) -> str:
    return quote(job_id, safe="")
