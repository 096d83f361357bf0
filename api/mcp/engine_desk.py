"""The desk of the HTTP service: the engine in this process, and its pools of threads."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from starlette.types import Message

from api.asking import Asking
from api.dependencies import Workers
from api.errors import problem_of
from api.mcp.desk import DeskError
from api.schemas import ArticleOut
from qa.engine import Engine
from qa.errors import QAError
from qa.reading.searching import Found
from qa.records import Answer, Request
from vectorstore.errors import ArticleNotFoundError, VectorstoreError
from vectorstore.records import Page


class EngineDesk:
    """A `Desk` over an engine. A call whose client leaves is cancelled, and the model with it."""

    def __init__(self, engine: Engine, workers: Workers, model_workers: Workers) -> None:
        self._engine = engine
        self._workers = workers
        self._asking = Asking(engine, workers, model_workers, _until_cancelled)

    async def ask(self, request: Request) -> Answer:
        """Answer a question, or say that the articles don't."""
        async with _told():
            answer = await self._asking.ask(request)
        if answer is None:  # only where it is cancelled, which raises
            raise DeskError("The question was given up.")
        return answer

    async def search(self, request: Request, limit: int) -> Found:
        """The passages that bear on a question, best first."""
        async with _told():
            return await self._workers.run(self._engine.search, request, limit)

    async def article(self, article_id: str, revision: int | None) -> ArticleOut:
        """An article with its text."""
        async with _told():
            return ArticleOut.of(await self._workers.run(self._engine.store.article, article_id, revision))

    async def articles(self, limit: int, cursor: str | None) -> Page:
        """A page of the articles."""
        async with _told():
            return await self._workers.run(self._engine.store.articles, limit=limit, cursor=cursor)


async def _until_cancelled() -> Message:
    """What a client says that only leaves by having the call cancelled: nothing."""
    await anyio.sleep_forever()
    raise AssertionError


@asynccontextmanager
async def _told() -> AsyncIterator[None]:
    """Raise what the engine raises as a DeskError, in the words that every door tells it in."""
    try:
        yield
    except (QAError, VectorstoreError) as error:
        raise DeskError(problem_of(error).detail, missing=isinstance(error, ArticleNotFoundError)) from None
