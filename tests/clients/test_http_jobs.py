"""The HTTP client follows the server's jobs, whatever becomes of the connection."""

import threading
from collections.abc import Callable, Iterable, Iterator

import httpx
import pytest

from api.examples import JOB
from api.job_events import event
from clients import http_jobs
from clients.errors import JobEndedError, NotDatelineError, UnreachableError
from clients.http import HttpClient
from clients.http_jobs import JOB as SHAPE
from tests.api.fakes import FakeEngine
from tests.api.live import until
from vectorstore.errors import EmbeddingError, JobNotFoundError, JobsFullError
from vectorstore.jobs.records import Job
from vectorstore.records import Article, IngestResult, Source

SOURCES = [Source(f"{n}", Article(f"{n}", f"Storm {n}.")) for n in range(50)]
RUNNING = SHAPE.validate_python({**JOB, "state": "running", "ended_at": None, "done": 64})
DONE = SHAPE.validate_python(JOB)
TOO_MANY = {
    "type": "urn:dateline:problem:too-many-jobs",
    "title": "Too many jobs wait",
    "status": 503,
    "detail": "8 jobs wait already. Try again when some of them have ended.",
    "retryable": True,
}


def test_many_articles_go_by_a_job_and_have_their_results_in_order(http: HttpClient, engine: FakeEngine) -> None:
    told: list[IngestResult] = []
    http.ingest([*SOURCES[:30], Source("bad", reason="it is binary"), *SOURCES[30:]], told.append)
    assert [result.name for result in told] == [*(f"{n}" for n in range(30)), "bad", *(f"{n}" for n in range(30, 50))]
    assert {result.outcome for result in told if result.name != "bad"} == {"added"}
    (job,) = http.jobs(limit=10).items
    assert (job.done, job.state) == (50, "done")
    assert engine.store.ingested == SOURCES


def test_a_job_that_fails_says_why(http: HttpClient, engine: FakeEngine) -> None:
    engine.store.failure = EmbeddingError("The model is gone. Start it.")
    with pytest.raises(JobEndedError, match="The model is gone"):
        http.reindex(lambda *_: None)


def test_who_stops_an_ingest_stops_its_job(
    http: HttpClient, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()

    def ingest(sources: Iterable[Source], progress: Callable[[IngestResult], None]) -> None:
        for source in sources:
            progress(IngestResult(source.name, "added"))
            go.wait(5)

    def interrupted(job: Job) -> Iterator[Job]:
        yield job
        assert until(lambda: http.job(job.id).done == 1)
        raise KeyboardInterrupt

    monkeypatch.setattr(engine.store, "ingest", ingest)
    monkeypatch.setattr(http, "follow_job", interrupted)
    with pytest.raises(KeyboardInterrupt):
        http.ingest(SOURCES, lambda _: None)
    go.set()
    (job,) = http.jobs(limit=1).items
    assert until(lambda: http.job(job.id).state == "cancelled")
    assert http.job(job.id).done == 1


def test_a_job_that_is_not_there(http: HttpClient) -> None:
    with pytest.raises(JobNotFoundError):
        http.job("nope")
    with pytest.raises(JobNotFoundError):
        list(http.follow_job(RUNNING))


def answering(*replies: httpx.Response | Exception) -> HttpClient:
    """A client whose requests get these replies, one after the other."""
    queued = list(replies)

    def reply(_: httpx.Request) -> httpx.Response:
        found = queued.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    return HttpClient("http://elsewhere", transport=httpx.MockTransport(reply))


def stream(*jobs: Job) -> httpx.Response:
    return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, content=b"".join(map(event, jobs)))


def test_a_connection_that_breaks_is_taken_up_again() -> None:
    now = httpx.Response(200, content=SHAPE.dump_json(RUNNING))
    with answering(stream(RUNNING), now, stream(RUNNING, DONE)) as client:
        assert list(client.follow_job(RUNNING)) == [RUNNING, RUNNING, DONE]


def test_a_server_that_is_gone_is_told() -> None:
    with answering(stream(RUNNING), httpx.ConnectError("refused")) as client, pytest.raises(UnreachableError):
        list(client.follow_job(RUNNING))


def test_a_server_whose_events_never_come_is_given_up() -> None:
    now = httpx.Response(200, content=SHAPE.dump_json(RUNNING))
    with answering(*(stream(), now) * 5) as client, pytest.raises(NotDatelineError):
        list(client.follow_job(RUNNING))


@pytest.mark.parametrize(("state", "words"), [("cancelled", "stopped at the server"), ("interrupted", "goes on with")])
def test_a_job_that_does_not_come_to_its_end(state: str, words: str) -> None:
    ended = SHAPE.validate_python({**JOB, "state": state})
    with answering(stream(ended)) as client, pytest.raises(JobEndedError, match=words):
        list(client.follow_job(RUNNING))


def test_where_too_many_jobs_wait_the_request_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("clients.http_jobs.time.sleep", slept.append)
    busy = httpx.Response(503, json=TOO_MANY)
    taken = httpx.Response(202, content=SHAPE.dump_json(RUNNING))
    counts = httpx.Response(200, json={"items": [], "total": 7, "next_cursor": None})
    with answering(busy, busy, taken, stream(DONE), counts) as client:
        assert client.reindex(lambda *_: None).articles == 7
    assert len(slept) == 2
    monkeypatch.setattr(http_jobs, "_TURN_S", -1.0)
    with answering(busy) as client, pytest.raises(JobsFullError):
        client.reindex(lambda *_: None)
