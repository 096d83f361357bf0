"""POST /articles with files, and POST /articles/import."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from api import taking
from api.app import create_app
from api.routes import uploads
from tests.api.fakes import FakeEngine
from tests.api.jobs import ended, results
from tests.vectorstore.fetching.sites import Reply, Site, serving
from tests.vectorstore.readers.pdfs import pdf
from tests.vectorstore.readers.test_web import PAGE


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.pages["/a"] = Reply(PAGE.format("Story a").encode())
        yield found


@pytest.fixture
def private(engine: FakeEngine) -> Iterator[TestClient]:
    app = create_app(engine.as_engine(), allow_private_fetch=True)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def titles(engine: FakeEngine) -> list[str | None]:
    return [source.article.title for source in engine.store.ingested if source.article]


def test_each_file_has_its_outcome(http: TestClient, engine: FakeEngine) -> None:
    files: list[tuple[str, tuple[str, bytes]]] = [
        ("file", ("a.txt", b"---\ntitle: From Markdown\n---\nWords.")),
        ("file", ("../../etc/b.exe", pdf([["The dam burst in the night."]], title="From PDF"))),
        ("other", ("c.html", PAGE.format("From HTML").encode())),
        ("file", ("dump.csv", b"story,id\nOne.,1\n,2\n")),
        ("file", ("d.zip", b"PK\x03\x04nothing")),
        ("file", ("", b"Words without a name.")),
    ]
    response = http.post("/articles", files=files, data={"map": "text=story"})
    assert response.status_code == 200
    results = response.json()["results"]
    assert [(result["name"], result["outcome"]) for result in results] == [
        ("a.txt", "added"),
        ("b.exe", "added"),
        ("c.html", "added"),
        ("dump.csv, row 2", "added"),
        ("dump.csv, row 3", "failed"),
        ("d.zip", "failed"),
    ]
    assert "zip archive" in results[-1]["reason"]
    assert titles(engine)[:3] == ["From Markdown", "From PDF", "From HTML"]


def test_json_is_taken_at_the_same_address(http: TestClient) -> None:
    assert http.post("/articles", json={"articles": [{"key": "k", "text": "Words."}]}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "detail"), [({"map": "text=a"}, "No file was sent"), ({"map": "words=a"}, "maps no field")]
)
def test_a_form_that_is_no_upload(http: TestClient, fields: dict[str, str], detail: str) -> None:
    boundary = {"Content-Type": "multipart/form-data; boundary=b"}
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items())
    response = http.post("/articles", content=f"{body}--b--\r\n", headers=boundary)
    assert response.status_code == 422
    assert detail in response.json()["detail"]
    assert response.json()["type"].endswith(":unreadable")


@pytest.mark.parametrize("content", [b"", b"no form"])
def test_a_form_that_is_broken(http: TestClient, content: bytes) -> None:
    response = http.post("/articles", content=content, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == "application/problem+json"
    assert http.post("/articles", content=b"x", headers={"Content-Type": "multipart/form-data"}).status_code == 400


def test_too_many_files(http: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    response = http.post("/articles", files=[("file", (f"{n}.txt", b"Words.")) for n in range(3)])
    assert response.status_code == 400


def test_an_import(private: TestClient, engine: FakeEngine, site: Site) -> None:
    items = f"<item><link>{site.url}/a</link></item><item><link>{site.url}/gone</link></item>"
    site.pages["/feed"] = Reply(f"<rss><channel>{items}</channel></rss>".encode())
    response = private.post("/articles/import", json={"url": f"{site.url}/feed"})
    assert response.status_code == 202
    job = ended(private, response)
    assert (job["kind"], job["about"], job["done"], job["share"]) == ("import", f"{site.url}/feed", 2, 1.0)
    assert [outcome for _, outcome in results(private, job)] == ["added", "failed"]
    assert titles(engine) == ["Story a"]


def test_an_import_of_a_page_waits_for_it(private: TestClient, engine: FakeEngine, site: Site) -> None:
    response = private.post("/articles/import", json={"url": f"{site.url}/a"})
    assert response.status_code == 200
    assert [result["outcome"] for result in response.json()["results"]] == ["added"]


def test_a_dump_of_many_articles_is_a_job(http: TestClient, engine: FakeEngine) -> None:
    dump = "".join(f'{{"id": "{n}", "text": "Storm {n}."}}\n' for n in range(30)).encode()
    response = http.post("/articles", files=[("file", ("dump.jsonl", dump)), ("file", ("b.txt", b"Words."))])
    assert response.status_code == 202
    job = ended(http, response)
    assert (job["about"], job["done"], job["total"], job["share"]) == ("dump.jsonl and 1 more", 31, 31, 1.0)
    told = results(http, job)
    assert (told[0], told[-1]) == (("dump.jsonl, line 1", "added"), ("b.txt", "added"))
    few = http.post("/articles", files=[("file", ("dump.jsonl", dump[: dump.index(b"\n")]))])
    assert few.status_code == 200


def test_files_that_take_long_to_read_are_a_job(http: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "PATIENCE_S", 0.0)
    response = http.post("/articles", files=[("file", ("a.txt", b"Words.")), ("file", ("b.txt", b"Words."))])
    assert response.status_code == 202
    assert ended(http, response)["tally"]["added"] == 2


def test_a_file_may_be_known_again_by_its_name(http: TestClient, engine: FakeEngine) -> None:
    file = [("file", ("/tmp/a.txt", b"Words."))]
    assert http.post("/articles", files=file, data={"known_by": "name"}).status_code == 200
    assert http.post("/articles", files=file, data={"known_by": "content"}).status_code == 200
    keys = [source.article.key for source in engine.store.ingested if source.article]
    assert keys[0] == "name:a.txt"
    assert keys[1].startswith("content:")
    refused = http.post("/articles", files=file, data={"known_by": "hope"})
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:dateline:problem:unreadable")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("http://127.0.0.1:9/", "address-refused"),
        ("http://169.254.169.254/latest/meta-data", "address-refused"),
        ("file:///etc/passwd", "address-refused"),
    ],
)
def test_an_address_that_may_not_be_fetched(http: TestClient, url: str, kind: str) -> None:
    response = http.post("/articles/import", json={"url": url})
    assert response.status_code == 422
    assert response.json()["type"] == f"urn:dateline:problem:{kind}"


def test_what_a_site_answers_is_a_problem(private: TestClient, site: Site) -> None:
    site.pages |= {"/busy": Reply(b"", 503), "/no": Reply(b"<html><body></body></html>")}
    gone, busy, no = (
        private.post("/articles/import", json={"url": site.url + path}) for path in ("/x", "/busy", "/no")
    )
    assert (gone.status_code, gone.json()["retryable"]) == (502, False)
    assert (busy.status_code, busy.json()["retryable"]) == (503, True)
    assert (no.status_code, no.json()["type"]) == (422, "urn:dateline:problem:unreadable")
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /")
    refused = private.post("/articles/import", json={"url": f"{site.url}/a"})
    assert refused.json()["type"].endswith(":robots-refused")


def test_an_import_that_is_no_request(http: TestClient) -> None:
    for body in ({}, {"url": "http://a.example", "limit": 0}, {"url": "http://a.example", "depth": 2}):
        assert http.post("/articles/import", json=body).status_code == 422


def test_both_ways_are_described(http: TestClient) -> None:
    paths = http.get("/openapi.json").json()["paths"]
    assert set(paths["/articles"]["post"]["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
    assert "/articles/import" in paths


def test_imports_that_wait_keep_no_question_waiting(private: TestClient, engine: FakeEngine, site: Site) -> None:
    done = threading.Event()

    def waiting() -> Iterator[bytes]:
        done.wait(10)
        yield PAGE.format("Late").encode()

    site.pages["/slow"] = Reply(parts=waiting)
    with ThreadPoolExecutor(12) as pool:
        imports = [pool.submit(private.post, "/articles/import", json={"url": f"{site.url}/slow"}) for _ in range(12)]
        try:
            while "/slow" not in site.asked:
                time.sleep(0.01)
            assert private.get("/articles").status_code == 200
        finally:
            done.set()
        assert {each.result().status_code for each in imports} == {200}
