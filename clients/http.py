"""The typed client of the HTTP service."""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError

from api.problems import Kind
from api.schemas import MAX_ARTICLES, ArticleOut, HealthOut, IngestOut, Problem
from api.version import SERVICE
from clients.answer_stream import ANSWER, CUT_OFF, read_answer_stream
from clients.client import Progress
from clients.errors import ClientError, CutOffError, NotDatelineError, ServerError, UnreachableError
from qa.conversations.records import Conversation, ConversationPage, ConversationSummary, FeedbackPage
from qa.errors import (
    AnswerNotFoundError,
    BadFiltersError,
    BadQuestionError,
    ConversationFullError,
    ConversationNotFoundError,
    ModelNotConfiguredError,
)
from qa.events import Event
from qa.records import Answer, Request, Verdict
from qa.searching import Found
from vectorstore.errors import ArticleNotFoundError, BadCursorError
from vectorstore.identity import OncePerKey
from vectorstore.records import Counts, IngestResult, Page, Source

T = TypeVar("T")

CONNECT_S = 5.0
ASK_S = 120.0
INGEST_S = 600.0
REINDEX_S = 3600.0
HEALTH_S = 5.0

BATCH_CHARACTERS = 2_000_000
"""An ingest request holds about this much text: enough to be worth the trip, little enough to show progress."""

_LONGEST_ID = 120
_LONGEST_CURSOR = 120
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_TYPED = {
    Kind.BAD_QUESTION: BadQuestionError,
    Kind.NO_MODEL: ModelNotConfiguredError,
    Kind.ARTICLE_NOT_FOUND: ArticleNotFoundError,
    Kind.BAD_FILTERS: BadFiltersError,
    Kind.CONVERSATION_NOT_FOUND: ConversationNotFoundError,
    Kind.CONVERSATION_FULL: ConversationFullError,
    Kind.ANSWER_NOT_FOUND: AnswerNotFoundError,
}


class HttpClient:
    """A `Client` of the server at an address (http://host:port). Use it as a context manager, or close it.

    transport: httpx's seam, for tests.
    """

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self.url = url
        parts = urlsplit(url)
        self._http = httpx.Client(
            base_url=url,
            transport=transport,
            timeout=httpx.Timeout(ASK_S, connect=CONNECT_S),
            verify=parts.scheme == "https",  # loading the certificates costs more than a question to a local server
            trust_env=parts.hostname not in _LOOPBACK,  # a proxy has no business with this machine's own server
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def health(self) -> HealthOut:
        """Who is there. Raises UnreachableError or NotDatelineError."""
        health = self._call("GET", "/healthz", TypeAdapter(HealthOut), read_s=HEALTH_S)
        if health.service != SERVICE:
            raise NotDatelineError(_not_dateline(self.url))
        return health

    def ask(self, request: Request) -> Answer:
        """Answer a question, or say that the articles don't."""
        return self._call("POST", "/ask", ANSWER, body=_question(request))

    def stream_ask(self, request: Request) -> Generator[Event, None, None]:
        """Answer a question as `ask` does, and tell of it on the way; the last event is the answer.

        Raises as `ask` does, CutOffError where the stream ends before the answer is whole too. Closing it closes the
        connection, and the server gives the question up.
        """
        sent = self._http.build_request(
            "POST",
            "/ask",
            content=_ascii_json(_question(request)),
            headers={"Content-Type": "application/json", "Accept": "text/event-stream"},
        )
        with closing(self._sent(sent, stream=True)) as response:
            try:
                if not response.is_success:
                    response.read()
                    raise self._error(response)
                if not response.headers.get("content-type", "").startswith("text/event-stream"):
                    raise NotDatelineError(_not_dateline(self.url))
                yield from read_answer_stream(response.iter_bytes(), self._error_of)
            except httpx.HTTPError:
                raise CutOffError(CUT_OFF) from None
            except ValueError:
                raise NotDatelineError(_not_dateline(self.url)) from None

    def search(self, request: Request, limit: int) -> Found:
        """The passages that bear on a question, best first. limit: 1 to 100."""
        body = _question(request)
        del body["mode"], body["explain"], body["asker"]
        return self._call("POST", "/search", TypeAdapter(Found), body=body | {"limit": limit})

    def start_conversation(self, title: str | None = None) -> ConversationSummary:
        """Begin a conversation."""
        return self._call("POST", "/conversations", TypeAdapter(ConversationSummary), body={"title": title})

    def conversations(self, *, limit: int, cursor: str | None = None) -> ConversationPage:
        """A page of the conversations, the last used first. Raises BadCursorError."""
        return self._call("GET", "/conversations", TypeAdapter(ConversationPage), params=_page_of(limit, cursor))

    def conversation(self, conversation_id: str) -> Conversation:
        """A conversation with its turns. Raises ConversationNotFoundError."""
        path = f"/conversations/{quote(conversation_id, safe='')}"
        return self._call("GET", path, TypeAdapter(Conversation))

    def feedback(self, *, limit: int, cursor: str | None = None, verdict: Verdict | None = None) -> FeedbackPage:
        """A page of what people think of answers, the last given first. Raises BadCursorError."""
        params = _page_of(limit, cursor) | ({} if verdict is None else {"verdict": verdict})
        return self._call("GET", "/feedback", TypeAdapter(FeedbackPage), params=params)

    def ingest(self, sources: Iterable[Source], progress: Progress) -> None:
        """Take articles in, in batches; `progress` is told what became of each, in order."""
        for batch in _batches(_checked(sources)):
            for result in self._send(batch):
                progress(result)

    def articles(self, *, limit: int, cursor: str | None = None) -> Page:
        """A page of the articles. Raises BadCursorError."""
        return self._call("GET", "/articles", TypeAdapter(Page), params=_page_of(limit, cursor))

    def article(self, article_id: str, revision: int | None = None) -> ArticleOut:
        """An article with its text."""
        params = {} if revision is None else {"revision": str(revision)}
        return self._call("GET", _article_path(article_id), TypeAdapter(ArticleOut), params=params)

    def delete(self, article_id: str) -> None:
        """Delete an article in all its revisions."""
        self._respond("DELETE", _article_path(article_id))

    def reindex(self) -> Counts:
        """Build the indexes anew."""
        return self._call("POST", "/reindex", TypeAdapter(Counts), read_s=REINDEX_S)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _send(self, batch: list[Source]) -> Iterator[IngestResult]:
        """The results of one request. What is refused as a whole is sent again one by one, to find the bad one."""
        articles = [asdict(source.article) | {"name": source.name} for source in batch if source.article is not None]
        try:
            accepted = iter(self._take(articles) if articles else ())
        except ServerError as error:
            if error.status not in {413, 422}:
                raise
            if len(batch) == 1:
                yield IngestResult(batch[0].name, "failed", reason=str(error))
                return
            for source in batch:
                yield from self._send([source])
            return
        for source in batch:
            if source.article is None:
                yield IngestResult(source.name, "failed", reason=source.reason)
            else:
                yield next(accepted)

    def _take(self, articles: list[dict[str, Any]]) -> list[IngestResult]:
        body = {"articles": articles}
        results = self._call("POST", "/articles", TypeAdapter(IngestOut), body=body, read_s=INGEST_S).results
        if len(results) != len(articles):
            raise NotDatelineError(_not_dateline(self.url))
        return results

    def _call(
        self,
        method: str,
        path: str,
        shape: TypeAdapter[T],
        *,
        body: object = None,
        params: Mapping[str, str] | None = None,
        read_s: float = ASK_S,
    ) -> T:
        response = self._respond(method, path, body=body, params=params, read_s=read_s)
        try:
            return shape.validate_json(response.content)
        except ValidationError:
            raise NotDatelineError(_not_dateline(self.url)) from None

    def _respond(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        params: Mapping[str, str] | None = None,
        read_s: float = ASK_S,
    ) -> httpx.Response:
        content = None if body is None else _ascii_json(body)
        sent = self._http.build_request(
            method,
            path,
            params=params,
            content=content,
            headers={"Content-Type": "application/json"} if content is not None else None,
            timeout=httpx.Timeout(read_s, connect=CONNECT_S),
        )
        response = self._sent(sent)
        if not response.is_success:
            raise self._error(response)
        return response

    def _sent(self, request: httpx.Request, *, stream: bool = False) -> httpx.Response:
        try:
            return self._http.send(request, stream=stream)
        except httpx.TimeoutException:
            raise UnreachableError(f"The server at {self.url} did not answer in time. Is it busy? Try again.") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise UnreachableError(
                f"No server answers at {self.url}. Start one with `qa serve`, or set QA_SERVER to where it is."
            ) from None

    def _error(self, response: httpx.Response) -> Exception:
        try:
            problem = Problem.model_validate_json(response.content)
        except ValidationError:
            return NotDatelineError(_not_dateline(self.url))
        error = self._error_of(problem)
        if response.status_code == 404 and isinstance(error, ServerError):
            return NotDatelineError(
                f"The server at {self.url} has nothing at {response.url.path}. Set QA_SERVER to its address alone, or "
                "with the prefix that a proxy puts before it."
            )
        return error

    def _error_of(self, problem: Problem) -> Exception:
        """The error that a problem stands for: the same one that the engine raises in this process."""
        typed = next((error for kind, error in _TYPED.items() if kind == problem.type), None)
        if typed is not None:
            return typed(problem.detail)
        return ServerError(problem.detail, status=problem.status, retryable=problem.retryable)


def prove(url: str, token: str) -> bool:
    """Whether the server at an address is the process that wrote a data folder's owner note."""
    with HttpClient(url) as client:
        try:
            return client.health().instance == token
        except ClientError:
            return False


def _checked(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources, each that can't be taken in as its reason: the server sees no more than a batch at a time."""
    once = OncePerKey()
    for source in sources:
        reason = None if source.article is None else once.refusal(source.article, source.name)
        yield source if reason is None else Source(source.name, reason=reason)


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    characters = 0
    for source in sources:
        size = 0 if source.article is None else len(source.article.text)
        if batch and (characters + size > BATCH_CHARACTERS or len(batch) == MAX_ARTICLES):
            yield batch
            batch, characters = [], 0
        batch.append(source)
        characters += size
    if batch:
        yield batch


def _page_of(limit: int, cursor: str | None) -> dict[str, str]:
    """The query of a listing. Raises BadCursorError for what no server can have given."""
    if cursor is not None and len(cursor) > _LONGEST_CURSOR:
        raise BadCursorError(f"There is no page {cursor[:40]!r}. Begin again without a cursor.")
    return {"limit": str(limit)} | ({} if cursor is None else {"cursor": cursor})


def _question(request: Request) -> dict[str, Any]:
    """The body of POST /ask."""
    limits = request.filters
    days = {"since": limits.since, "until": limits.until, "as_of": limits.as_of}
    filters = {name: day.isoformat() for name, day in days.items() if day} | {"sources": limits.sources}
    return {
        "question": request.question,
        "filters": filters,
        "mode": request.mode,
        "explain": request.explain,
        "conversation_id": request.conversation_id,
        "asker": request.asker,
    }


def _ascii_json(body: object) -> bytes:
    """Escaped to ASCII, so that what is not text reaches the server, which says so, instead of failing here."""
    return json.dumps(body).encode("ascii")


def _article_path(article_id: str) -> str:
    # These would make another address, or none.
    if "/" in article_id or article_id in {"", ".", ".."} or len(article_id) > _LONGEST_ID:
        raise ArticleNotFoundError(
            f"There is no article {article_id[:_LONGEST_ID]!r}. The list of articles has their ids."
        )
    return f"/articles/{quote(article_id, safe='')}"


def _not_dateline(url: str) -> str:
    return f"What answers at {url} is no Dateline server of this version. Set QA_SERVER to where one is."
