"""The application around the routes: health, methods, unknown addresses, the OpenAPI document and its page."""

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from api.app import create_app
from tests.api.fakes import FakeEngine, answer
from vectorstore.records import Health

SCHEMA = Path(__file__).parents[1] / "answer.schema.json"


def test_alive_proves_the_owner(http: TestClient, engine: FakeEngine) -> None:
    body = http.get("/healthz").json()
    assert body["status"] == "alive"
    assert body["service"] == "dateline"
    assert body["instance"] == engine.store.token


def test_ready(http: TestClient) -> None:
    response = http.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "embedding": "wordllama", "checks": {"library": "ok", "model": "off"}}


def test_not_ready_says_what_is_not(http: TestClient, engine: FakeEngine) -> None:
    engine.store.health = Health(False, {"chroma": "3 vectors are missing"})
    response = http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"] == {"chroma": "3 vectors are missing", "model": "off"}


@pytest.mark.parametrize("path", ["/nope", "/articles/", "/ask/", "/docs/assets/nope.js"])
def test_an_address_that_has_nothing(http: TestClient, path: str) -> None:
    response = http.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_a_method_that_isnt_there_is_told_those_that_are(http: TestClient) -> None:
    response = http.put("/articles")
    assert response.status_code == 405
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["allow"] == "GET, POST, HEAD, OPTIONS"
    assert http.options("/docs/assets/swagger-ui.css").headers["allow"] == "GET, HEAD, OPTIONS"
    options = http.options("/articles/x")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, DELETE, HEAD, OPTIONS")
    assert http.post("/docs/assets/swagger-ui.css").headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/healthz", "/articles", "/articles/airlift-1f0a9c3d", "/docs"])
def test_head_is_get_without_a_body(http: TestClient, path: str) -> None:
    assert http.head(path).status_code == 200


def test_the_engine_given_is_left_open(engine: FakeEngine) -> None:
    with TestClient(create_app(engine.as_engine())) as client:
        client.get("/healthz").raise_for_status()
    assert not engine.closed


def test_the_engine_opened_is_closed(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("api.app.open_engine", lambda _: engine)
    with TestClient(create_app()) as client:
        client.get("/healthz").raise_for_status()
        assert not engine.closed
    assert engine.closed


def test_the_page_of_the_document_asks_no_other_host(http: TestClient) -> None:
    page = http.get("/docs").text
    assert "//" not in re.sub(r"//\s.*", "", page)
    for address in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert http.get(f"/{address}").status_code == 200


def test_the_document_refers_only_to_what_it_defines(http: TestClient) -> None:
    document = http.get("/openapi.json").text
    defined = json.loads(document)["components"]["schemas"]
    assert set(re.findall(r'"#/components/schemas/(\w+)"', document)) <= set(defined)
    assert "HTTPValidationError" not in document


def test_the_examples_of_answers_are_as_the_schema_has_them(http: TestClient) -> None:
    ask = http.get("/openapi.json").json()["paths"]["/ask"]["post"]
    examples = ask["responses"]["200"]["content"]["application/json"]["examples"]
    assert set(examples) == {"answered", "no_answer"}
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for example in examples.values():
        validator.validate(example["value"])


def test_the_examples_of_requests_work(http: TestClient, engine: FakeEngine) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    for path in ("/ask", "/articles"):
        for example in paths[path]["post"]["requestBody"]["content"]["application/json"]["examples"].values():
            engine.replies = [answer()]
            http.post(path, json=example["value"]).raise_for_status()
