"""The HTTP service, asked from asyncio: the calls of `HttpClient`, each in a thread of a bounded pool."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TypeVar

from clients.answer_stream import CUT_OFF
from clients.connect import server_of
from clients.errors import CutOffError, UnreachableError
from clients.http import HttpClient
from qa.events import AnswerEvent, TextEvent
from qa.records import Answer, Request
from qa.settings import Settings

T = TypeVar("T")

ASKED_AT_ONCE = 32
"""Questions that wait for their answers; more wait for their turn. A model may take a minute for each."""
CALLED_AT_ONCE = 8


class Service:
    """The service that the settings name. A server that comes back, on another port too, is found again."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: HttpClient | None = None
        self._lock = threading.Lock()
        self._asking = ThreadPoolExecutor(ASKED_AT_ONCE, thread_name_prefix="asking")
        self._calling = ThreadPoolExecutor(CALLED_AT_ONCE, thread_name_prefix="calling")

    async def call(self, call: Callable[[HttpClient], T]) -> T:
        """The result of a short call. Raises as it does."""
        return await asyncio.get_running_loop().run_in_executor(self._calling, self._called, call)

    async def ask(self, request: Request, on_text: Callable[[str], None], given_up: threading.Event) -> Answer:
        """The answer. on_text: called in the loop with what a model writes, as it comes.

        given_up: once it is set, the next thing that is heard ends it with CutOffError. Raises as `stream_ask` does.
        """
        loop = asyncio.get_running_loop()

        def asked(client: HttpClient) -> Answer:
            with closing(client.stream_ask(request)) as events:
                for event in events:
                    match event:
                        case AnswerEvent(answer):
                            return answer
                        case TextEvent(delta) if not given_up.is_set():
                            loop.call_soon_threadsafe(on_text, delta)
                        case _ if given_up.is_set():
                            break
            raise CutOffError(CUT_OFF)

        return await loop.run_in_executor(self._asking, self._called, asked)

    def close(self) -> None:
        """Let go of the threads and the connections. What is under way ends unheard."""
        self._asking.shutdown(wait=False, cancel_futures=True)
        self._calling.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            if self._client is not None:
                self._client.close()

    def _called(self, call: Callable[[HttpClient], T]) -> T:
        client = self._connected()
        try:
            return call(client)
        except UnreachableError:
            with self._lock:
                if self._client is client:
                    self._client = None
            raise

    def _connected(self) -> HttpClient:
        with self._lock:
            if self._client is None:
                self._client = server_of(self._settings)
            if self._client is None:
                raise UnreachableError(
                    f"No server owns {self._settings.data_dir.absolute()}. Start one with `qa serve`, or set QA_SERVER "
                    "to where it is."
                )
            return self._client
