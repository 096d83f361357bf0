"""Models that take their time: what they write comes piece by piece, or not before it is let."""

import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from qa.errors import ModelCancelledError
from qa.llm.model import Deadline, Message, Reply
from tests.qa.fake_model import FakeChatModel, pieces


@dataclass
class SlowModel(FakeChatModel):
    """Says its reply in pieces. pause_s: before each of them."""

    pause_s: float = 0.1

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Reply]:
        reply = self.complete(messages, deadline)
        for piece in pieces(reply.text, self.sizes):
            time.sleep(self.pause_s)
            yield piece
        return reply


@dataclass
class HeldModel(FakeChatModel):
    """Says nothing before it is released. begun: how many wait."""

    released: threading.Event = field(default_factory=threading.Event)
    begun: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Reply]:
        reply = self.complete(messages, deadline)
        self.begun.release()
        for _ in range(2_000):
            if self.released.wait(0.01):
                break
            if deadline.is_cancelled():
                raise ModelCancelledError("given up")
        yield reply.text
        return reply
