"""What the routes ask for: the engine, and the bounded pools of threads for what blocks."""

from collections.abc import Callable
from typing import Annotated, ParamSpec, TypedDict, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, Request
from starlette.types import ASGIApp

from qa.engine import Engine
from qa.errors import BusyError
from vectorstore.errors import UnforeseenError
from vectorstore.fetching import Fetcher
from vectorstore.jobs.runner import Jobs

WORKERS = 8
"""Calls at once: more would only queue on the interpreter's lock, and each open question holds memory."""
MODEL_WORKERS = 16
"""Questions that wait for a model at once. They do little but wait, and must not keep the others waiting."""

IMPORT_WORKERS = 2
"""Imports and uploads at once, until jobs do them. They wait for sites and parsers, and must keep nobody waiting."""

WAITING = 256
"""Calls that wait for a pool's workers at most; one more is told to come back, since it would wait too long."""

P = ParamSpec("P")
T = TypeVar("T")


class State(TypedDict):
    """What lives as long as the server does."""

    engine: Engine
    workers: "Workers"
    model_workers: "Workers"
    import_workers: "Workers"
    jobs: Jobs
    mcp: ASGIApp
    allow_private_fetch: bool


class Workers:
    """A bounded pool with a bounded queue before it: blocking work leaves the event loop only through one."""

    def __init__(self, size: int = WORKERS, waiting: int = WAITING) -> None:
        self._limiter = anyio.CapacityLimiter(size)
        self._waiting = waiting

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `call`, worked out in a thread. A caller that goes away doesn't stop the work.

        Raises what it raises; a panic of a Rust library, which is no Exception and would pass all handlers by, as
        UnforeseenError; and BusyError where too many wait already. Those that wait have their turns as they came.
        """
        if self._limiter.statistics().tasks_waiting >= self._waiting:
            raise BusyError(f"{self._waiting:,} requests wait already: try again later.")

        def contained() -> T:
            try:
                return call(*args, **kwargs)
            except (Exception, KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:
                raise UnforeseenError(f"A library panicked: {error}") from error

        return await anyio.to_thread.run_sync(contained, limiter=self._limiter)

    async def run_within(self, seconds: float, call: Callable[[], T]) -> T:
        """The result of `call`, worked out in a thread. Raises TimeoutError when it takes longer; it runs on."""
        with anyio.fail_after(seconds):
            return await anyio.to_thread.run_sync(call, limiter=self._limiter, abandon_on_cancel=True)


def _engine(request: Request) -> Engine:
    engine: Engine = request.state.engine
    return engine


def _workers(request: Request) -> Workers:
    workers: Workers = request.state.workers
    return workers


def _model_workers(request: Request) -> Workers:
    workers: Workers = request.state.model_workers
    return workers


def _import_workers(request: Request) -> Workers:
    workers: Workers = request.state.import_workers
    return workers


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.state.jobs
    return jobs


def _fetcher(request: Request) -> Fetcher:
    return Fetcher(allow_private=request.state.allow_private_fetch)


EngineDep = Annotated[Engine, Depends(_engine)]
WorkersDep = Annotated[Workers, Depends(_workers)]
ModelWorkersDep = Annotated[Workers, Depends(_model_workers)]
ImportWorkersDep = Annotated[Workers, Depends(_import_workers)]
JobsDep = Annotated[Jobs, Depends(_jobs)]
FetcherDep = Annotated[Fetcher, Depends(_fetcher)]
