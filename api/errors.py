"""Errors as HTTP gives them: a status and RFC 9457 problem+json, in this one place.

A known error's own words are shown only where we wrote all of them; the rest goes to the log.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.methods import allowed_methods
from api.problems import Kind
from api.schemas import FieldProblem, Problem
from qa.errors import (
    AnswerNotFoundError,
    BadFeedbackError,
    BadFiltersError,
    BadQuestionError,
    BadTitleError,
    BusyError,
    ConversationFullError,
    ConversationNotFoundError,
    ModelNotConfiguredError,
    QAError,
)
from vectorstore.errors import (
    AddressRefusedError,
    ArticleNotFoundError,
    BackupError,
    BadCursorError,
    DiskFullError,
    EmbeddingError,
    FetchError,
    JobNotFoundError,
    JobsFullError,
    PageTooLargeError,
    ReadError,
    RobotsRefusedError,
    StorageError,
    VectorstoreError,
)

log = logging.getLogger(__name__)

RETRY_AFTER_S = 5
DISK_FULL = (
    "There is no room to write on the data folder's disk. Questions are answered as before, and what was acknowledged "
    "is kept. Free some space there, then send this again: what of it is in already comes back as unchanged."
)
MAX_FIELDS = 20


class ProblemResponse(JSONResponse):
    """A problem, under its own media type."""

    media_type = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Rule:
    """How an error is answered. detail: instead of its own words, which may be another program's."""

    status: int
    kind: Kind
    title: str
    detail: str | None = None


RULES: dict[type[Exception], Rule] = {
    BadQuestionError: Rule(422, Kind.BAD_QUESTION, "The question can't be asked"),
    ModelNotConfiguredError: Rule(422, Kind.NO_MODEL, "No model is set"),
    BadFiltersError: Rule(422, Kind.BAD_FILTERS, "The filters let nothing through"),
    ConversationNotFoundError: Rule(404, Kind.CONVERSATION_NOT_FOUND, "No such conversation"),
    ConversationFullError: Rule(409, Kind.CONVERSATION_FULL, "The conversation is full"),
    BadTitleError: Rule(422, Kind.INVALID_REQUEST, "The request is not valid"),
    BadFeedbackError: Rule(422, Kind.INVALID_REQUEST, "The request is not valid"),
    AnswerNotFoundError: Rule(404, Kind.ANSWER_NOT_FOUND, "No such answer"),
    ArticleNotFoundError: Rule(404, Kind.ARTICLE_NOT_FOUND, "No such article"),
    JobNotFoundError: Rule(404, Kind.JOB_NOT_FOUND, "No such job"),
    JobsFullError: Rule(503, Kind.JOBS_FULL, "Too many jobs wait"),
    BadCursorError: Rule(422, Kind.INVALID_REQUEST, "The request is not valid"),
    AddressRefusedError: Rule(422, Kind.ADDRESS_REFUSED, "The address may not be fetched"),
    RobotsRefusedError: Rule(422, Kind.ROBOTS_REFUSED, "The site asks not to be fetched"),
    PageTooLargeError: Rule(422, Kind.PAGE_TOO_LARGE, "The page is too large"),
    FetchError: Rule(502, Kind.FETCH_FAILED, "The address can't be fetched"),
    ReadError: Rule(422, Kind.UNREADABLE, "It can't be read as an article"),
    BusyError: Rule(503, Kind.BUSY, "Too many requests wait"),
    EmbeddingError: Rule(
        502, Kind.EMBEDDING, "The embedding model failed", "The embedding model failed; the server's log says how."
    ),
    DiskFullError: Rule(507, Kind.DISK_FULL, "The disk is full", DISK_FULL),
    BackupError: Rule(
        500, Kind.INTERNAL, "No backup can be made", "The library can't be copied; the server's log says why."
    ),
    StorageError: Rule(
        503,
        Kind.STORAGE,
        "The data folder can't be used",
        "The data folder could not be read or written, and what was just to be written is not kept; "
        "the server's log says how.",
    ),
}
UNKNOWN = Rule(500, Kind.INTERNAL, "Internal error", "Something went wrong here; the server's log says what.")
INVALID = Rule(422, Kind.INVALID_REQUEST, "The request is not valid")
HTTP_TITLES = {
    400: "The request can't be read",
    404: "No such resource",
    405: "The resource has no such method",
    403: "The request comes from another site",
    413: "The body is too large",
    421: "Another host is meant",
}
HTTP_DETAILS = {
    400: "The body can't be read: it must be JSON in UTF-8, or a form with files.",
    404: "There is nothing at this address. /docs lists what there is.",
    405: "This address doesn't take this method. /docs lists what it takes.",
}


def add_error_handlers(app: FastAPI) -> None:
    """Answer every error of this application with a problem."""
    app.add_exception_handler(VectorstoreError, _known)
    app.add_exception_handler(QAError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unknown)


def refused(status: int, detail: str) -> Response:
    """What a middleware answers, which stands before these handlers."""
    return _respond(Rule(status, Kind.ABOUT_BLANK, HTTP_TITLES[status]), status=status, detail=detail)


def problem_of(error: Exception) -> Problem:
    """The problem that an error of the engine stands for. What it does not tell goes to the log."""
    rule = next((rule for kind, rule in RULES.items() if isinstance(error, kind)), UNKNOWN)
    retryable = isinstance(error, VectorstoreError | QAError) and error.retryable
    if rule.detail is not None:
        log.error("%s", rule.title, exc_info=error)
    status = 503 if retryable else rule.status
    words = str(error)
    if isinstance(error, ReadError):  # where it is listed, it stands after a file's name
        words = f"{words[:1].upper()}{words[1:]}."
    return _problem(rule, status=status, detail=rule.detail or words, retryable=retryable)


async def _known(_: Request, error: Exception) -> ProblemResponse:
    return _as_response(problem_of(error))


async def _invalid(_: Request, error: Exception) -> ProblemResponse:
    problems = error.errors() if isinstance(error, RequestValidationError) else ()
    fields = [FieldProblem(field=_field(problem), reason=reason_of(problem)) for problem in problems[:MAX_FIELDS]]
    about_question = bool(problems) and all(tuple(problem["loc"])[:2] == ("body", "question") for problem in problems)
    rule = RULES[BadQuestionError] if about_question else INVALID
    detail = "; ".join(f"{field.field}: {field.reason}" for field in fields)
    return _respond(rule, status=rule.status, detail=detail, fields=fields)


async def _http(request: Request, error: Exception) -> Response:
    status, words, headers = 500, UNKNOWN.title, None
    if isinstance(error, HTTPException):
        status, words, headers = error.status_code, error.detail, error.headers
    if status == 405:
        headers = {"Allow": allowed_methods(request)}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    rule = Rule(status, Kind.ABOUT_BLANK, HTTP_TITLES.get(status, words))
    return _respond(rule, status=status, detail=HTTP_DETAILS.get(status, words), headers=headers)


async def _unknown(_: Request, __: Exception) -> ProblemResponse:
    # The traceback is logged by the server: Starlette raises the error again after this answer.
    return _respond(UNKNOWN, status=UNKNOWN.status, detail=UNKNOWN.detail or "")


def _respond(
    rule: Rule,
    *,
    status: int,
    detail: str,
    fields: list[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    return _as_response(_problem(rule, status=status, detail=detail, fields=fields), headers)


def _problem(
    rule: Rule, *, status: int, detail: str, retryable: bool = False, fields: list[FieldProblem] | None = None
) -> Problem:
    return Problem(
        type=rule.kind, title=rule.title, status=status, detail=_encodable(detail), retryable=retryable, errors=fields
    )


def _as_response(problem: Problem, headers: Mapping[str, str] | None = None) -> ProblemResponse:
    hints = {"Retry-After": str(RETRY_AFTER_S)} if problem.retryable else {}
    return ProblemResponse(
        problem.model_dump(exclude_none=True), status_code=problem.status, headers={**hints, **(headers or {})}
    )


def _field(problem: Mapping[str, Any]) -> str:
    """Where in the request: "filters.since", or "the body" for all of it."""
    loc: Sequence[Any] = problem["loc"]
    if problem["type"] == "json_invalid" or len(loc) < 2:
        return "the body"
    return _encodable(".".join(str(part) for part in loc[1:]))[:100]


def reason_of(problem: Mapping[str, Any]) -> str:
    """Why, in words, and never what was sent."""
    match problem["type"]:
        case "missing" if len(problem["loc"]) < 2:
            return "a JSON object is missing"
        case "missing":
            return "is missing"
        case "extra_forbidden" if problem["loc"][0] == "query":
            return "is not a parameter of this request"
        case "extra_forbidden":
            return "is not a field of this request"
        case "json_invalid":
            return f"is not JSON: {problem['ctx']['error']}, at character {problem['loc'][-1]}"
        case "model_attributes_type" | "dict_type" if len(problem["loc"]) < 2:
            return "must be a JSON object, sent with Content-Type: application/json"
        case "string_unicode":
            return "is not text: it holds half of a surrogate pair"
        case _:
            message = str(problem["msg"]).removeprefix("Value error, ")
            return _encodable(message[:1].lower() + message[1:])[:300]


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
