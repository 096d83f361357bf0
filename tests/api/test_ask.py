"""POST /ask: the answer as the schema has it, and what bad input gets."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from qa.errors import ModelNotConfiguredError
from qa.records import Request, Usage
from tests.api.fakes import FakeEngine, answer, citation, no_answer
from vectorstore.errors import EmbeddingError, StorageError
from vectorstore.records import Filters

# Our own copy of the contract, so that a clone can check it.
SCHEMA = Path(__file__).parents[1] / "answer.schema.json"
SHARED = Path(__file__).parents[3] / "shared" / "answer.schema.json"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))


def problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["type"].endswith(kind)
    assert body["title"]
    assert body["detail"]
    return body


def test_our_schema_holds_all_of_the_shared_one() -> None:
    if not SHARED.exists():
        pytest.skip("there is no shared schema here")
    ours, shared = (json.loads(path.read_text("utf-8")) for path in (SCHEMA, SHARED))
    assert _lacking(ours, shared) == []


def _lacking(ours: object, shared: object, at: str = "") -> list[str]:
    """Where the shared schema says something that ours doesn't: fields may be added, none renamed or changed."""
    if not (isinstance(ours, dict) and isinstance(shared, dict)):
        return [] if ours == shared else [at]
    return [
        place
        for name, value in shared.items()
        for place in (_lacking(ours[name], value, f"{at}/{name}") if name in ours else [f"{at}/{name}"])
    ]


@pytest.mark.parametrize(
    "reply",
    [
        answer(),
        answer(usage=Usage(10, 20), mode="generated", model="m"),
        answer(citations=(citation(title=None, url=None, source=None, published_at=None),), short_answer=None),
        no_answer(),
        no_answer(reason="weak_evidence", nearest=()),
    ],
)
def test_every_answer_is_as_the_schema_has_it(
    http: TestClient, engine: FakeEngine, validator: Draft202012Validator, reply: Any
) -> None:
    engine.replies = [reply]
    response = http.post("/ask", json={"question": "how many"})
    assert response.status_code == 200
    validator.validate(response.json())


def test_the_request_reaches_the_engine(http: TestClient, engine: FakeEngine) -> None:
    engine.replies = [answer()]
    filters = {"since": "2021-08-01", "until": "2021-08-31", "as_of": "2021-08-20", "sources": ["The National"]}
    http.post("/ask", json={"question": "how many", "filters": filters, "mode": "extractive"}).raise_for_status()
    (asked,) = engine.asked
    assert asked.mode == "extractive"
    assert asked.filters.since is not None
    assert asked.filters.since.isoformat() == "2021-08-01"
    assert asked.filters.sources == ("The National",)


def test_what_is_left_out_has_its_default(http: TestClient, engine: FakeEngine) -> None:
    engine.replies = [answer(), answer()]
    http.post("/ask", json={"question": "how many"}).raise_for_status()
    http.post("/ask", json={"question": "how many", "filters": None}).raise_for_status()
    assert engine.asked == [Request("how many", Filters(), "auto")] * 2


@pytest.mark.parametrize("question", ["", "  \n", "x" * 2001, "a\0b"])
def test_a_question_that_cant_be_asked(http: TestClient, question: str) -> None:
    problem(http.post("/ask", json={"question": question}), 422, ":bad-question")


@pytest.mark.parametrize("question", ["7", "null", "[]", "true"])
def test_a_question_that_is_no_string(http: TestClient, question: str) -> None:
    content = f'{{"question": {question}}}'
    response = http.post("/ask", content=content, headers={"Content-Type": "application/json"})
    problem(response, 422, ":bad-question")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "question: is missing"),
        ({"question": "x", "top_k": 3}, "top_k: is not a field of this request"),
        ({"question": "x", "filters": {"before": "2021-01-01"}}, "filters.before: is not a field"),
        ({"question": "x", "filters": {"since": "yesterday"}}, "filters.since: "),
        ({"question": "x", "filters": {"as_of": 0}}, "filters.as_of: is no day or moment: write it like 2021-08-13"),
        ({"question": "x", "filters": {"as_of": "2021-08-13T09:00:00"}}, "2021-08-13T09:00:00Z, with its zone"),
        ({"question": "x", "filters": {"as_of": "0001-01-01T00:00:00+23:00"}}, "filters.as_of: is no day or moment"),
        ({"question": "x", "filters": {"until": "2021-08-13T00:00:00"}}, "filters.until: is no day"),
        ({"question": "x", "filters": {"until": "2021-13-13"}}, "filters.until: "),
        ({"question": "x", "explain": "yes"}, "explain: "),
        ({"question": "x", "filters": {"sources": "BBC"}}, "filters.sources: "),
        ({"question": "x", "mode": "psychic"}, "mode: "),
        (["x"], "must be a JSON object"),
        ("x", "must be a JSON object"),
    ],
)
def test_a_wrong_request_is_told_which_field_and_why(http: TestClient, body: object, words: str) -> None:
    response = http.post("/ask", json=body)
    assert response.status_code == 422
    assert words in response.json()["detail"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b'{"question": "caf\xe9"}',
        b"[" * 500_000,
        b'{"question": ' + b"9" * 5_000 + b"}",
        b'{"question": "x", "\\ud800": 1}',
        b'{"question": "x", "filters": {"sources": ["\\ud800"]}}',
    ],
)
def test_a_body_that_cant_be_read_is_the_clients_fault(http: TestClient, content: bytes) -> None:
    response = http.post("/ask", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == "application/problem+json"


def test_what_was_sent_is_not_echoed(http: TestClient) -> None:
    response = http.post("/ask", json={"question": {"s3cret": "s3cret"}, "mode": "s3cret"})
    assert "s3cret" not in response.text


def test_another_content_type_is_told_what_to_send(http: TestClient) -> None:
    response = http.post("/ask", content=b'{"question": "x"}', headers={"Content-Type": "text/plain"})
    assert "Content-Type: application/json" in problem(response, 422, ":invalid-request")["detail"]


def test_a_body_over_its_bound(http: TestClient) -> None:
    problem(http.post("/ask", json={"question": "x" * 1_100_000}), 413, "about:blank")
    chunks = (b"x" * 100_000 for _ in range(20))
    problem(http.post("/ask", content=chunks, headers={"Content-Type": "application/json"}), 413, "about:blank")


class Panic(BaseException):
    """As pyo3's PanicException, which is no Exception."""


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (ModelNotConfiguredError("No model is set."), 422, ":model-not-configured"),
        (EmbeddingError("The model at http://10.0.0.1 refused s3cret."), 502, ":embedding-failed"),
        (EmbeddingError("Too many requests.", retryable=True), 503, ":embedding-failed"),
        (StorageError("/var/s3cret: disk full"), 503, ":storage-failed"),
        (ValueError("s3cret"), 500, ":internal"),
        (Panic("s3cret"), 500, ":internal"),
    ],
)
def test_errors_of_the_engine(
    http: TestClient, engine: FakeEngine, error: BaseException, status: int, kind: str
) -> None:
    engine.replies = [error]
    response = http.post("/ask", json={"question": "x"})
    body = problem(response, status, kind)
    assert "s3cret" not in response.text
    assert body["retryable"] == (status == 503)
    assert ("retry-after" in response.headers) == (status == 503)
