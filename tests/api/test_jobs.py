"""/jobs."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator

import pytest
from fastapi.testclient import TestClient

from api import job_events
from tests.api.fakes import FakeEngine
from tests.api.jobs import ended, followed, results
from tests.api.live import until
from vectorstore.errors import EmbeddingError
from vectorstore.jobs import runner
from vectorstore.records import IngestResult, Source

MANY = {"articles": [{"key": f"{n}", "text": f"Storm {n}."} for n in range(30)]}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_events, "LOOK_S", 0.01)


@pytest.fixture
def held(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Ingesting waits after the first article until this is set, or until it is stopped."""
    go = threading.Event()

    def ingest(sources: Iterable[Source], progress: Callable[[IngestResult], None]) -> None:
        for number, source in enumerate(sources):
            progress(IngestResult(source.name, "added", source.name))
            if number == 0:
                assert go.wait(5)

    monkeypatch.setattr(engine.store, "ingest", ingest)
    yield go
    go.set()


def test_many_articles_are_a_job_with_a_result_each(http: TestClient, engine: FakeEngine) -> None:
    response = http.post("/articles", json=MANY)
    assert response.status_code == 202
    assert response.headers["location"] == f"/jobs/{response.json()['id']}"
    job = ended(http, response)
    assert (job["kind"], job["state"], job["about"], job["done"], job["total"]) == (
        "ingest",
        "done",
        "30 articles",
        30,
        30,
    )
    assert job["tally"] == {"added": 30, "updated": 0, "unchanged": 0, "failed": 0}
    assert results(http, job) == [(f"{n}", "added") for n in range(30)]
    assert [source.name for source in engine.store.ingested] == [f"{n}" for n in range(30)]


def test_twenty_are_answered_at_once(http: TestClient) -> None:
    response = http.post("/articles", json={"articles": MANY["articles"][:20]})
    assert response.status_code == 200
    assert len(response.json()["results"]) == 20
    assert http.get("/jobs").json() == {"items": [], "total": 0, "next_cursor": None}


def test_its_events_tell_its_progress_and_its_end(http: TestClient, held: threading.Event) -> None:
    begun = http.post("/articles", json=MANY).json()
    threading.Timer(0.2, held.set).start()
    events = followed(http, begun["id"])
    assert {event.name for event in events[:-1]} == {"progress"}
    assert events[-1].name == "done"
    shares = [json.loads(event.data)["share"] for event in events]
    assert round(1 / 30, 4) in shares
    last = json.loads(events[-1].data)
    assert (last["state"], last["done"], last["seconds_left"]) == ("done", 30, None)
    assert [event.name for event in followed(http, begun["id"])] == ["done"]


def test_one_that_fails_ends_with_an_error(http: TestClient, engine: FakeEngine) -> None:
    engine.store.failure = EmbeddingError("The model is gone. Start it.")
    job_id = http.post("/articles/reindex").json()["id"]
    (*_, last) = followed(http, job_id)
    assert last.name == "error"
    assert (json.loads(last.data)["state"], json.loads(last.data)["error"]) == (
        "failed",
        "The model is gone. Start it.",
    )


def test_one_is_stopped(http: TestClient, held: threading.Event) -> None:
    job_id = http.post("/articles", json=MANY).json()["id"]
    assert until(lambda: http.get(f"/jobs/{job_id}").json()["done"] == 1)
    assert http.post(f"/jobs/{job_id}/cancel").json()["state"] == "running"
    held.set()
    (*_, last) = followed(http, job_id)
    assert (last.name, json.loads(last.data)["state"], json.loads(last.data)["done"]) == ("error", "cancelled", 1)
    assert http.post(f"/jobs/{job_id}/cancel").json()["state"] == "cancelled"


def test_too_many(http: TestClient, held: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "MOST_WAITING", 1)
    first = http.post("/articles", json=MANY).json()["id"]
    assert until(lambda: http.get(f"/jobs/{first}").json()["state"] == "running")
    assert http.post("/articles", json=MANY).json()["state"] == "waiting"
    refused = http.post("/articles", json=MANY)
    assert refused.status_code == 503
    assert refused.json()["type"].endswith(":too-many-jobs")
    assert refused.headers["retry-after"] == "5"


def test_they_are_listed_in_pages(http: TestClient) -> None:
    ids = [ended(http, http.post("/articles/reindex"))["id"] for _ in range(3)]
    first = http.get("/jobs", params={"limit": 2}).json()
    assert ([job["id"] for job in first["items"]], first["total"]) == ([ids[2], ids[1]], 3)
    last = http.get("/jobs", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert ([job["id"] for job in last["items"]], last["next_cursor"]) == ([ids[0]], None)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "nope"), ("GET", "nope/events"), ("GET", "nope/results"), ("POST", "nope/cancel")]
)
def test_one_that_is_not_there(http: TestClient, method: str, path: str) -> None:
    response = http.request(method, f"/jobs/{path}")
    assert response.status_code == 404
    assert response.json()["type"] == "urn:dateline:problem:job-not-found"


def test_a_cursor_that_is_none(http: TestClient) -> None:
    job = ended(http, http.post("/articles/reindex"))
    for path in ("/jobs", f"/jobs/{job['id']}/results"):
        assert http.get(path, params={"cursor": "x"}).status_code == 422
