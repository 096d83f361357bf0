import threading
from functools import partial

import anyio
import pytest

from api.dependencies import Workers
from api.errors import problem_of
from qa.errors import BusyError


def test_calls_wait_for_a_worker_and_have_their_turns_as_they_came() -> None:
    told: list[int] = []

    async def main() -> None:
        workers = Workers(1, waiting=3)
        async with anyio.create_task_group() as tasks:
            for number in range(4):
                tasks.start_soon(workers.run, told.append, number)

    anyio.run(main)
    assert told == [0, 1, 2, 3]


def test_one_more_than_may_wait_is_told_to_come_back_and_the_others_are_served() -> None:
    go, told = threading.Event(), list[str]()

    def wait() -> None:
        assert go.wait(10)
        told.append("done")

    async def main() -> None:
        workers = Workers(1, waiting=2)
        async with anyio.create_task_group() as tasks:
            for _ in range(3):
                tasks.start_soon(partial(workers.run, wait))
            await anyio.wait_all_tasks_blocked()
            with pytest.raises(BusyError, match="2 requests wait already: try again later"):
                await workers.run(wait)
            go.set()

    anyio.run(main)
    assert told == ["done"] * 3


def test_to_be_busy_is_a_503_that_may_be_tried_again() -> None:
    problem = problem_of(BusyError("256 requests wait already: try again later."))
    assert (problem.status, problem.retryable) == (503, True)
