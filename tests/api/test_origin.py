"""What pages of other sites have a browser send is refused; programs are not bound by it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.fakes import FakeEngine


@pytest.fixture
def local(engine: FakeEngine) -> Iterator[TestClient]:
    app = create_app(engine.as_engine(), loopback=True)
    with TestClient(app, base_url="http://localhost:8000") as client:
        yield client


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/articles/reindex"), ("POST", "/ask"), ("DELETE", "/articles/airlift-1f0a9c3d")]
)
def test_another_sites_page_changes_nothing(
    local: TestClient, engine: FakeEngine, method: str, path: str, headers: dict[str, str]
) -> None:
    response = local.request(method, path, headers=headers)
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert engine.store.held
    assert local.get("/articles", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost:8000"},
        {"Origin": "https://proxied.example", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_programs_and_the_servers_own_page_are_answered(local: TestClient, headers: dict[str, str]) -> None:
    assert local.post("/articles/reindex", headers=headers).status_code == 202


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "127.0.1.1", "[::1]:8000", "[::1]"])
def test_this_machine_by_each_of_its_names(local: TestClient, host: str) -> None:
    assert local.get("/healthz", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "10.0.0.1", "", "a b", "[::1", "127.0.0.1.nip.io"],
)
def test_another_name_that_leads_here_is_refused(local: TestClient, host: str) -> None:
    response = local.get("/articles", headers={"Host": host})
    assert response.status_code == 421
    assert response.headers["content-type"] == "application/problem+json"


def test_a_server_for_others_takes_any_name(http: TestClient) -> None:
    assert http.post("/articles/reindex", headers={"Host": "news.example"}).status_code == 202
