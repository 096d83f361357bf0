"""The seam to the model that writes answers: `openai_model.py` has the implementation, the tests have a fake."""

import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self

from qa.records import Usage

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the conversation with the model."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that the model ended itself, or that was cut at its limit of tokens; `text` is not empty.

    usage: where it was reported. cut: the end is missing.
    """

    text: str
    usage: Usage | None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point on the monotonic clock by which a call has ended, one way or the other: total time, retries and all.

    cancelled: set by another thread to end the call before that, within a fraction of a second, where the model is
    still silent and its generator can't be closed. The call then raises ModelCancelledError.
    """

    moment: float
    cancelled: threading.Event | None = None

    @classmethod
    def at(cls, seconds_from_now: float, cancelled: threading.Event | None = None) -> Self:
        """The deadline that many seconds from now."""
        return cls(time.monotonic() + seconds_from_now, cancelled)

    def remaining(self) -> float:
        """The seconds left; 0 when it has passed."""
        return max(0.0, self.moment - time.monotonic())

    def is_cancelled(self) -> bool:
        """Whether the call was given up."""
        return self.cancelled is not None and self.cancelled.is_set()

    def sleep(self, seconds: float) -> None:
        """Sleep, until the call is given up at most."""
        if self.cancelled is None:
            time.sleep(seconds)
        else:
            self.cancelled.wait(seconds)


class ChatModel(Protocol):
    """Messages in, a reply out, or a ModelError. Safe to use from several threads at once."""

    @property
    def name(self) -> str:
        """The model's name, as answers give it."""
        ...

    def complete(self, messages: Sequence[Message], deadline: Deadline) -> Reply:
        """The whole reply. Raises ModelError, by the deadline at the latest."""
        ...

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Reply]:
        """Yield the reply's text as it comes, none of it empty, and return the whole reply.

        Raises ModelError, by the deadline at the latest; what was yielded before is then no whole reply. Closing the
        generator closes the connection to the model at once.
        """
        ...

    def check(self) -> str | None:
        """None when the model can be used, else what is wrong, in words without the key. Cheap, and bounded."""
        ...

    def close(self) -> None:
        """Close the connections that are kept for further calls."""
        ...
