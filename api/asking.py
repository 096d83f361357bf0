"""How a door asks: in the pool that fits the question, and for a client that may leave."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Request
from starlette.types import Receive

from api.dependencies import EngineDep, ModelWorkersDep, Workers, WorkersDep
from api.event_stream import Encoder, EventStream
from api.leaving import run_while_there
from qa.engine import Engine
from qa.records import Answer
from qa.records import Request as Question

CLIENT_LEFT = 499
"""The status where nobody is there to read it, as nginx logs it."""


class Asking:
    """Puts questions to the engine. receive: of the client's request, whose body was read."""

    def __init__(self, engine: Engine, workers: Workers, model_workers: Workers, receive: Receive) -> None:
        self._engine = engine
        self._workers = workers
        self._model_workers = model_workers
        self._receive = receive

    async def ask(self, question: Question) -> Answer | None:
        """The answer; None where the client left before. Raises as `Engine.ask` does."""
        if self._is_embedded(question):
            return await self._workers.run(self._engine.ask, question)
        return await run_while_there(self._model_workers, self._receive, partial(self._engine.ask, question))

    def stream(self, question: Question, encoder: Encoder | None = None) -> EventStream:
        """The answer as events; see `EventStream`."""
        pool = self._workers if self._is_embedded(question) else self._model_workers
        return EventStream(partial(self._engine.stream, question), pool, encoder)

    def _is_embedded(self, question: Question) -> bool:
        """Whether no model is waited for, so that it is answered at once."""
        return self._engine.writer is None or question.mode == "extractive"


def _asking(request: Request, engine: EngineDep, workers: WorkersDep, model_workers: ModelWorkersDep) -> Asking:
    return Asking(engine, workers, model_workers, request.receive)


AskingDep = Annotated[Asking, Depends(_asking)]
