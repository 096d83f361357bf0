"""The browser that the page is tried in: one that is installed, never one that is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserType, Error, sync_playwright

# The product refuses QA_* names that are no settings of it.
_CHOSEN = os.environ.pop("QA_TEST_CHROMIUM", "")
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Playwright keeps Chromium out of /dev/shm, which is small in containers, and from calling home.
_FLAGS = ["--disable-gpu", "--disable-quic"]
HOW = "no Chromium is found: `make browser` installs it, or QA_TEST_CHROMIUM names it"


def find() -> str | None:
    """Its executable; None where there is none."""
    return _CHOSEN or next(filter(None, map(shutil.which, _NAMES)), None)


class Chromium:
    """The browser, which is started anew where it has died: one test fails of it, and not all that follow."""

    def __init__(self, kind: BrowserType, executable: str) -> None:
        self._kind = kind
        self._executable = executable
        self._browser: Browser | None = None

    def browser(self) -> Browser:
        """It, running."""
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._started()
        return self._browser

    def close(self) -> None:
        if self._browser is not None:
            self._browser.close()

    def _started(self) -> Browser:
        """In its sandbox, which root has not, nor a user in some containers."""
        if os.geteuid() != 0:
            try:
                return self._launched(sandbox=True)
            except Error as error:
                if "sandbox" not in error.message:
                    raise
        return self._launched(sandbox=False)

    def _launched(self, *, sandbox: bool) -> Browser:
        return self._kind.launch(executable_path=self._executable, args=_FLAGS, chromium_sandbox=sandbox)


@contextmanager
def launched(executable: str) -> Iterator[Chromium]:
    """The browser, without a window. Its calls block the event loop of the thread, which must have no other."""
    with sync_playwright() as playwright:
        chromium = Chromium(playwright.chromium, executable)
        yield chromium
        chromium.close()
