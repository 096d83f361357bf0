"""The typed client of the HTTP service."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Self, TypeVar
from urllib.parse import quote, urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError

from api.problems import Kind
from api.schemas import MAX_ARTICLES, ArticleOut, HealthOut, IngestOut, Problem
from api.version import SERVICE
from clients.client import Progress
from clients.errors import ClientError, NotDatelineError, ServerError, UnreachableError
from qa.errors import BadQuestionError, ModelNotConfiguredError
from qa.records import Answer, Request
from vectorstore.errors import ArticleNotFoundError
from vectorstore.records import Counts, IngestResult, Page, Source

T = TypeVar("T")

CONNECT_S = 5.0
ASK_S = 120.0
INGEST_S = 600.0
REINDEX_S = 3600.0
HEALTH_S = 5.0

BATCH_CHARACTERS = 2_000_000
"""An ingest request holds about this much text: enough to be worth the trip, little enough to show progress."""

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_TYPED = {
    Kind.BAD_QUESTION: BadQuestionError,
    Kind.NO_MODEL: ModelNotConfiguredError,
    Kind.ARTICLE_NOT_FOUND: ArticleNotFoundError,
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
        limits = request.filters
        days = {"since": limits.since, "until": limits.until, "as_of": limits.as_of}
        filters = {name: day.isoformat() for name, day in days.items() if day} | {"sources": limits.sources}
        body = {"question": request.question, "filters": filters, "mode": request.mode}
        return self._call("POST", "/ask", TypeAdapter(Answer), body=body)

    def ingest(self, sources: Iterable[Source], progress: Progress) -> None:
        """Take articles in, in batches; `progress` is told what became of each, in order."""
        for batch in _batches(sources):
            for result in self._send(batch):
                progress(result)

    def articles(self, *, limit: int, cursor: str | None = None) -> Page:
        """A page of the articles."""
        params = {"limit": str(limit)} | ({} if cursor is None else {"cursor": cursor})
        return self._call("GET", "/articles", TypeAdapter(Page), params=params)

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
        # Escaped to ASCII, so that what is not text reaches the server, which says so, instead of failing here.
        content = None if body is None else json.dumps(body).encode("ascii")
        try:
            response = self._http.request(
                method,
                path,
                params=params,
                content=content,
                headers={"Content-Type": "application/json"} if content is not None else None,
                timeout=httpx.Timeout(read_s, connect=CONNECT_S),
            )
        except httpx.TimeoutException:
            raise UnreachableError(f"The server at {self.url} did not answer in time. Is it busy? Try again.") from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise UnreachableError(
                f"No server answers at {self.url}. Start one with `qa serve`, or set QA_SERVER to where it is."
            ) from None
        if not response.is_success:
            raise self._error(response)
        return response

    def _error(self, response: httpx.Response) -> Exception:
        """The error that a problem stands for: the same one that the engine raises in this process."""
        try:
            problem = Problem.model_validate_json(response.content)
        except ValidationError:
            return NotDatelineError(_not_dateline(self.url))
        typed = next((error for kind, error in _TYPED.items() if kind == problem.type), None)
        if typed is not None:
            return typed(problem.detail)
        return ServerError(problem.detail, status=response.status_code, retryable=problem.retryable)


def prove(url: str, token: str) -> bool:
    """Whether the server at an address is the process that wrote a data folder's owner note."""
    with HttpClient(url) as client:
        try:
            return client.health().instance == token
        except ClientError:
            return False


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


def _article_path(article_id: str) -> str:
    if "/" in article_id or article_id in {"", ".", ".."}:  # these would make another address
        raise ArticleNotFoundError(f"There is no article {article_id!r}. `qa articles` lists those there are.")
    return f"/articles/{quote(article_id, safe='')}"


def _not_dateline(url: str) -> str:
    return f"What answers at {url} is no Dateline server of this version. Set QA_SERVER to where one is."
