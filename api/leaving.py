"""Work for a client that may leave: once it has gone, what is under way is given up."""

import threading
from collections.abc import Callable
from typing import TypeVar

import anyio
from starlette.types import Receive

from api.dependencies import Workers

T = TypeVar("T")


async def run_while_there(workers: Workers, receive: Receive, call: Callable[[threading.Event], T]) -> T | None:
    """The result of `call`, worked out in a worker; None where the client has gone before.

    call: ends early, whichever way, once what it is given is set. receive: of a request whose body was read. Raises
    what `call` raises while the client is there.
    """
    gone = threading.Event()
    failure: Exception | None = None
    result: T | None = None
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch, receive, gone, tasks.cancel_scope)
        try:
            result = await workers.run(call, gone)
        except Exception as error:  # noqa: BLE001 - raised below, where no group of tasks wraps it
            failure = None if gone.is_set() else error
        tasks.cancel_scope.cancel()
    if failure is not None:
        raise failure
    return result


async def watch(receive: Receive, gone: threading.Event, scope: anyio.CancelScope) -> None:
    """Wait until the client is gone, or nobody waits for it; then give up what is under way."""
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        gone.set()
    scope.cancel()
