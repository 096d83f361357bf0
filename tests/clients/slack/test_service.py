"""The service, asked from asyncio."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from clients.errors import CutOffError, UnreachableError
from clients.slack import service as module
from clients.slack.service import Service
from qa.events import AnswerEvent, EvidenceEvent, TextEvent
from qa.records import Request
from qa.settings import Settings
from tests.api.fakes import answer

TOLD = [EvidenceEvent(()), TextEvent("15,"), TextEvent("000"), AnswerEvent(answer())]


class Client:
    """A client that tells of an answer, or fails."""

    def __init__(self, events: list[Any]) -> None:
        self.events = events
        self.closed = False

    def stream_ask(self, request: Request) -> Any:
        for event in self.events:
            if isinstance(event, Exception):
                raise event
            yield event

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> list[Client | None]:
    waiting: list[Client | None] = []
    monkeypatch.setattr(module, "server_of", lambda _: waiting.pop(0))
    return waiting


def asked(service: Service, on_text: Callable[[str], None], given_up: threading.Event) -> Any:
    return asyncio.run(service.ask(Request("how many"), on_text, given_up))


def test_the_text_is_told_and_the_answer_given(clients: list[Client | None]) -> None:
    clients.append(Client(TOLD))
    service, heard = Service(Settings()), list[str]()
    assert asked(service, heard.append, threading.Event()) == answer()
    assert heard == ["15,", "000"]
    service.close()


def test_what_is_given_up_ends_with_the_next_thing_that_is_heard(clients: list[Client | None]) -> None:
    clients.append(Client(TOLD))
    given_up = threading.Event()
    given_up.set()
    heard: list[str] = []
    service = Service(Settings())
    with pytest.raises(CutOffError):
        asked(service, heard.append, given_up)
    assert heard == []
    service.close()


def test_a_server_that_comes_back_elsewhere_is_found(clients: list[Client | None]) -> None:
    clients.extend([None, Client([UnreachableError("gone")]), Client(TOLD)])
    service = Service(Settings())
    with pytest.raises(UnreachableError, match=r"No server owns .* Start one with `qa serve`"):
        asked(service, print, threading.Event())
    with pytest.raises(UnreachableError, match="gone"):
        asked(service, print, threading.Event())
    assert asked(service, print, threading.Event()) == answer()
    service.close()
