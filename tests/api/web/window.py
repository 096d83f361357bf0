"""A window of the browser on the page, which takes down all that must never happen in it."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Error, Locator, Request, expect

from tests.api.web.chromium import Chromium

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
WAIT_MS = 8_000
NARROW = 360  # pixels


class Window:
    """wrongs: scripts that failed or were kept from running, dialogs, and requests that went elsewhere."""

    def __init__(self, chromium: Chromium) -> None:
        self._chromium = chromium
        self.url = ""
        self.wrongs: list[str] = []
        self.requests: list[str] = []
        self._open()

    def _open(self) -> None:
        self.context = self._chromium.browser().new_context(locale="en-GB", reduced_motion="reduce")
        self.context.set_default_timeout(WAIT_MS)
        expect.set_options(timeout=WAIT_MS)
        self.context.on("request", self._requested)
        self.context.on("console", self._told)
        self.context.on("dialog", self._asked)
        self.context.on("weberror", lambda error: self.wrongs.append(f"script: {error.error}"))
        self.page = self.context.new_page()

    def visit(self, url: str) -> None:
        """The page of a service at its start, as if nothing had been there before."""
        try:
            self.leave()
        except Error:  # it died in the test before, or the browser with it
            with suppress(Error):
                self.context.close()
            self._open()
        self.url = url
        self.wrongs.clear()
        self.look()
        self.load("#/")

    def leave(self) -> None:
        """Undo what a test did to the window."""
        self.page.unroute_all()
        if self.url:
            self.page.evaluate("localStorage.clear()")

    def look(self, width: int = 1200, height: int = 800, scheme: Literal["light", "dark"] = "light") -> None:
        """The window's size, and the colours that its user likes."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=scheme)

    def go(self, view: str) -> None:
        """To a view, as by a link on the page."""
        self.page.evaluate("view => { document.activeElement.blur(); location.hash = view }", view)

    def load(self, view: str) -> None:
        """Load the page at a view."""
        if self.page.url.startswith(f"{self.url}/"):
            self.page.evaluate("view => history.replaceState(null, '', view)", view)
            self.page.reload()
        else:
            self.page.goto(f"{self.url}/{view}")

    def reload(self) -> None:
        self.page.reload()

    def ask(self, question: str) -> Locator:
        """Ask, and wait for what comes of it: the turn."""
        count = self.page.locator(".turn").count()
        self.page.fill("#question", question)
        self.page.press("#question", "Enter")
        turn = self.page.locator(".turn").nth(count)
        turn.locator(".tools, .error, .note").first.wait_for()
        return turn

    def filter(self, filters: Mapping[str, Any]) -> None:
        """Put filters on, named as POST /ask has them."""
        self.page.get_by_role("button", name="Filters").click()
        for name, given in filters.items():
            if name == "sources":
                for source in given:
                    self.page.fill("#source", source)
                    self.page.press("#source", "Enter")
            else:
                self.page.fill(f"#{name.replace('_', '-')}", given)

    def all(self, selector: str) -> list[str]:
        """The text of each, as it is in the page."""
        return [text or "" for text in self.page.locator(selector).evaluate_all("all => all.map(e => e.textContent)")]

    def breaches(self) -> list[str]:
        """What axe finds that people could not use, in any width; and in the dark, what they could not see."""
        if self.page.evaluate("typeof axe") == "undefined":
            self.page.evaluate(AXE)
        found = self._found_by_axe("{}")
        self.look(scheme="dark")
        found |= self._found_by_axe("{ runOnly: ['color-contrast'] }")
        self.look(NARROW)
        found |= self._found_by_axe("{ rules: { 'color-contrast': { enabled: false } } }")  # no width changes colours
        self.look()
        return sorted(found)

    def _found_by_axe(self, options: str) -> set[str]:
        found = self.page.evaluate(f"axe.run({{ resultTypes: ['violations'], ...{options} }})")
        assert found["passes"]
        return {f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found["violations"]}

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        wider: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wider

    def close(self) -> None:
        self.context.close()

    def _requested(self, request: Request) -> None:
        self.requests.append(request.url)
        parts = urlsplit(request.url)
        if f"{parts.scheme}://{parts.netloc}" != self.url:
            self.wrongs.append(f"request: {request.url}")

    def _told(self, message: ConsoleMessage) -> None:
        # Chromium tells of each response that is an error; the page shows those, which tests look at.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrongs.append(f"console: {message.text}")

    def _asked(self, dialog: Dialog) -> None:
        self.wrongs.append(f"dialog: {dialog.message}")
        dialog.dismiss()
