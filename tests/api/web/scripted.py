"""Answers that the service would not give of itself, put in its place; and a model that can be held."""

import json
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from fastapi.sse import format_sse_event
from playwright.sync_api import Page, Route
from pydantic import TypeAdapter

from qa.errors import ModelCancelledError
from qa.llm.model import Deadline, Message, Reply
from qa.records import Answer
from tests.qa.fake_model import FakeChatModel

_ANSWER = TypeAdapter(Answer)
_PATIENCE_S = 10


@dataclass
class HeldModel(FakeChatModel):
    """Says the first half of its reply, and the rest when it is released. cancelled: it was given up meanwhile."""

    released: threading.Event = field(default_factory=threading.Event)
    cancelled: threading.Event = field(default_factory=threading.Event)

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Reply]:
        reply = self.complete(messages, deadline)
        half = len(reply.text) // 2
        yield reply.text[:half]
        for _ in range(_PATIENCE_S * 100):
            if self.released.wait(0.01):
                break
            if deadline.is_cancelled():
                self.cancelled.set()
                raise ModelCancelledError("given up")
        yield reply.text[half:]
        return reply


def answers(page: Page, *replies: Answer | dict[str, Any] | str) -> list[dict[str, Any]]:
    """Have POST /ask give these, one a question: an answer, a problem (as an event), or the stream itself.

    An answer is the next turn of its conversation, unless it says which. Gives the bodies that were sent, as they come.
    """
    queue, asked = list(replies), []

    def reply(route: Route) -> None:
        asked.append(route.request.post_data_json or {})
        given = queue.pop(0)
        if isinstance(given, Answer):
            given = replace(given, id=uuid4().hex, turn=given.turn or len(asked))
        route.fulfill(status=200, content_type="text/event-stream", body=_stream(given))

    page.route("**/ask", reply)
    return asked


def _stream(reply: Answer | dict[str, Any] | str) -> str:
    match reply:
        case str():
            return reply
        case dict():
            return format_sse_event(event="error", data_str=json.dumps(reply)).decode()
        case _:
            return format_sse_event(event="answer", data_str=_ANSWER.dump_json(reply).decode()).decode()
