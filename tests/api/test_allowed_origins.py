"""The pages that QA_ALLOWED_ORIGINS names use every door from a browser, and no others do."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from tests.api.fakes import FakeEngine, answer
from vectorstore.errors import StorageError

PAGE, OTHER = "https://news.example", "https://evil.example"
FROM_PAGE = {"Origin": PAGE, "Sec-Fetch-Site": "cross-site"}
FROM_OTHER = {"Origin": OTHER, "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def server(engine: FakeEngine) -> Iterator[TestClient]:
    app = create_app(engine.as_engine(), loopback=True, allowed_origins=(PAGE,))
    with TestClient(app, base_url="http://localhost:8000", raise_server_exceptions=False) as client:
        yield client


def preflight(client: TestClient, origin: str, path: str, method: str = "POST", **headers: str) -> Response:
    wanted = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type, x-stainless-os"}
    return client.options(path, headers={"Origin": origin, **wanted, **headers})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/ask"),
        ("POST", "/v1/chat/completions"),
        ("POST", "/mcp"),
        ("DELETE", "/articles/x"),
        ("PATCH", "/conversations/x"),
    ],
)
def test_the_browser_is_told_beforehand_that_the_page_may(server: TestClient, method: str, path: str) -> None:
    response = preflight(server, PAGE, path, method)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == PAGE
    assert method in response.headers["access-control-allow-methods"]
    assert response.headers["access-control-allow-headers"] == "content-type, x-stainless-os"
    assert "access-control-allow-credentials" not in response.headers


def test_a_page_of_the_internet_may_reach_this_machine(server: TestClient) -> None:
    response = preflight(server, PAGE, "/ask", **{"Access-Control-Request-Private-Network": "true"})
    assert response.headers["access-control-allow-private-network"] == "true"


def test_its_questions_are_answered(server: TestClient, engine: FakeEngine) -> None:
    engine.replies = [answer()]
    response = server.post("/ask", json={"question": "how many"}, headers=FROM_PAGE)
    assert response.json()["short_answer"] == "15,000 people"
    assert response.headers["access-control-allow-origin"] == PAGE
    assert "Origin" in response.headers["vary"]


def test_its_questions_are_answered_as_events(server: TestClient, engine: FakeEngine) -> None:
    engine.replies = [answer()]
    response = server.post("/ask", json={"question": "x"}, headers={**FROM_PAGE, "Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["access-control-allow-origin"] == PAGE
    assert "event: answer" in response.text


def test_openai_s_clients_in_a_page_are_answered(server: TestClient, engine: FakeEngine) -> None:
    engine.replies = [answer()]
    body = {"model": "dateline", "messages": [{"role": "user", "content": "how many"}]}
    response = server.post("/v1/chat/completions", json=body, headers=FROM_PAGE)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == PAGE


def test_the_page_reads_its_errors_and_when_to_come_again(server: TestClient, engine: FakeEngine) -> None:
    assert server.post("/ask", json={}, headers=FROM_PAGE).headers["access-control-allow-origin"] == PAGE
    engine.replies = [StorageError("disk full")]
    response = server.post("/ask", json={"question": "x"}, headers=FROM_PAGE)
    assert response.status_code == 503
    assert response.headers["access-control-allow-origin"] == PAGE
    assert response.headers["access-control-expose-headers"] == "Retry-After"


@pytest.mark.parametrize("origin", [OTHER, "null", "http://news.example", "https://news.example.evil.example"])
def test_no_other_page_may(server: TestClient, engine: FakeEngine, origin: str) -> None:
    told = preflight(server, origin, "/ask")
    assert told.status_code == 400
    response = server.post("/ask", json={"question": "x"}, headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "QA_ALLOWED_ORIGINS" in response.json()["detail"]
    assert not engine.asked
    read = server.get("/articles", headers={"Origin": origin})
    for each in (told, response, read):
        assert "access-control-allow-origin" not in each.headers


def test_a_name_that_was_made_to_lead_here_stays_refused(server: TestClient) -> None:
    assert server.post("/ask", json={}, headers={**FROM_PAGE, "Host": "news.example"}).status_code == 421


def test_where_none_is_named_no_page_may(http: TestClient) -> None:
    assert http.post("/ask", json={"question": "x"}, headers=FROM_PAGE).status_code == 403
    assert "access-control-allow-origin" not in preflight(http, PAGE, "/ask").headers
    assert "access-control-allow-origin" not in http.get("/articles", headers=FROM_PAGE).headers


def test_the_settings_say_which(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_ALLOWED_ORIGINS", PAGE)
    monkeypatch.setattr("api.app.open_engine", lambda _: engine)
    with TestClient(create_app()) as client:
        assert client.get("/healthz", headers=FROM_PAGE).headers["access-control-allow-origin"] == PAGE
