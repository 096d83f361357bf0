"""POST /ask with a model: the real engine over a real server, and a model server that misbehaves in every way."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from api import server
from api.app import create_app
from api.dependencies import MODEL_WORKERS
from api.routes import health
from clients.http import HttpClient
from qa.engine import Engine
from qa.errors import ModelRefusedError, ModelUnavailableError
from qa.events import AnswerEvent, EvidenceEvent, TextEvent
from qa.language.similarity import Similarity
from qa.llm.openai_model import open_model
from qa.llm.retrying import Retries
from qa.records import Request
from qa.writing.generate import Writer
from tests.api.live import served, until
from tests.qa.fake_model import FakeChatModel
from tests.qa.misbehaving import BEHAVIOURS, MisbehavingServer
from vectorstore.embedder import Embedder
from vectorstore.embedding import open_embedding
from vectorstore.records import Article, Source
from vectorstore.store import Store

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parents[1] / "answer.schema.json").read_text("utf-8")))
QUESTION = "How many people were evacuated in Operation Pitting?"
ARTICLE = Article(
    key="airlift",
    title="The airlift ends",
    source="The Example",
    text="The last flight has left Kabul. In Operation Pitting, 15,000 people were evacuated from Afghanistan.",
)
QUICK = Retries(first_s=0.001, most_s=0.002, jitter_s=0.001)
DEADLINE_S = 0.6
WELL = {
    "good",
    "hang_after_finish",
    "no_done",
    "nan_usage",
    "keep_alive_comments",
    "refuses_stream_options",
    "refuses_old_parameters",
}


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedding("wordllama", None, None, 0)


@pytest.fixture(scope="module")
def similarity(embedder: Embedder) -> Similarity:
    return Similarity(embedder)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("model") / "data", embedder)
    opened.ingest([Source("airlift", ARTICLE)])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def impatient(store: Store, similarity: Similarity) -> Engine:
    return Engine(store, similarity, deadline_s=DEADLINE_S)


@pytest.fixture(scope="module")
def url(impatient: Engine) -> Iterator[str]:
    with served(impatient) as address:
        yield address


def writer(model_server: MisbehavingServer, similarity: Similarity) -> Writer:
    return Writer(open_model(model_server.url, "m", "s3cret-key", retries=QUICK), similarity)


def assert_good(answer: dict[str, Any], *, degraded: bool) -> None:
    SCHEMA.validate(answer)
    assert answer["status"] == "answered"
    assert (answer["mode"], answer["degraded"]) == (("extractive" if degraded else "generated"), degraded)
    assert "15,000" in answer["text"]
    for citation in answer["citations"]:
        assert ARTICLE.text[citation["start"] : citation["end"]] == citation["quote"]


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_whatever_the_model_does_there_is_a_whole_answer(
    url: str, impatient: Engine, similarity: Similarity, behaviour: str
) -> None:
    with MisbehavingServer.that(behaviour) as model_server, HttpClient(url) as client:
        impatient.writer = writer(model_server, similarity)
        started = time.monotonic()
        *before, last = client.stream_ask(Request(QUESTION))
        assert time.monotonic() - started < DEADLINE_S + 1.5
        impatient.writer.model.close()
    assert isinstance(before[0], EvidenceEvent)
    assert ARTICLE.text[before[0].sources[0].start :].startswith(before[0].sources[0].quote)
    assert all(isinstance(event, TextEvent) for event in before[1:])
    assert isinstance(last, AnswerEvent)
    assert last.answer.degraded == (behaviour not in WELL)


@pytest.mark.parametrize("behaviour", ["good", "no_finish_reason", "status_401", "hang_mid_stream", "html200"])
def test_the_stream_and_json_agree(url: str, impatient: Engine, similarity: Similarity, behaviour: str) -> None:
    question = {"question": QUESTION}
    with MisbehavingServer.that(behaviour) as model_server:
        impatient.writer = writer(model_server, similarity)
        whole = httpx.post(f"{url}/ask", json=question, trust_env=False)
        streamed = httpx.post(f"{url}/ask", json=question, headers={"Accept": "text/event-stream"}, trust_env=False)
        impatient.writer.model.close()
    assert (whole.status_code, streamed.status_code) == (200, 200)
    answers = [whole.json(), json.loads(streamed.text.split("event: answer\ndata: ")[1])]
    for answer in answers:
        assert_good(answer, degraded=behaviour not in WELL)
        del answer["id"], answer["timings_ms"]
    assert answers[0] == answers[1]
    assert "s3cret" not in whole.text + streamed.text


@pytest.mark.parametrize("behaviour", ["hang_before_headers", "hang_mid_stream", "drip_tokens", "drip", "endless_text"])
def test_closing_the_connection_closes_the_models_and_frees_the_workers(
    store: Store, similarity: Similarity, behaviour: str
) -> None:
    with MisbehavingServer([BEHAVIOURS[behaviour]] * MODEL_WORKERS + [BEHAVIOURS["good"]]) as model_server:
        patient = Engine(store, similarity, writer(model_server, similarity), deadline_s=60)
        with served(patient) as address, HttpClient(address) as client:
            streams = [client.stream_ask(Request(QUESTION)) for _ in range(MODEL_WORKERS)]
            with ThreadPoolExecutor(MODEL_WORKERS) as threads:  # every worker there is waits for the model
                assert all(isinstance(first, EvidenceEvent) for first in threads.map(next, streams))
            assert until(lambda: len(model_server.chats()) == MODEL_WORKERS)
            started = time.monotonic()
            # What needs no model doesn't wait for it.
            assert client.ask(Request(QUESTION, mode="extractive")).status == "answered"
            assert httpx.get(f"{address}/readyz", trust_env=False).json()["ready"]
            for stream in streams:
                stream.close()
            assert model_server.left.wait(2)
            assert not client.ask(Request(QUESTION)).degraded
            assert time.monotonic() - started < 3
        assert patient.writer is not None
        patient.writer.model.close()


@pytest.mark.parametrize("behaviour", ["hang_before_headers", "drip"])
def test_a_client_of_json_that_goes_closes_the_models_connection_and_frees_the_workers(
    store: Store, similarity: Similarity, behaviour: str
) -> None:
    with MisbehavingServer([BEHAVIOURS[behaviour]] * MODEL_WORKERS + [BEHAVIOURS["good"]]) as model_server:
        patient = Engine(store, similarity, writer(model_server, similarity), deadline_s=60)
        with served(patient) as address, HttpClient(address) as client:
            connections = [asked(address) for _ in range(MODEL_WORKERS)]
            assert until(lambda: len(model_server.chats()) == MODEL_WORKERS)
            started = time.monotonic()
            for connection in connections:
                connection.close()
            assert model_server.left.wait(2)
            assert not client.ask(Request(QUESTION)).degraded
            assert time.monotonic() - started < 3
        assert patient.writer is not None
        patient.writer.model.close()


def asked(address: str) -> socket.socket:
    """A connection over which the question was sent, for an answer as JSON."""
    parts = urlsplit(address)
    body = json.dumps({"question": QUESTION}).encode()
    head = f"POST /ask HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
    connection = socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=5)
    connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return connection


def test_the_answer_wins_over_the_text(store: Store, similarity: Similarity) -> None:
    lie = "In Operation Pitting, 16,000 people were evacuated. [1]"
    engine = Engine(store, similarity, Writer(FakeChatModel([lie, lie]), similarity))
    with TestClient(create_app(engine)) as http:
        body = http.post("/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"}).text
    text, _, answer = body.partition("event: answer\n")
    assert "".join(json.loads(line[6:])["delta"] for line in text.splitlines() if '"delta"' in line) == lie
    assert "16,000" not in answer
    assert_good(json.loads(answer.removeprefix("data: ")), degraded=True)


@pytest.mark.parametrize("error", [ModelUnavailableError("busy"), ModelRefusedError("s3cret"), RuntimeError("s3cret")])
def test_a_model_that_fails_is_no_error_and_one_that_breaks_is_an_event(
    store: Store, similarity: Similarity, error: Exception
) -> None:
    engine = Engine(store, similarity, Writer(FakeChatModel([error]), similarity))
    with TestClient(create_app(engine)) as http:
        body = http.post("/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"}).text
    assert body.startswith("event: evidence\n")
    assert f"event: {'error' if isinstance(error, RuntimeError) else 'answer'}\n" in body
    assert "s3cret" not in body


def test_without_a_model_there_is_nothing_but_the_answer(store: Store, similarity: Similarity) -> None:
    engine = Engine(store, similarity)
    with TestClient(create_app(engine)) as http:
        response = http.post("/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
        assert response.text.startswith("event: answer\ndata: ")
        assert response.text.count("event: ") == 1
        generated = {"question": QUESTION, "mode": "generated"}
        for accept in ("text/event-stream", "application/json"):
            response = http.post("/ask", json=generated, headers={"Accept": accept})
            assert (response.status_code, response.json()["type"]) == (422, "urn:dateline:problem:model-not-configured")
            assert "QA_LLM_MODEL" in response.json()["detail"]


# --- is the model there


def ready(engine: Engine) -> dict[str, Any]:
    with TestClient(create_app(engine)) as http:
        response = http.get("/readyz")
    assert (response.status_code, response.json()["ready"]) == (200, True)
    checks: dict[str, Any] = response.json()["checks"]
    return checks


def test_readiness_tells_of_the_model_and_does_not_depend_on_it(store: Store, similarity: Similarity) -> None:
    assert ready(Engine(store, similarity))["model"] == "off"
    for wrong, told in ((None, "ok"), ("The key is refused.", "The key is refused.")):
        engine = Engine(store, similarity, Writer(FakeChatModel(wrong=wrong), similarity))
        assert ready(engine)["model"] == told


def test_readiness_does_not_wait_for_the_model(
    store: Store, similarity: Similarity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "MODEL_S", 0.05)
    go = threading.Event()
    engine = Engine(store, similarity, Writer(FakeChatModel(), similarity))
    monkeypatch.setattr(engine, "check_model", lambda: go.wait(5) and None)
    try:
        assert ready(engine)["model"] == "It has not answered within 0.05 s."
    finally:
        go.set()


def test_a_wrong_key_is_told_at_the_start_without_the_key(store: Store, similarity: Similarity) -> None:
    notices: list[str] = []
    with MisbehavingServer.that("status_401", models=BEHAVIOURS["status_401"]) as model_server:
        engine = Engine(store, similarity, writer(model_server, similarity))
        server._check_model(engine, notices.append)
        checks = ready(engine)
    (notice,) = notices
    assert "QA_LLM_API_KEY" in notice
    assert "QA_LLM_API_KEY" in checks["model"]
    assert "s3cret" not in notice + checks["model"]
    server._check_model(Engine(store, similarity), notices.append)
    server._check_model(Engine(store, similarity, Writer(FakeChatModel(), similarity)), notices.append)
    assert len(notices) == 1


def test_closing_the_engine_closes_the_model(tmp_path: Path, embedder: Embedder, similarity: Similarity) -> None:
    model = FakeChatModel()
    Engine(Store.open(tmp_path / "data", embedder), similarity, Writer(model, similarity)).close()
    assert model.shut
