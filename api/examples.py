"""The examples in the OpenAPI document: requests, answers and problems."""

import json
from typing import Any

from fastapi.openapi.models import Example
from fastapi.sse import format_sse_event

from api.links import links
from api.problems import Kind
from api.schemas import Problem
from vectorstore.jobs.records import Job

PROBLEM = "application/problem+json"

QUESTIONS: dict[str, Example] = {
    "plain": {"summary": "A question", "value": {"question": "How many were evacuated?"}},
    "filtered": {
        "summary": "Only what was published by a day, by some publishers",
        "value": {
            "question": "How many troops were sent?",
            "filters": {"as_of": "2021-08-20", "sources": ["Meridian Wire"]},
            "mode": "extractive",
        },
    },
}

_QUOTE = "Operation Pitting evacuated 15,000 people in two weeks."

_EXCERPT: dict[str, Any] = {
    "article_id": "kabul-airlift-1f0a9c3d",
    "revision": 1,
    "title": "The airlift from Kabul ends",
    "url": "https://news.example/kabul-airlift",
    "source": "The Example",
    "published_at": "2021-08-29",
    "quote": _QUOTE,
    "start": 412,
    "end": 412 + len(_QUOTE),
}

ANSWERED: dict[str, Any] = {
    "id": "5f3c6c1e0d5b4b0a9a7f3d0c2b1a4e6d",
    "status": "answered",
    "reason": None,
    "question": "How many were evacuated?",
    "standalone_question": "How many were evacuated?",
    "text": f"{_QUOTE} [1]",
    "short_answer": "15,000 people",
    "citations": [
        {"marker": 1, **_EXCERPT, "support": "verified", "also_in": [], "gone": False, "dates": []},
    ],
    "figures": [
        {
            "value": 15000,
            "unit": "people",
            "text": "15,000",
            "markers": [1],
            "source": "The Example",
            "as_of": "2021-08-29",
        },
    ],
    "independent_sources": 1,
    "mode": "extractive",
    "model": None,
    "degraded": False,
    "searched": {"articles": 4, "passages": 23},
    "nearest": [],
    "timings_ms": {"search": 4.2, "total": 9.8},
    "usage": None,
    "confidence": 0.91,
    "agreement": None,
    "suggestions": [],
    "conversation_id": None,
    "turn": None,
    "given_filters": None,
    "understood_filters": None,
    "other_languages": [],
}

NOT_ANSWERED: dict[str, Any] = {
    **ANSWERED,
    "status": "no_answer",
    "reason": "weak_evidence",
    "question": "Who won the cup?",
    "standalone_question": "Who won the cup?",
    "text": "The articles don't say.",
    "short_answer": None,
    "citations": [],
    "figures": [],
    "independent_sources": 0,
    "nearest": [_EXCERPT],
    "confidence": 0.12,
    "given_filters": {
        "since": None,
        "until": None,
        "as_of": "2021-08-31",
        "sources": ["The Example"],
        "told": "Only articles of The Example, as they stood on 31 August 2021, as the filters say.",
    },
}

JOB: dict[str, Any] = {
    "id": "9d2c6c1e0d5b4b0a9a7f3d0c2b1a4e6d",
    "kind": "ingest",
    "state": "done",
    "about": "200 articles",
    "created_at": "2026-11-20T12:00:00.000+00:00",
    "started_at": "2026-11-20T12:00:00.010+00:00",
    "ended_at": "2026-11-20T12:00:01.900+00:00",
    "done": 200,
    "total": 200,
    "share": 1.0,
    "tally": {"added": 198, "updated": 0, "unchanged": 1, "failed": 1},
    "rate": 105.8,
    "seconds_left": None,
    "error": None,
}

ARTICLES: dict[str, Example] = {
    "one": {
        "summary": "One article",
        "value": {
            "articles": [
                {
                    "key": "https://news.example/kabul-airlift",
                    "title": "The airlift from Kabul ends",
                    "text": f"The last flight has left. {_QUOTE}",
                    "url": "https://news.example/kabul-airlift",
                    "source": "The Example",
                    "published_at": "2021-08-29",
                }
            ]
        },
    }
}

_PROBLEMS: dict[str, tuple[int, Kind, str, str, bool]] = {
    "bad_question": (
        422,
        Kind.BAD_QUESTION,
        "The question can't be asked",
        "The question is empty. Ask something in 1 to 2,000 characters.",
        False,
    ),
    "no_model": (
        422,
        Kind.NO_MODEL,
        "No model is set",
        "No model is set to write answers: set QA_LLM_MODEL, or ask with mode auto or extractive.",
        False,
    ),
    "bad_filters": (
        422,
        Kind.BAD_FILTERS,
        "The filters let nothing through",
        "No article is of the source 'Tmes'. The sources are: The National, Times.",
        False,
    ),
    "no_conversation": (
        404,
        Kind.CONVERSATION_NOT_FOUND,
        "No such conversation",
        "There is no conversation '5f3c'. The list of conversations has their ids.",
        False,
    ),
    "full_conversation": (
        409,
        Kind.CONVERSATION_FULL,
        "The conversation is full",
        "The conversation has 200 turns, as many as are kept. Begin a new one.",
        False,
    ),
    "no_answer_kept": (404, Kind.ANSWER_NOT_FOUND, "No such answer", "No answer '5f3c' is known.", False),
    "unreadable": (
        400,
        Kind.ABOUT_BLANK,
        "The request can't be read",
        "The body can't be read: it must be JSON in UTF-8, or a form with files.",
        False,
    ),
    "invalid": (422, Kind.INVALID_REQUEST, "The request is not valid", "limit: must be 1 or more", False),
    "not_found": (404, Kind.ARTICLE_NOT_FOUND, "No such article", "No article has the id kabul-airlift.", False),
    "no_samples": (404, Kind.ARTICLE_NOT_FOUND, "No such article", "No sample articles are installed.", False),
    "address_refused": (
        422,
        Kind.ADDRESS_REFUSED,
        "The address may not be fetched",
        "Intranet.example is an address of a private network (10.0.0.1), which is not fetched from.",
        False,
    ),
    "robots_refused": (
        422,
        Kind.ROBOTS_REFUSED,
        "The site asks not to be fetched",
        "The site's robots.txt asks that it isn't fetched; save the page and name the file.",
        False,
    ),
    "page_too_large": (422, Kind.PAGE_TOO_LARGE, "The page is too large", "It is larger than 10,000,000 bytes.", False),
    "fetch_failed": (
        502,
        Kind.FETCH_FAILED,
        "The address can't be fetched",
        "There is nothing at this address (status 404); check how it is spelled.",
        False,
    ),
    "not_read": (
        422,
        Kind.UNREADABLE,
        "It can't be read as an article",
        "It is a zip archive, and archives are not opened.",
        False,
    ),
    "no_job": (404, Kind.JOB_NOT_FOUND, "No such job", "There is no job '5f3c'.", False),
    "too_many_jobs": (
        503,
        Kind.JOBS_FULL,
        "Too many jobs wait",
        "8 jobs wait already. Try again when some of them have ended.",
        True,
    ),
    "too_large": (413, Kind.ABOUT_BLANK, "The body is too large", "The body is over 1 MiB.", False),
    "embedding": (502, Kind.EMBEDDING, "The embedding model failed", "The embedding model failed.", False),
    "busy": (503, Kind.BUSY, "Too many requests wait", "256 requests wait already: try again later.", True),
    "disk_full": (
        507,
        Kind.DISK_FULL,
        "The disk is full",
        "There is no room to write on the data folder's disk. Free some space there, then send this again.",
        False,
    ),
    "storage": (503, Kind.STORAGE, "The data folder can't be used", "It could not be read or written.", True),
}


def problem_responses(*names: str) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses`: the problems of these names, each as an example under its status."""
    responses: dict[int | str, dict[str, Any]] = {}
    for name in names:
        status, kind, title, detail, retryable = _PROBLEMS[name]
        example = Problem(type=kind, title=title, status=status, detail=detail, retryable=retryable)
        known = responses.setdefault(status, {"description": title, "content": {PROBLEM: _problem_content()}})
        if title != known["description"]:
            known["description"] += f"; or: {title}"
        known["content"][PROBLEM]["examples"][name] = {"value": example.model_dump(exclude_none=True)}
    return responses


def event_stream_content() -> dict[str, Any]:
    """For a route's `responses`: the answer as a stream of events, each with one line of JSON."""
    source = {"number": 1, **_EXCERPT}
    deltas = ("Operation Pitting evacuated ", "15,000 people. [1]")
    written = {**ANSWERED, "mode": "generated", "model": "some-model", "text": "".join(deltas)}
    events: list[tuple[str, dict[str, Any]]] = [
        ("evidence", {"sources": [source]}),
        *(("text", {"delta": delta}) for delta in deltas),
        ("answer", {**written, "usage": {"prompt_tokens": 412, "completion_tokens": 18}}),
    ]
    example = b"".join(format_sse_event(event=name, data_str=json.dumps(data)) for name, data in events)
    return {"schema": {"type": "string"}, "example": example.decode()}


def job_events_content() -> dict[str, Any]:
    """For a route's `responses`: a job as a stream of events, each with one line of JSON."""
    running = {**JOB, "state": "running", "ended_at": None, "done": 64, "share": 0.32, "seconds_left": 1.3}
    events = (("progress", running), ("done", JOB))
    example = b"".join(format_sse_event(event=name, data_str=json.dumps(data)) for name, data in events)
    data = {
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"$ref": "#/components/schemas/Job"},
    }
    names = {"type": "string", "enum": ["progress", "done", "error"]}
    item = {"type": "object", "required": ["event", "data"], "properties": {"event": names, "data": data}}
    return {"itemSchema": item, "example": example.decode()}


def job_response(*problems: str) -> dict[int | str, dict[str, Any]]:
    """For the `responses` of a route that may begin a job: that, and the problems of these names."""
    began = {
        "model": Job,
        "description": "A job does it; see /jobs",
        "headers": {"Location": {"schema": {"type": "string"}, "description": "The job's address."}},
        "content": {"application/json": {"example": {**JOB, "state": "waiting"}}},
        "links": links("job_id", "read_job", "read_job_results", "follow_job", "cancel_job"),
    }
    return {202: began, **problem_responses("too_many_jobs", *problems)}


def _problem_content() -> dict[str, Any]:
    return {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}
