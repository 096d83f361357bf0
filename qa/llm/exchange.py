"""One request to the model and its reply: how long it may still take, and how to end it at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol, Self

import httpcore

from qa.errors import ModelCancelledError
from qa.llm.model import Deadline


class Closable(Protocol):
    """What a reply's bytes come from."""

    def close(self) -> None:
        """Close it."""
        ...


class Exchange:
    """One request and its reply. It is made current where the request is sent, so that the transport finds it."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._open: Closable | None = None

    @contextmanager
    def current(self) -> Iterator[Self]:
        """Requests that this thread sends meanwhile are this exchange's."""
        token = _CURRENT.set(self)
        try:
            yield self
        finally:
            _CURRENT.reset(token)

    def patience(self, most: float | None = None) -> float:
        """The seconds that a wait on the network may take now. Raises ModelCancelledError and httpcore's timeout."""
        if self._deadline.is_cancelled():
            raise ModelCancelledError("The call to the model was given up.")
        left = self._deadline.remaining()
        if left <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return left if most is None else min(left, most)

    @property
    def cancellable(self) -> bool:
        """Whether somebody may give it up while it waits."""
        return self._deadline.cancelled is not None

    def hurry(self, seconds: float) -> None:
        """Allow only that much longer from now on."""
        soon = Deadline.at(seconds, self._deadline.cancelled)
        if soon.moment < self._deadline.moment:
            self._deadline = soon

    def opened(self, body: Closable) -> None:
        """The reply begins: closing the exchange closes its body."""
        self._open = body

    def close(self) -> None:
        """Close the connection, unless the reply was read to its end."""
        body, self._open = self._open, None
        if body is not None:
            body.close()

    @staticmethod
    def of_this_thread() -> "Exchange":
        """The current one. Raises RuntimeError where there is none: a request must have a deadline."""
        exchange = _CURRENT.get()
        if exchange is None:
            raise RuntimeError("a request outside of an Exchange has no deadline")
        return exchange


_CURRENT: ContextVar[Exchange | None] = ContextVar("exchange", default=None)
