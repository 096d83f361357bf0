"""The examples in the OpenAPI document: requests, answers and problems."""

from typing import Any

from fastapi.openapi.models import Example

from api.problems import Kind
from api.schemas import Problem

QUESTIONS: dict[str, Example] = {
    "plain": {"summary": "A question", "value": {"question": "How many were evacuated?"}},
    "filtered": {
        "summary": "Only what was published by a day, by some publishers",
        "value": {
            "question": "How many troops were sent?",
            "filters": {"as_of": "2021-08-20", "sources": ["The National"]},
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
        {"marker": 1, **_EXCERPT, "support": "verified", "also_in": []},
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
    "invalid": (422, Kind.INVALID_REQUEST, "The request is not valid", "limit: must be 1 or more", False),
    "not_found": (404, Kind.ARTICLE_NOT_FOUND, "No such article", "No article has the id kabul-airlift.", False),
    "too_large": (413, Kind.ABOUT_BLANK, "The body is too large", "The body is over 1 MiB.", False),
    "embedding": (502, Kind.EMBEDDING, "The embedding model failed", "The embedding model failed.", False),
    "storage": (503, Kind.STORAGE, "The data folder can't be written to", "A write failed; nothing was kept.", True),
}


def problem_responses(*names: str) -> dict[int | str, dict[str, Any]]:
    """For a route's `responses`: the problems of these names, each under its status with an example."""
    responses: dict[int | str, dict[str, Any]] = {}
    for name in names:
        status, kind, title, detail, retryable = _PROBLEMS[name]
        example = Problem(type=kind, title=title, status=status, detail=detail, retryable=retryable)
        responses[status] = {
            "description": title,
            "content": {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": example.model_dump(exclude_none=True),
                }
            },
        }
    return responses
