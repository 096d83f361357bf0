"""What the routes ask for: the engine, and the one bounded pool of threads for what blocks."""

from collections.abc import Callable
from typing import Annotated, ParamSpec, TypedDict, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, Request

from qa.engine import Engine

WORKERS = 8
"""Calls at once: more would only queue on the interpreter's lock, and each open question holds memory."""

P = ParamSpec("P")
T = TypeVar("T")


class State(TypedDict):
    """What lives as long as the server does."""

    engine: Engine
    workers: "Workers"


class Workers:
    """The bounded pool: blocking work leaves the event loop only through here."""

    def __init__(self, size: int = WORKERS) -> None:
        self._limiter = anyio.CapacityLimiter(size)

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `call`, worked out in a thread. A caller that goes away doesn't stop the work."""
        return await anyio.to_thread.run_sync(lambda: call(*args, **kwargs), limiter=self._limiter)


def _engine(request: Request) -> Engine:
    engine: Engine = request.state.engine
    return engine


def _workers(request: Request) -> Workers:
    workers: Workers = request.state.workers
    return workers


EngineDep = Annotated[Engine, Depends(_engine)]
WorkersDep = Annotated[Workers, Depends(_workers)]
