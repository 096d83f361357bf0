"""A window in a thread of its own: Playwright holds the event loop of its thread, where nothing else could have one."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from tests.api.web import chromium
from tests.api.web.window import Window

T = TypeVar("T")
_PATIENCE_S = 60


class Apart:
    """What is to be done in the window is done in its thread, and waited for."""

    def __init__(self, thread: ThreadPoolExecutor, window: Window) -> None:
        self._thread = thread
        self._window = window

    def do(self, call: Callable[[Window], T]) -> T:
        return self._thread.submit(call, self._window).result(_PATIENCE_S)


@contextmanager
def window_apart(executable: str) -> Iterator[Apart]:
    """The window, with a browser of its own."""
    stack = ExitStack()

    def opened() -> Window:
        window = Window(stack.enter_context(chromium.launched(executable)))
        stack.callback(window.close)
        return window

    with ThreadPoolExecutor(1) as thread:
        try:
            yield Apart(thread, thread.submit(opened).result(_PATIENCE_S))
        finally:
            thread.submit(stack.close).result(_PATIENCE_S)
