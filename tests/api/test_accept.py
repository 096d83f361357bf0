"""Who gets events: those who name them, and don't like JSON better."""

import pytest

from api.accept import wants_events

EVENTS = [
    "text/event-stream",
    "Text/Event-Stream; charset=utf-8",
    " text/event-stream ;q=0.5",
    "text/event-stream, */*",
    "*/*, text/event-stream",
    "text/event-stream, application/json;q=0.9",
    "application/json;q=0.9, text/event-stream;q=1.0",
    "text/event-stream, application/json",
    "text/event-stream;q=0.5, */*;q=0.1",
    "application/json;q=0, text/event-stream;q=0.1",
]
JSON = [
    "",
    "*/*",
    "application/json",
    "text/*",
    "image/png",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "application/json, text/event-stream",
    "text/event-stream;q=0.5, application/json",
    "text/event-stream;q=0.5, application/*",
    "text/event-stream;q=0.5, */*",
    "text/event-stream;q=0",
    "text/event-stream;q=0.000, image/png",
    "text/event-stream;q=-1",
    "text/event-stream;q=2",
    "text/event-stream;q=nan",
    "text/event-stream;q=",
    "text/event-streams",
    ",;,=;q",
]


@pytest.mark.parametrize("accept", EVENTS)
def test_events(accept: str) -> None:
    assert wants_events(accept)


@pytest.mark.parametrize("accept", JSON)
def test_json(accept: str) -> None:
    assert not wants_events(accept)
