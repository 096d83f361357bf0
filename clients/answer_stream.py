"""The event stream of POST /ask -> the engine's events. It is complete with its answer, and with nothing less."""

from collections.abc import Callable, Generator, Iterable

from pydantic import TypeAdapter

from api.schemas import EvidenceOut, Problem, TextOut
from clients.errors import CutOffError
from clients.sse import read_events
from qa.events import AnswerEvent, Event, EvidenceEvent, TextEvent
from qa.records import Answer

CUT_OFF = "The answer was cut off before it was whole: the connection to the server broke. Ask again."

ANSWER = TypeAdapter(Answer)
"""Reads and writes an answer as JSON."""


def read_answer_stream(
    chunks: Iterable[bytes], to_error: Callable[[Problem], Exception]
) -> Generator[Event, None, None]:
    """The events, up to the answer; events of other names are passed over.

    to_error: what a problem raises. Raises that for the event `error`, CutOffError where the stream ends before its
    answer is whole, and ValueError for data that is not as it should be.
    """
    for event in read_events(chunks):
        match event.name:
            case "evidence":
                yield EvidenceEvent(EvidenceOut.model_validate_json(event.data).to_excerpts())
            case "text":
                yield TextEvent(TextOut.model_validate_json(event.data).delta)
            case "answer":
                yield AnswerEvent(ANSWER.validate_json(event.data))
                return
            case "error":
                raise to_error(Problem.model_validate_json(event.data))
    raise CutOffError(CUT_OFF)
