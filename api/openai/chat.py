"""POST /v1/chat/completions: the question is the last message of the user."""

import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.asking import CLIENT_LEFT, AskingDep
from api.openai.errors import OpenAIError, told
from api.openai.messages import asked_in
from api.openai.models import mode_of
from api.openai.rendering import Annotation, Rendered
from api.openai.reply import Reply, reply_of
from api.openai.schemas import ChatRequest
from api.openai.streaming import at_once, event
from api.openai.tasks import reply_to_task
from qa.events import AnswerEvent, Event, EvidenceEvent
from qa.records import Request as Question

router = APIRouter()


@router.post("/chat/completions")
async def complete(body: ChatRequest, request: Request, asking: AskingDep) -> Response:
    """Answer the last message of the user, after the conversation before it.

    A stream's status waits for the first sign of the engine, so that what is wrong has a status of its own.
    """
    mode = mode_of(body.model)
    if body.n not in {None, 1}:
        raise OpenAIError("There is one answer to a question: leave n out, or set it to 1.", param="n")
    asked = asked_in(body.messages, "messages")
    options = body.stream_options
    completion = Completion(body.model, with_usage=bool(options and options.include_usage))
    task = None if asked.before else reply_to_task(asked.question)
    if task is not None:
        reply = Reply(Rendered(task))
        return at_once(completion.chunks(reply)) if body.stream else JSONResponse(completion.whole(reply))
    _check_format(body.response_format)
    question = Question(asked.question, mode=mode, before=asked.before)
    base_url = str(request.base_url)
    if body.stream:
        return asking.stream(question, ChunkEncoder(completion, base_url))
    answer = await asking.ask(question)
    if answer is None:
        return Response(status_code=CLIENT_LEFT)
    return JSONResponse(completion.whole(reply_of(answer, base_url)))


def _check_format(wanted: dict[str, Any] | None) -> None:
    if wanted is not None and wanted.get("type") not in {None, "text"}:
        message = (
            "Answers are text: leave response_format out. The field `dateline` beside `choices` holds them as JSON."
        )
        raise OpenAIError(message, param="response_format")


@dataclass(frozen=True, slots=True)
class Completion:
    """What a completion and all its chunks share. with_usage: a stream ends with a chunk of the usage alone."""

    model: str
    with_usage: bool = False
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, reply: Reply) -> dict[str, Any]:
        """The completion in one piece."""
        message = {
            "role": "assistant",
            "content": reply.text,
            "refusal": None,
            "annotations": _annotations(reply),
        }
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {
            **self._head("chat.completion"),
            "choices": [choice],
            "usage": _usage(reply),
            **reply.beside(),
        }

    def opening(self) -> bytes:
        """The chunk that says whose message it is."""
        return self._chunk({"role": "assistant", "content": ""})

    def chunks(self, reply: Reply, *, opened: bool = False) -> Iterator[bytes]:
        """The chunks of a stream. opened: the first was sent already."""
        if not opened:
            yield self.opening()
        for piece in reply.pieces():
            yield self._chunk({"content": piece})
        beside = reply.beside()
        last = {"annotations": _annotations(reply)} if reply.annotations else {}
        yield self._chunk(last, finish="stop", **({} if self.with_usage else beside))
        if self.with_usage:
            yield event({**self._head("chat.completion.chunk"), "choices": [], "usage": _usage(reply), **beside})
        yield b"data: [DONE]\n\n"

    def _chunk(self, delta: dict[str, Any], finish: str | None = None, **beside: object) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        usage = {"usage": None} if self.with_usage else {}
        return event({**self._head("chat.completion.chunk"), "choices": [choice], **usage, **beside})

    def _head(self, kind: str) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "system_fingerprint": None,
            "service_tier": None,
        }


class ChunkEncoder:
    """An engine's events as chunks. What a model writes is not sent before it is checked: only the answer is."""

    def __init__(self, completion: Completion, base_url: str) -> None:
        self._completion = completion
        self._base_url = base_url
        self._opened = False

    def event(self, event: Event) -> bytes:
        """The first chunk, once there is evidence; all others with the answer."""
        match event:
            case EvidenceEvent():
                self._opened = True
                return self._completion.opening()
            case AnswerEvent(answer):
                return b"".join(self._completion.chunks(reply_of(answer, self._base_url), opened=self._opened))
            case _:
                return b""

    def error(self, error: Exception) -> bytes:
        """The error as OpenAI's streams have it; no [DONE] follows."""
        _, body, _ = told(error, "messages")
        return event(body)


def _annotations(reply: Reply) -> list[dict[str, Any]]:
    return [_annotation(one) for one in reply.annotations]


def _annotation(one: Annotation) -> dict[str, Any]:
    citation = {"start_index": one.start_index, "end_index": one.end_index, "url": one.url, "title": one.title}
    return {"type": "url_citation", "url_citation": citation}


def _usage(reply: Reply) -> dict[str, int]:
    read, written = reply.tokens
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
