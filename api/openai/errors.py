"""Errors as OpenAI's API gives them: a status and `{error: {message, type, param, code}}`. The words are ours."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.errors import HTTP_DETAILS, RETRY_AFTER_S, UNKNOWN, problem_of, reason_of
from api.problems import Kind
from qa.errors import QAError
from vectorstore.errors import VectorstoreError

_CODES = {403: "forbidden", 404: "not_found", 405: "method_not_allowed", 413: "request_too_large", 421: "wrong_host"}
_QUESTIONS = {"/chat/completions": "messages", "/responses": "input"}  # by the end of the path: where the question is


class OpenAIError(Exception):
    """A request that can't be answered. param: the field that is wrong, as OpenAI writes it: `messages[0].content`."""

    def __init__(self, message: str, *, param: str | None, code: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.status = status


def add_error_handlers(app: FastAPI) -> None:
    """Answer every error of this application in OpenAI's shape."""
    app.add_exception_handler(OpenAIError, _wrong)
    app.add_exception_handler(VectorstoreError, _known)
    app.add_exception_handler(QAError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unknown)


def refused(status: int, detail: str) -> Response:
    """What a middleware answers, which stands before these handlers."""
    return _respond(status, body_of(status, detail, code=_CODES.get(status)))


def body_of(status: int, message: str, *, param: str | None = None, code: str | None = None) -> dict[str, Any]:
    """The body of an error."""
    kind = "invalid_request_error" if status < 500 else "server_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def told(error: Exception, param: str | None = None) -> tuple[int, dict[str, Any], bool]:
    """Status and body of what the engine raised, and whether to try again. param: the field that the question is in."""
    problem = problem_of(error)
    status = 400 if problem.status == 422 else problem.status
    code = problem.type.rpartition(":")[2].replace("-", "_")
    about = param if problem.type == Kind.BAD_QUESTION else None
    return status, body_of(status, problem.detail, param=about, code=code), problem.retryable


async def _wrong(_: Request, error: Exception) -> Response:
    if not isinstance(error, OpenAIError):
        raise error
    return _respond(error.status, body_of(error.status, str(error), param=error.param, code=error.code))


async def _known(request: Request, error: Exception) -> Response:
    param = next((name for end, name in _QUESTIONS.items() if request.url.path.endswith(end)), None)
    status, body, retryable = told(error, param)
    return _respond(status, body, retryable=retryable)


async def _invalid(_: Request, error: Exception) -> Response:
    problem = error.errors()[0] if isinstance(error, RequestValidationError) else {"type": "", "loc": (), "msg": ""}
    param = None if problem["type"] == "json_invalid" else _param(problem["loc"][1:])
    reason = reason_of(problem)
    message = f"{param}: {reason}." if param else f"The body {reason}."
    return _respond(400, body_of(400, message, param=param, code=None))


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 405 and request.method == "OPTIONS":
        return Response(status_code=204, headers=error.headers)
    detail = HTTP_DETAILS.get(error.status_code, error.detail)
    body = body_of(error.status_code, detail, code=_CODES.get(error.status_code))
    return _respond(error.status_code, body, headers=error.headers)


async def _unknown(_: Request, __: Exception) -> Response:
    # The traceback is logged by the server: Starlette raises the error again after this, which ends the connection.
    return _respond(500, body_of(500, UNKNOWN.detail or "", code="internal"), headers={"Connection": "close"})


def _respond(
    status: int, body: dict[str, Any], *, headers: Mapping[str, str] | None = None, retryable: bool = False
) -> Response:
    hints = dict(headers or {})
    if status >= 500:
        # OpenAI's clients try every 5xx again, unless they are told.
        hints["x-should-retry"] = "true" if retryable else "false"
    if retryable:
        hints["Retry-After"] = str(RETRY_AFTER_S)
    return JSONResponse(body, status_code=status, headers=hints)


def _param(loc: Sequence[Any]) -> str | None:
    """Where in the body, as OpenAI writes it: `messages[0].content`."""
    path = ""
    for part in loc:
        if part == "str" or "[" in str(part):  # which of the types that a field may have: no part of the path
            break
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".")[:100].encode("utf-8", "replace").decode() or None
