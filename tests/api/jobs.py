"""Following jobs, for the tests of what begins them."""

from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from clients.sse import ServerEvent, read_events


def followed(http: TestClient, job_id: str) -> list[ServerEvent]:
    """All events of a job, to its end."""
    response = http.get(f"/jobs/{job_id}/events")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    return list(read_events([response.content]))


def ended(http: TestClient, begun: Response) -> dict[str, Any]:
    """The job that a request began, at its end."""
    job_id = begun.json()["id"]
    followed(http, job_id)
    job: dict[str, Any] = http.get(f"/jobs/{job_id}").json()
    return job


def results(http: TestClient, job: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, outcome) of each of its articles."""
    items = http.get(f"/jobs/{job['id']}/results").json()["items"]
    return [(item["name"], item["outcome"]) for item in items]
