"""MCP over stdin and stdout, for programs that start `qa mcp` themselves. stdout is the protocol's alone."""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from threading import Lock
from typing import TypeVar

import anyio
import anyio.to_thread

from api.mcp.desk import DeskError
from api.mcp.tools import create_mcp_server
from api.schemas import ArticleOut
from clients.cli.session import TERMINATED
from clients.cli.start import INTERRUPTED
from clients.cli.terminal import complain
from clients.client import Client
from clients.connect import connect
from clients.errors import ClientError
from qa.errors import QAError
from qa.reading.searching import Found
from qa.records import Answer, Request
from qa.settings import Settings
from vectorstore.errors import ArticleNotFoundError, VectorstoreError
from vectorstore.records import Page

T = TypeVar("T")


def serve_stdio(settings: Settings) -> int:
    """Serve until stdin ends, or a signal comes."""
    logging.basicConfig(handlers=[logging.NullHandler()])
    server = create_mcp_server(ClientDesk(settings))
    for name, status in ((signal.SIGTERM, TERMINATED), (signal.SIGINT, INTERRUPTED)):
        signal.signal(name, partial(_leave, status))
    anyio.run(server.run_stdio_async)
    return 0


def _leave(status: int, *_: object) -> None:
    """End at once: a thread that waits for stdin would keep the process until its client closes that."""
    sys.stderr.flush()
    os._exit(status)


class ClientDesk:
    """A `Desk` over a client, opened anew for each call: a server may start and stop meanwhile, and the data folder,
    where it is opened here, is free again after the answer.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = Lock()
        self._tell = cache(complain)

    async def ask(self, request: Request) -> Answer:
        """Answer a question, or say that the articles don't."""
        return await self._run(lambda client: client.ask(request))

    async def search(self, request: Request, limit: int) -> Found:
        """The passages that bear on a question, best first."""
        return await self._run(lambda client: client.search(request, limit))

    async def article(self, article_id: str, revision: int | None) -> ArticleOut:
        """An article with its text."""
        return await self._run(lambda client: client.article(article_id, revision))

    async def articles(self, limit: int, cursor: str | None) -> Page:
        """A page of the articles."""
        return await self._run(lambda client: client.articles(limit=limit, cursor=cursor))

    async def _run(self, call: Callable[[Client], T]) -> T:
        """The result of a call, made in a thread. Given up, it ends by itself, unheard."""

        def called() -> T:
            with self._client() as client:
                return call(client)

        try:
            return await anyio.to_thread.run_sync(called, abandon_on_cancel=True)
        except (QAError, VectorstoreError, ClientError) as error:
            raise DeskError(str(error), missing=isinstance(error, ArticleNotFoundError)) from None

    @contextmanager
    def _client(self) -> Iterator[Client]:
        """A client; one that opens the data folder is the only one at that time."""
        with self._folder:
            client = connect(self._settings, on_notice=self._tell)
            if client.url is None:
                try:
                    yield client
                finally:
                    client.close()
                return
        try:
            yield client
        finally:
            client.close()
