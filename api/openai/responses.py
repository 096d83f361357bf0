"""POST /v1/responses: the question is the last message of the user in `input`."""

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
from api.openai.schemas import ResponsesRequest
from api.openai.streaming import at_once, event
from api.openai.tasks import reply_to_task
from qa.events import AnswerEvent, Event, EvidenceEvent
from qa.records import Request as Question

router = APIRouter()


@router.post("/responses")
async def respond(body: ResponsesRequest, request: Request, asking: AskingDep) -> Response:
    """Answer the last message of the user, after the conversation before it; see `chat.complete`."""
    mode = mode_of(body.model)
    _check(body)
    messages = [{"role": "user", "content": body.input}] if isinstance(body.input, str) else body.input
    asked = asked_in(messages, "input")
    made = Made(body.model, metadata=body.metadata or {})
    task = None if asked.before else reply_to_task(asked.question)
    if task is not None:
        reply = Reply(Rendered(task))
        return at_once(ResponseEvents(made).all(reply)) if body.stream else JSONResponse(made.whole(reply))
    question = Question(asked.question, mode=mode, before=asked.before)
    base_url = str(request.base_url)
    if body.stream:
        return asking.stream(question, ResponseEncoder(made, base_url))
    answer = await asking.ask(question)
    if answer is None:
        return Response(status_code=CLIENT_LEFT)
    return JSONResponse(made.whole(reply_of(answer, base_url)))


def _check(body: ResponsesRequest) -> None:
    """Raise OpenAIError for what would need a response to be kept here, or to be other than text."""
    kept = "No response is kept here: send the messages of the conversation in `input`, the question as the last one."
    for name in ("previous_response_id", "conversation"):
        if getattr(body, name) is not None:
            raise OpenAIError(kept, param=name, code="unsupported_parameter")
    if body.background:
        raise OpenAIError("No response is kept here: leave background out and wait for it.", param="background")
    wanted = (body.text or {}).get("format")
    if isinstance(wanted, dict) and wanted.get("type") not in {None, "text"}:
        message = "Answers are text: leave text.format out. The field `dateline` beside `output` holds them as JSON."
        raise OpenAIError(message, param="text.format")


@dataclass(frozen=True, slots=True)
class Made:
    """What a response and all events of it share."""

    model: str
    metadata: dict[str, str]
    id: str = field(default_factory=lambda: f"resp_{uuid.uuid4().hex}")
    item_id: str = field(default_factory=lambda: f"msg_{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def begun(self) -> dict[str, Any]:
        """The response before there is an answer."""
        return {
            "id": self.id,
            "object": "response",
            "created_at": self.created,
            "status": "in_progress",
            "background": False,
            "error": None,
            "incomplete_details": None,
            "instructions": None,
            "max_output_tokens": None,
            "metadata": self.metadata,
            "model": self.model,
            "output": [],
            "parallel_tool_calls": False,
            "previous_response_id": None,
            "store": False,
            "temperature": None,
            "text": {"format": {"type": "text"}},
            "tool_choice": "none",
            "tools": [],
            "top_p": None,
            "truncation": "disabled",
            "usage": None,
        }

    def whole(self, reply: Reply) -> dict[str, Any]:
        """The response with its answer."""
        done = {"status": "completed", "output": [self.item(reply)], "usage": _usage(reply)}
        return {**self.begun(), **done, **reply.beside()}

    def item(self, reply: Reply | None) -> dict[str, Any]:
        """The message; None: before there is an answer."""
        return {
            "id": self.item_id,
            "type": "message",
            "role": "assistant",
            "status": "completed" if reply else "in_progress",
            "content": [part_of(reply)] if reply else [],
        }


class ResponseEvents:
    """The events of a response, in OpenAI's order and numbered from 0."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._number = 0

    def all(self, reply: Reply) -> Iterator[bytes]:
        """Every event."""
        yield from self.opening()
        yield from self.closing(reply)

    def opening(self) -> Iterator[bytes]:
        """Those before there is an answer."""
        yield self.one("response.created", response=self._made.begun())
        yield self.one("response.in_progress", response=self._made.begun())
        yield self.one("response.output_item.added", output_index=0, item=self._made.item(None))
        empty = part_of(Reply(Rendered("")))
        yield self._of_part("response.content_part.added", part=empty)

    def closing(self, reply: Reply) -> Iterator[bytes]:
        """Those that tell the answer."""
        for piece in reply.pieces():
            yield self._of_part("response.output_text.delta", delta=piece, logprobs=[])
        for place, one in enumerate(reply.annotations):
            yield self._of_part(
                "response.output_text.annotation.added", annotation_index=place, annotation=_annotation(one)
            )
        yield self._of_part("response.output_text.done", text=reply.text, logprobs=[])
        yield self._of_part("response.content_part.done", part=part_of(reply))
        yield self.one("response.output_item.done", output_index=0, item=self._made.item(reply))
        yield self.one("response.completed", response=self._made.whole(reply))

    def one(self, name: str, **fields: object) -> bytes:
        """An event with its number."""
        self._number += 1
        return event({"type": name, "sequence_number": self._number - 1, **fields}, name)

    def _of_part(self, name: str, **fields: object) -> bytes:
        return self.one(name, item_id=self._made.item_id, output_index=0, content_index=0, **fields)


class ResponseEncoder:
    """An engine's events as those of a response. What a model writes is not sent before it is checked."""

    def __init__(self, made: Made, base_url: str) -> None:
        self._events = ResponseEvents(made)
        self._base_url = base_url
        self._opened = False

    def event(self, event: Event) -> bytes:
        """The first events, once there is evidence; all others with the answer."""
        match event:
            case EvidenceEvent():
                self._opened = True
                return b"".join(self._events.opening())
            case AnswerEvent(answer):
                reply = reply_of(answer, self._base_url)
                return b"".join(self._events.closing(reply) if self._opened else self._events.all(reply))
            case _:
                return b""

    def error(self, error: Exception) -> bytes:
        """The error as OpenAI's event has it, and as OpenAI's clients look for it, which raise it then."""
        _, body, _ = told(error, "input")
        flat = {name: body["error"][name] for name in ("code", "message", "param")}
        return self._events.one("error", **flat, **body)


def part_of(reply: Reply) -> dict[str, Any]:
    """The text of a message, with its annotations."""
    annotations = [_annotation(one) for one in reply.annotations]
    return {"type": "output_text", "text": reply.text, "annotations": annotations, "logprobs": []}


def _annotation(one: Annotation) -> dict[str, Any]:
    return {
        "type": "url_citation",
        "start_index": one.start_index,
        "end_index": one.end_index,
        "url": one.url,
        "title": one.title,
    }


def _usage(reply: Reply) -> dict[str, Any]:
    read, written = reply.tokens
    return {
        "input_tokens": read,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": written,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": read + written,
    }
