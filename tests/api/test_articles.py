"""/articles and what is below it."""

import json

import pytest
from fastapi.testclient import TestClient

from tests.api.fakes import TEXT, FakeEngine, stored
from tests.api.jobs import ended
from vectorstore.errors import BadCursorError
from vectorstore.records import Article, Source


def test_pages(http: TestClient, engine: FakeEngine) -> None:
    engine.store.held = {name: stored(id=name) for name in "abc"}
    first = http.get("/articles", params={"limit": 2}).json()
    assert [item["id"] for item in first["items"]] == ["a", "b"]
    assert first["total"] == 3
    last = http.get("/articles", params={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in last["items"]] == ["c"]
    assert last["next_cursor"] is None
    assert "text" not in last["items"][0]


@pytest.mark.parametrize("params", [{"limit": "0"}, {"limit": "501"}, {"limit": "many"}])
def test_a_limit_out_of_bounds(http: TestClient, params: dict[str, str]) -> None:
    response = http.get("/articles", params=params)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "limit"


@pytest.mark.parametrize("path", ["/articles", "/articles/airlift-1f0a9c3d"])
def test_a_parameter_that_is_not_known_is_refused_by_name(http: TestClient, path: str) -> None:
    response = http.get(path, params={"ofset": "3"})
    assert response.status_code == 422
    assert response.json()["detail"] == "ofset: is not a parameter of this request"


def test_a_cursor_of_another_library(http: TestClient, engine: FakeEngine) -> None:
    engine.store.failure = BadCursorError("This cursor is not one of this listing.")
    response = http.get("/articles", params={"cursor": "x"})
    assert response.status_code == 422
    assert response.json()["detail"] == "This cursor is not one of this listing."


def test_an_article_with_its_text(http: TestClient) -> None:
    body = http.get("/articles/airlift-1f0a9c3d").json()
    assert body["text"] == TEXT
    assert body["revision"] == 1
    assert body["current"] is True
    assert "signature" not in body


@pytest.mark.parametrize("path", ["/articles/nope", "/articles/airlift-1f0a9c3d?revision=9", "/articles/%ff%00"])
def test_an_article_that_isnt_there(http: TestClient, path: str) -> None:
    response = http.get(path)
    assert response.status_code == 404
    assert response.json()["type"].endswith(":article-not-found")


def test_articles_are_taken_in(http: TestClient, engine: FakeEngine) -> None:
    article = {"key": "k", "text": "Words.", "title": "T", "published_at": "2021-08-13", "name": "file.md"}
    response = http.post("/articles", json={"articles": [article, {"key": "blank", "text": " "}]})
    assert response.status_code == 200
    assert [(r["name"], r["outcome"]) for r in response.json()["results"]] == [
        ("file.md", "added"),
        ("blank", "failed"),
    ]
    assert engine.store.ingested[0] == Source("file.md", Article("k", "Words.", "T", published_at="2021-08-13"))


def test_articles_have_a_larger_bound(http: TestClient) -> None:
    article = {"key": "k", "text": "x" * 2_000_000}
    assert http.post("/articles", json={"articles": [article]}).status_code == 200


@pytest.mark.parametrize("field", ["key", "text", "title", "name"])
def test_an_article_that_is_not_text_names_the_field(http: TestClient, field: str) -> None:
    article = {"key": "k", "text": "t", "title": "t", "name": "n"} | {field: "\ud800"}
    content = json.dumps({"articles": [article]})
    response = http.post("/articles", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.json()["detail"] == f"articles.0.{field}: is not text: it holds half of a surrogate pair"


def test_deleting(http: TestClient, engine: FakeEngine) -> None:
    response = http.delete("/articles/airlift-1f0a9c3d")
    assert (response.status_code, response.content) == (204, b"")
    assert engine.store.held == {}
    assert http.delete("/articles/airlift-1f0a9c3d").status_code == 404


def test_reindexing(http: TestClient) -> None:
    response = http.post("/articles/reindex")
    assert response.status_code == 202
    assert response.headers["location"] == f"/jobs/{response.json()['id']}"
    job = ended(http, response)
    assert (job["kind"], job["state"], job["done"], job["total"]) == ("reindex", "done", 2, 2)


def test_the_publishers(http: TestClient) -> None:
    assert http.get("/sources").json() == {"sources": ["The Example"]}
