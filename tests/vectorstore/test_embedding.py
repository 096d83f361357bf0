import json
import logging
import math
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import numpy as np
import pytest
import respx

from vectorstore.embedder import Embedder
from vectorstore.embedding import WordLlamaEmbedder, open_embedding
from vectorstore.errors import EmbeddingError

URL = "http://embeddings.test/v1"
KEY = "sk-very-secret"


@pytest.fixture(scope="module")
def wordllama() -> Embedder:
    return open_embedding("wordllama", None, None, 1.0)


@pytest.fixture
def remote() -> Embedder:
    return open_embedding("openai:my-own-model", URL, KEY, 1.0)


@pytest.fixture
def api() -> Iterator[respx.Route]:
    with respx.mock() as router:
        yield router.post(f"{URL}/embeddings")


def reply(vectors: list[list[float]]) -> Callable[[httpx.Request], httpx.Response]:
    data = [{"object": "embedding", "index": n, "embedding": vector} for n, vector in enumerate(vectors)]
    body = {"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 1, "total_tokens": 1}}
    return lambda _: httpx.Response(200, content=json.dumps(body), headers={"content-type": "application/json"})


def test_wordllama_gives_unit_vectors_that_mean_something(wordllama: Embedder) -> None:
    vectors = wordllama.embed_passages(
        ["Soldiers left Kabul.", "Troops left Afghanistan.", "A recipe for plum cake."] * 30
    )
    assert vectors.shape == (90, 256) == (90, wordllama.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert np.allclose(wordllama.embed_question("Soldiers left Kabul."), vectors[87], atol=1e-6)
    assert wordllama.name == "wordllama"


def test_wordllama_never_gives_nan(wordllama: Embedder) -> None:
    vectors = wordllama.embed_passages(["", " ", "\u200b", "words"])
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert wordllama.embed_passages([]).shape == (0, 256)


def test_loading_leaves_logging_alone() -> None:
    root = logging.getLogger()
    before = list(root.handlers), root.level
    WordLlamaEmbedder()
    assert (list(root.handlers), root.level) == before


@pytest.mark.parametrize("name", ["", "nothing", "openai:", "openai"])
def test_an_unknown_model_is_named(name: str) -> None:
    with pytest.raises(EmbeddingError, match="QA_EMBEDDING"):
        open_embedding(name, None, None, 1.0)


def test_a_remote_model_is_asked_as_it_is_named(remote: Embedder, api: respx.Route) -> None:
    api.mock(side_effect=reply([[3.0, 4.0], [0.0, 2.0]]))
    assert remote.dimensions is None
    vectors = remote.embed_passages(["one", "two"])
    assert vectors.tolist() == pytest.approx(np.array([[0.6, 0.8], [0.0, 1.0]]))
    assert vectors.dtype == np.float32
    assert remote.dimensions == 2
    asked = json.loads(api.calls[0].request.content)
    assert asked["model"] == "my-own-model"
    assert asked["input"] == ["one", "two"]
    assert api.calls[0].request.headers["authorization"] == f"Bearer {KEY}"
    assert remote.name == "openai:my-own-model"


def test_a_question_is_embedded_too(remote: Embedder, api: respx.Route) -> None:
    api.mock(side_effect=reply([[3.0, 4.0]]))
    assert remote.embed_question("who?").tolist() == pytest.approx([0.6, 0.8])


@pytest.mark.parametrize(
    ("vectors", "says"),
    [
        ([[1.0, 0.0]], "1 vectors for 2 texts"),
        ([[1.0, 0.0]] * 3, "3 vectors for 2 texts"),
        ([[1.0], [1.0, 2.0]], "different lengths"),
        ([[], []], "no vectors"),
        ([[1.0, 0.0], [0.0, 0.0]], "zero or not a number"),
        ([[1.0, 0.0], [math.nan, 0.0]], "zero or not a number"),
        ([[1.0, 0.0], [math.inf, 0.0]], "zero or not a number"),
    ],
)
def test_what_can_not_be_used_is_refused(
    remote: Embedder, api: respx.Route, vectors: list[list[float]], says: str
) -> None:
    api.mock(side_effect=reply(vectors))
    with pytest.raises(EmbeddingError, match=says):
        remote.embed_passages(["one", "two"])


def test_dimensions_do_not_change_under_way(remote: Embedder, api: respx.Route) -> None:
    api.mock(side_effect=[reply([[1.0, 0.0]])(None), reply([[1.0, 0.0, 0.0]])(None)])  # type: ignore[arg-type]
    remote.embed_question("one")
    with pytest.raises(EmbeddingError, match=r"3 dimensions, and 2 before.*qa reindex"):
        remote.embed_question("two")


@pytest.mark.parametrize(
    ("status", "says", "retryable"),
    [
        (401, "Check the API key", False),
        (403, "may use this model", False),
        (404, "Check the model's name", False),
        (400, "limits", False),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_the_key(
    remote: Embedder, api: respx.Route, status: int, says: str, *, retryable: bool
) -> None:
    api.respond(status, json={"error": {"message": f"Incorrect API key provided: {KEY}"}})
    with pytest.raises(EmbeddingError, match=says) as caught:
        remote.embed_question("who?")
    assert KEY not in str(caught.value)
    assert caught.value.retryable is retryable
    assert len(api.calls) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_once_more(
    remote: Embedder, api: respx.Route, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    api.respond(status, headers={"retry-after-ms": "1"})
    with pytest.raises(EmbeddingError, match=str(status)) as caught:
        remote.embed_question("who?")
    assert caught.value.retryable
    assert len(api.calls) == 2


@pytest.mark.parametrize(
    ("error", "says"), [(httpx.ConnectError("no"), "can't be reached"), (httpx.ReadTimeout("late"), "in time")]
)
def test_no_answer_at_all(remote: Embedder, api: respx.Route, error: Exception, says: str) -> None:
    api.mock(side_effect=error)
    with pytest.raises(EmbeddingError, match=says) as caught:
        remote.embed_passages(["one"])
    assert caught.value.retryable


@pytest.mark.parametrize("body", [{}, {"data": None}, [], "<html>Welcome</html>"])
def test_an_answer_of_another_kind(remote: Embedder, api: respx.Route, body: Any) -> None:
    if isinstance(body, str):
        api.respond(200, html=body)
    else:
        api.respond(200, json=body)
    with pytest.raises(EmbeddingError, match="OpenAI-compatible"):
        remote.embed_passages(["one"])
