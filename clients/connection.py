"""The connection to a server: requests out, records or typed errors back, whatever it is that is called."""

import json
from collections.abc import Mapping
from typing import Self, TypeVar
from urllib.parse import urlsplit

import httpx
from pydantic import TypeAdapter, ValidationError

from api.problems import Kind
from api.schemas import Problem
from clients.errors import NotDatelineError, ServerError, UnreachableError
from qa.errors import (
    AnswerNotFoundError,
    BadFiltersError,
    BadQuestionError,
    ConversationFullError,
    ConversationNotFoundError,
    ModelNotConfiguredError,
)
from vectorstore.errors import ArticleNotFoundError, BadCursorError, JobNotFoundError, JobsFullError

T = TypeVar("T")

CONNECT_S = 5.0
ASK_S = 120.0

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
    Kind.JOB_NOT_FOUND: JobNotFoundError,
    Kind.JOBS_FULL: JobsFullError,
}


class HttpConnection:
    """What all calls of a server go through. Use it as a context manager, or close it.

    url: http://host:port. transport: httpx's seam, for tests.
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

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

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
        return self._parsed(self._respond(method, path, body=body, params=params, read_s=read_s), shape)

    def _parsed(self, response: httpx.Response, shape: TypeAdapter[T]) -> T:
        try:
            return shape.validate_json(response.content)
        except ValidationError:
            raise NotDatelineError(not_dateline(self.url)) from None

    def _respond(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        params: Mapping[str, str] | None = None,
        read_s: float = ASK_S,
    ) -> httpx.Response:
        content = None if body is None else ascii_json(body)
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
            return NotDatelineError(not_dateline(self.url))
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


def page_of(limit: int, cursor: str | None) -> dict[str, str]:
    """The query of a listing. Raises BadCursorError for what no server can have given."""
    if cursor is not None and len(cursor) > _LONGEST_CURSOR:
        raise BadCursorError(f"There is no page {cursor[:40]!r}. Begin again without a cursor.")
    return {"limit": str(limit)} | ({} if cursor is None else {"cursor": cursor})


def ascii_json(body: object) -> bytes:
    """Escaped to ASCII, so that what is not text reaches the server, which says so, instead of failing here."""
    return json.dumps(body).encode("ascii")


def not_dateline(url: str) -> str:
    """What to tell where something else answers."""
    return f"What answers at {url} is no Dateline server of this version. Set QA_SERVER to where one is."
