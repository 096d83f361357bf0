"""The HTTP client gives the same records and errors as the engine in this process."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest

from clients.errors import NotDatelineError, ServerError, UnreachableError
from clients.http import HttpClient, prove
from qa.errors import BadQuestionError, ModelNotConfiguredError
from qa.records import Request
from tests.api.fakes import ERASED, TEXT, FakeEngine, answer, no_answer, stored
from vectorstore.errors import ArticleNotFoundError, BadCursorError, DiskFullError, StorageError
from vectorstore.records import Article, Counts, Filters, IngestResult, Source


def test_the_answer_is_the_same_record(http: HttpClient, engine: FakeEngine) -> None:
    engine.replies = [answer(), no_answer()]
    filters = Filters(date(2021, 8, 1), date(2021, 8, 31), date(2021, 8, 20), ("The National",))
    assert http.ask(Request("how many", filters, "extractive")) == answer()
    assert http.ask(Request("how many")) == no_answer()
    assert engine.asked == [Request("how many", filters, "extractive"), Request("how many")]


@pytest.mark.parametrize("question", ["", "x" * 2001, "a\0b"])
def test_a_bad_question_is_the_same_error(http: HttpClient, question: str) -> None:
    with pytest.raises(BadQuestionError):
        http.ask(Request(question))


def test_a_question_that_is_not_text_is_refused_by_the_server(http: HttpClient, engine: FakeEngine) -> None:
    engine.replies = [BadQuestionError("half of a surrogate pair")]
    with pytest.raises(BadQuestionError):
        http.ask(Request("\ud800"))


def test_errors_have_their_type(http: HttpClient, engine: FakeEngine) -> None:
    engine.replies = [ModelNotConfiguredError("No model is set."), StorageError("disk full"), ValueError("s3cret")]
    with pytest.raises(ModelNotConfiguredError, match="No model is set"):
        http.ask(Request("x"))
    with pytest.raises(ServerError) as caught:
        http.ask(Request("x"))
    assert caught.value.retryable
    with pytest.raises(ServerError) as caught:
        http.ask(Request("x"))
    assert not caught.value.retryable
    with pytest.raises(ArticleNotFoundError):
        http.article("nope")


def test_articles(http: HttpClient, engine: FakeEngine) -> None:
    page = http.articles(limit=10)
    assert page == engine.store.articles(limit=10)
    assert http.article("airlift-1f0a9c3d").text == TEXT
    http.delete("airlift-1f0a9c3d")
    assert http.articles(limit=10).total == 0
    engine.store.held = {"a": stored(id="a")}
    reached: list[tuple[int, int]] = []
    assert http.reindex(lambda done, total: reached.append((done, total))) == Counts(1, 2)
    assert reached[-1] == (2, 2)


def test_an_article_is_deleted_with_proof(http: HttpClient) -> None:
    assert http.erase("airlift-1f0a9c3d") == ERASED
    with pytest.raises(ArticleNotFoundError):
        http.erase("airlift-1f0a9c3d")


def test_a_full_disk_is_told_in_the_servers_words(http: HttpClient, engine: FakeEngine) -> None:
    engine.store.failure = DiskFullError("The disk is full: /a/path.")
    with pytest.raises(ServerError, match="Free some space there, then send this again") as caught:
        http.ingest([Source("a", Article("a", "Words."))], lambda _: None)
    assert (caught.value.status, caught.value.retryable) == (507, False)


def test_a_backup_comes_whole_or_not_at_all(http: HttpClient, engine: FakeEngine, tmp_path: Path) -> None:
    http.download_backup(tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == engine.store.upkeep.library
    engine.store.upkeep.failure = DiskFullError("No room.")
    with pytest.raises(ServerError, match="Free some space"):
        http.download_backup(tmp_path / "copy")


def test_the_doctor(http: HttpClient, engine: FakeEngine) -> None:
    assert http.examine(repair=True) == engine.store.upkeep.diagnosis
    assert engine.store.upkeep.asked == [True]


def test_what_is_too_long_for_an_address_is_told(http: HttpClient) -> None:
    with pytest.raises(ArticleNotFoundError, match="There is no article 'aaa"):
        http.article("a" * 70_000)
    with pytest.raises(BadCursorError, match="There is no page 'aaa"):
        http.articles(limit=1, cursor="a" * 70_000)


@pytest.mark.parametrize("article_id", ["a b%?#", "a/b", "", "..", "é"])
def test_ids_are_quoted(http: HttpClient, article_id: str) -> None:
    with pytest.raises(ArticleNotFoundError) as caught:
        http.article(article_id)
    assert repr(article_id) in str(caught.value)


def test_results_come_in_the_order_of_the_sources(http: HttpClient, engine: FakeEngine) -> None:
    sources = [
        Source("1.txt", Article("1", "one")),
        Source("2.bin", reason="it is binary"),
        Source("3.txt", Article("3", "three", title="T")),
    ]
    results: list[IngestResult] = []
    http.ingest(sources, results.append)
    assert [(r.name, r.outcome, r.reason) for r in results] == [
        ("1.txt", "added", None),
        ("2.bin", "failed", "it is binary"),
        ("3.txt", "added", None),
    ]
    assert engine.store.ingested == [sources[0], sources[2]]


def test_batches_are_bounded(http: HttpClient, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.http.BATCH_CHARACTERS", 100)
    sizes: list[int] = []
    take = engine.store.ingest

    def recorded(sources: list[Source]) -> tuple[IngestResult, ...]:
        sizes.append(len(sources))
        return take(sources)

    monkeypatch.setattr(engine.store, "ingest", recorded)
    results: list[IngestResult] = []
    http.ingest((Source(f"{n}", Article(f"{n}", "x" * 40)) for n in range(5)), results.append)
    assert sizes == [2, 2, 1]
    assert [result.name for result in results] == ["0", "1", "2", "3", "4"]


def test_one_article_of_a_key_is_taken_whichever_batch_the_other_is_in(
    http: HttpClient, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clients.http.MAX_ARTICLES", 1)
    results: list[IngestResult] = []
    http.ingest([Source(name, Article("same", name)) for name in ("line 1", "line 2")], results.append)
    assert [(result.name, result.outcome) for result in results] == [("line 1", "added"), ("line 2", "failed")]
    assert "the same id as line 1" in (results[1].reason or "")
    assert len(engine.store.ingested) == 1


def test_one_article_that_is_refused_keeps_no_other_out(http: HttpClient) -> None:
    sources = [Source("good", Article("good", "text")), Source("bad", Article("bad", "half \ud800"))]
    results: list[IngestResult] = []
    http.ingest(sources, results.append)
    assert [(result.name, result.outcome) for result in results] == [("good", "added"), ("bad", "failed")]
    assert results[1].reason is not None
    assert "surrogate" in results[1].reason


def _answering(reply: Callable[[httpx.Request], httpx.Response]) -> HttpClient:
    return HttpClient("http://elsewhere", transport=httpx.MockTransport(reply))


@pytest.mark.parametrize(
    "reply",
    [
        httpx.Response(200, text="<html>hello</html>"),
        httpx.Response(200, json={"status": "ok"}),
        httpx.Response(200, json={"status": "ok", "service": "other", "version": "1", "instance": None}),
        httpx.Response(404, text="Not Found"),
        httpx.Response(302, headers={"Location": "http://elsewhere/login"}),
        httpx.Response(500, json={"detail": "x"}),
    ],
)
def test_something_else_answers(reply: httpx.Response) -> None:
    with _answering(lambda _: reply) as client, pytest.raises(NotDatelineError, match="elsewhere"):
        client.health()


def test_an_address_with_a_path_that_the_server_does_not_have() -> None:
    problem = {"type": "about:blank", "title": "No such resource", "status": 404, "detail": "There is nothing."}
    reply = httpx.Response(404, json=problem)
    with _answering(lambda _: reply) as client, pytest.raises(NotDatelineError, match="QA_SERVER"):
        client.articles(limit=1)


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.ReadError("cut")])
def test_nothing_answers(error: Exception) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    with _answering(fail) as client, pytest.raises(UnreachableError, match="http://elsewhere"):
        client.ask(Request("x"))


def test_a_port_that_nobody_serves_proves_nothing() -> None:
    assert not prove("http://127.0.0.1:9", "token")
