"""/conversations, /search and feedback, over the real engine."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from api.app import create_app
from qa.conversations.removal import NOTE
from qa.engine import Engine
from qa.language.similarity import Similarity
from vectorstore.embedder import Embedder
from vectorstore.embedding import open_embedding
from vectorstore.records import Article, Source
from vectorstore.store import Store

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parents[1] / "answer.schema.json").read_text("utf-8")))
HOW_MANY = "How many people were evacuated from Kabul?"
AIRLIFT = Article(
    key="id:a1",
    title="The airlift ends",
    source="The Example",
    published_at="2021-08-29",
    text="The last flight has left Kabul. In Operation Pitting, 15,000 people were evacuated from Kabul.",
)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return open_embedding("wordllama", None, None, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def asked(folder: Path, embedder: Embedder) -> Iterator[TestClient]:
    store = Store.open(folder, embedder)
    store.ingest([Source("airlift", AIRLIFT)])
    engine = Engine(store, Similarity(embedder))
    with TestClient(create_app(engine), raise_server_exceptions=False) as client:
        yield client
    engine.close()


def test_a_conversation_from_its_start_to_its_end(asked: TestClient) -> None:
    began = asked.post("/conversations")
    assert began.status_code == 201
    name = began.json()["id"]
    answer = asked.post("/ask", json={"question": HOW_MANY, "conversation_id": name, "asker": "ada"}).json()
    SCHEMA.validate(answer)
    assert (answer["conversation_id"], answer["turn"], answer["short_answer"]) == (name, 1, "15,000 people")
    (turn,) = asked.get(f"/conversations/{name}").json()["turns"]
    assert turn["answer"] == answer
    assert (turn["number"], turn["question"], turn["asker"]) == (1, HOW_MANY, "ada")
    (listed,) = asked.get("/conversations").json()["items"]
    assert (listed["title"], listed["turns"]) == (HOW_MANY, 1)
    assert asked.patch(f"/conversations/{name}", json={"title": "Kabul"}).json()["title"] == "Kabul"
    exported = asked.get(f"/conversations/{name}/export")
    assert exported.headers["content-type"] == "text/markdown; charset=utf-8"
    assert exported.text.startswith("# Kabul\n\n## 1. How many people were evacuated from Kabul?")
    assert asked.delete(f"/conversations/{name}").status_code == 204
    assert asked.get("/conversations").json()["total"] == 0


def test_a_turn_is_taken_back(asked: TestClient) -> None:
    name = asked.post("/conversations").json()["id"]
    answer = asked.post("/ask", json={"question": HOW_MANY, "conversation_id": name}).json()
    asked.post(f"/answers/{answer['id']}/feedback", json={"verdict": "down"})
    assert asked.delete(f"/conversations/{name}/turns/{answer['id']}").status_code == 204
    assert asked.get(f"/conversations/{name}").json()["turns"] == []
    assert asked.get("/feedback").json()["total"] == 0
    again = asked.delete(f"/conversations/{name}/turns/{answer['id']}")
    assert (again.status_code, again.json()["title"]) == (404, "No such answer")
    assert asked.delete("/conversations/nope/turns/x").json()["title"] == "No such conversation"


def test_the_streamed_answer_of_a_turn_is_the_one_that_is_kept(asked: TestClient) -> None:
    name = asked.post("/conversations", json={"title": "Kabul"}).json()["id"]
    streamed = asked.post(
        "/ask", json={"question": HOW_MANY, "conversation_id": name}, headers={"Accept": "text/event-stream"}
    )
    last = streamed.text.split("event: answer\ndata: ")[1].split("\n")[0]
    assert json.loads(last) == asked.get(f"/conversations/{name}").json()["turns"][0]["answer"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/conversations/gone", None),
        ("DELETE", "/conversations/gone", None),
        ("GET", "/conversations/gone/export", None),
        ("PATCH", "/conversations/gone", {"title": "x"}),
        ("POST", "/ask", {"question": HOW_MANY, "conversation_id": "gone"}),
        ("POST", "/search", {"question": HOW_MANY, "conversation_id": "gone"}),
    ],
)
def test_a_conversation_that_is_not_there(asked: TestClient, method: str, path: str, body: object) -> None:
    response = asked.request(method, path, json=body)
    assert response.status_code == 404
    assert response.json()["type"] == "urn:dateline:problem:conversation-not-found"


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/conversations", {"title": 3}, "title"),
        ("/conversations", {"name": "x"}, "name"),
        ("/search", {"question": HOW_MANY, "limit": 0}, "limit"),
        ("/search", {"question": HOW_MANY, "limit": "10"}, "limit"),
        ("/search", {"question": HOW_MANY, "limit": True}, "limit"),
        ("/answers/x/feedback", {"verdict": "good"}, "verdict"),
        ("/answers/x/feedback", {"verdict": "up", "comment": "x" * 2001}, "comment"),
        ("/ask", {"question": HOW_MANY, "asker": "x" * 201}, "asker"),
    ],
)
def test_what_is_wrong_is_named(asked: TestClient, path: str, body: object, field: str) -> None:
    response = asked.post(path, json=body)
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == field


def test_a_full_conversation(asked: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.conversations.archive.MAX_TURNS", 1)
    name = asked.post("/conversations").json()["id"]
    ask = {"question": HOW_MANY, "conversation_id": name}
    assert asked.post("/ask", json=ask).status_code == 200
    response = asked.post("/ask", json=ask)
    assert (response.status_code, response.json()["type"]) == (409, "urn:dateline:problem:conversation-full")


def test_the_citation_of_a_deleted_article_says_so_and_its_words_are_gone(asked: TestClient, folder: Path) -> None:
    name = asked.post("/conversations").json()["id"]
    asked.post("/ask", json={"question": HOW_MANY, "conversation_id": name})
    assert asked.delete("/articles/a1").status_code == 204
    kept = asked.get(f"/conversations/{name}").json()["turns"][0]["answer"]
    SCHEMA.validate(kept)
    (citation,) = kept["citations"]
    assert (citation["gone"], citation["quote"], citation["title"]) == (True, "(deleted)", None)
    assert (kept["text"], kept["short_answer"]) == (f"{NOTE} [1]", None)
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert not [path for path in files if b"The airlift ends" in path.read_bytes()]


def test_an_article_that_changed_is_cited_as_it_was_by_a_question_of_then(asked: TestClient) -> None:
    name = asked.post("/conversations").json()["id"]
    then = datetime.now(UTC).isoformat()
    first = asked.post("/ask", json={"question": HOW_MANY, "conversation_id": name}).json()["citations"]
    corrected = {"id": "a1", "text": AIRLIFT.text.replace("15,000", "14,500"), "published_at": "2021-08-29"}
    assert asked.post("/articles", json={"articles": [corrected]}).json()["results"][0]["outcome"] == "updated"
    (kept,) = asked.get(f"/conversations/{name}").json()["turns"][0]["answer"]["citations"]
    assert (kept["standing"], {**kept, "standing": "intact"}) == ("changed", first[0])
    old = asked.get("/articles/a1", params={"revision": 1}).json()
    assert (old["current"], old["text"]) == (False, AIRLIFT.text)
    for body, quoted in (({}, "14,500"), ({"filters": {"as_of": then}}, "15,000")):
        (told,) = asked.post("/ask", json={"question": HOW_MANY, **body}).json()["citations"]
        assert quoted in told["quote"]
        (found,) = asked.post("/search", json={"question": HOW_MANY, **body}).json()["passages"]
        assert quoted in found["text"]


def test_an_article_is_deleted_with_proof(asked: TestClient, folder: Path) -> None:
    other = {"id": "b2", "text": "A ferry sank off Porto Lume, and its crew swam ashore."}
    asked.post("/articles", json={"articles": [other]})
    erased = asked.delete("/articles/b2", params={"verify": True})
    assert erased.status_code == 200
    assert (erased.json()["left"], erased.json()["conversations"]) == ([], [])
    name = asked.post("/conversations").json()["id"]
    quoting = f"Is it true that {AIRLIFT.text}?"
    for question in (HOW_MANY, quoting):
        asked.post("/ask", json={"question": question, "conversation_id": name})
    erased = asked.delete("/articles/a1", params={"verify": True})
    assert erased.json()["conversations"] == [name]
    assert [one["file"] for one in erased.json()["left"]] == ["library.db"]  # the question stays as it was asked
    quoted = asked.get(f"/conversations/{name}").json()["turns"][1]["answer"]["id"]
    asked.delete(f"/conversations/{name}/turns/{quoted}")
    assert not [path for path in folder.rglob("*") if path.is_file() and b"Operation Pitting" in path.read_bytes()]
    assert asked.delete("/articles/a1", params={"verify": True}).status_code == 404
    assert asked.delete("/articles/a1", params={"verify": "perhaps"}).status_code == 422


def test_passages_without_an_answer(asked: TestClient) -> None:
    found = asked.post("/search", json={"question": HOW_MANY, "limit": 3}).json()
    (passage,) = found["passages"]
    article = asked.get(f"/articles/{passage['article_id']}").json()
    assert passage["text"] == article["text"][passage["start"] : passage["end"]]
    assert found["question"] == HOW_MANY
    assert found["searched"] == {"articles": 1, "passages": 1}


def test_a_slip_in_the_filters_is_said(asked: TestClient) -> None:
    for path in ("/ask", "/search"):
        response = asked.post(path, json={"question": HOW_MANY, "filters": {"sources": ["Nobody"]}})
        assert response.status_code == 422
        assert response.json()["detail"] == "No article is of the source 'Nobody'. The sources are: The Example."
        days = {"since": "2021-09-01", "until": "2021-08-01"}
        assert asked.post(path, json={"question": HOW_MANY, "filters": days}).status_code == 422


def test_an_article_is_found_by_the_id_that_it_came_with(asked: TestClient) -> None:
    theirs, ours = asked.get("/articles/a1").json(), asked.get("/articles").json()["items"][0]
    assert theirs["id"] == ours["id"]


def test_articles_are_taken_by_the_names_that_files_use(asked: TestClient) -> None:
    article = {"_id": "b2", "headline": "Ferry", "body": "A ferry sank.", "publisher": "Post", "date": "2021-09-01"}
    (result,) = asked.post("/articles", json={"articles": [article]}).json()["results"]
    assert result["outcome"] == "added"
    read = asked.get("/articles/b2").json()
    assert (read["title"], read["text"], read["source"]) == ("Ferry", "A ferry sank.", "Post")
    bare = asked.post("/articles", json={"articles": [{"text": "No name."}]})
    assert bare.status_code == 422
    assert "needs a key, an id or a url" in bare.json()["detail"]


def test_feedback(asked: TestClient) -> None:
    answer = asked.post("/ask", json={"question": HOW_MANY}).json()
    path = f"/answers/{answer['id']}/feedback"
    given = asked.post(path, json={"verdict": "down", "comment": "old figure", "asker": "ada"}).json()
    assert (given["verdict"], given["question"]) == ("down", HOW_MANY)
    page = asked.get("/feedback", params={"verdict": "down"}).json()
    assert [(one["comment"], one["asker"]) for one in page["items"]] == [("old figure", "ada")]
    assert asked.get("/feedback", params={"verdict": "up"}).json()["total"] == 0
    unknown = asked.post("/answers/nobody/feedback", json={"verdict": "up"})
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:dateline:problem:answer-not-found")


def test_a_turn_carries_the_verdict_on_its_answer(asked: TestClient) -> None:
    name = asked.post("/conversations").json()["id"]
    answer = asked.post("/ask", json={"question": HOW_MANY, "conversation_id": name}).json()
    assert asked.get(f"/conversations/{name}").json()["turns"][0]["feedback"] is None
    asked.post(f"/answers/{answer['id']}/feedback", json={"verdict": "down", "comment": "old figure"})
    (turn,) = asked.get(f"/conversations/{name}").json()["turns"]
    assert turn["feedback"] == {"verdict": "down", "comment": "old figure"}


def test_tell_me_more_gives_what_was_not_shown_yet(asked: TestClient) -> None:
    name = asked.post("/conversations").json()["id"]
    first = asked.post("/ask", json={"question": HOW_MANY, "conversation_id": name}).json()
    more = asked.post("/ask", json={"question": "Tell me more", "conversation_id": name}).json()
    assert more["status"] == "answered"
    assert {one["quote"] for one in more["citations"]} == {"The last flight has left Kabul."}
    assert not {one["quote"] for one in more["citations"]} & {one["quote"] for one in first["citations"]}
    last = asked.post("/ask", json={"question": "Tell me more", "conversation_id": name}).json()
    assert (last["status"], last["reason"]) == ("no_answer", "weak_evidence")
