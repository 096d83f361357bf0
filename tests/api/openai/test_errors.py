"""Whatever is refused under /v1 is refused in OpenAI's shape, whoever refuses it; elsewhere nothing changes."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.body_limit import MIB
from tests.api.fakes import FakeEngine

CHAT = "/v1/chat/completions"


@pytest.fixture
def local(engine: FakeEngine) -> Iterator[TestClient]:
    app = create_app(engine.as_engine(), loopback=True)
    with TestClient(app, base_url="http://localhost:8000") as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code"),
    [
        ("GET", "/v1/nope", {}, 404, "not_found"),
        ("GET", CHAT, {}, 405, "method_not_allowed"),
        ("POST", CHAT, {"content": b"{"}, 400, None),
        ("POST", CHAT, {"content": b'{"model": "\xff"}', "headers": {"content-type": "application/json"}}, 400, None),
        ("POST", CHAT, {"json": []}, 400, None),
        ("POST", CHAT, {"json": {"messages": []}}, 400, None),
        ("POST", CHAT, {"content": b" " * (MIB + 1)}, 413, "request_too_large"),
        ("POST", CHAT, {"json": {}, "headers": {"origin": "https://evil.example"}}, 403, "forbidden"),
        ("GET", "/v1/models", {"headers": {"host": "evil.example"}}, 421, "wrong_host"),
    ],
)
def test_every_refusal_has_openais_shape(
    local: TestClient, method: str, path: str, sent: dict[str, object], status: int, code: str | None
) -> None:
    response = local.request(method, path, **sent)  # type: ignore[arg-type]
    assert (response.status_code, response.headers["content-type"]) == (status, "application/json")
    error = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"}
    assert (error["type"], error["code"]) == ("invalid_request_error", code)
    assert error["message"]


def test_the_body_as_a_whole_is_named(local: TestClient) -> None:
    json_type = {"content-type": "application/json"}
    error = local.post(CHAT, content=b"{", headers=json_type).json()["error"]
    assert (error["message"][:24], error["param"]) == ("The body is not JSON: Ex", None)
    error = local.post(CHAT, json={"messages": []}).json()["error"]
    assert (error["message"], error["param"]) == ("model: is missing.", "model")


def test_methods_are_told(local: TestClient) -> None:
    assert local.options("/v1/models").headers["allow"] == "GET"
    assert local.head("/v1/models").status_code == 200


@pytest.mark.parametrize("path", ["/v1", "/v1x/models"])
def test_other_paths_keep_their_problems(local: TestClient, path: str) -> None:
    assert local.get(path).headers["content-type"] == "application/problem+json"


def test_the_door_is_not_in_our_document(local: TestClient) -> None:
    assert not [path for path in local.get("/openapi.json").json()["paths"] if path.startswith(("/v1", "/mcp"))]
