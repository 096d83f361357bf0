"""`python -m tests.api.web.screenshots`: the pictures of docs/page.md, from a service over the samples."""

import tempfile
from pathlib import Path

from playwright.sync_api import Page

from api.routes.samples import FOLDER
from qa.bootstrap import open_engine
from qa.settings import Settings
from tests.api.live import served
from tests.api.web import chromium
from tests.api.web.window import Window
from vectorstore.readers import read_paths

PICTURES = Path(__file__).parents[3] / "docs" / "page"
QUESTIONS = ("How many US troops are being sent?", "How many provincial capitals have fallen to the Taliban?")


def main() -> None:
    """Ask two questions, and picture what is shown: light with an article, dark, and narrow."""
    executable = chromium.find()
    if executable is None:
        raise SystemExit(chromium.HOW)
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(Settings(data_dir=Path(folder) / "data"))
        engine.store.ingest(read_paths([FOLDER]))
        with served(engine) as url, chromium.launched(executable) as browser:
            window = Window(browser)
            window.visit(url)
            _picture(window)
            window.close()
        engine.close()


def _picture(window: Window) -> None:
    page = window.page
    for question in QUESTIONS:
        window.ask(question)
    _save(page, "differing")
    page.locator(".turn").nth(1).locator(".chip").first.click()
    page.locator("mark").wait_for()
    window.look(1200, 600)
    _save(page, "article")
    page.keyboard.press("Escape")
    window.look(scheme="dark")
    _save(page, "dark")
    window.look(360, 740)
    page.locator(".turn").nth(1).scroll_into_view_if_needed()
    page.evaluate("document.querySelectorAll('.turn')[1].scrollIntoView()")
    _save(page, "narrow")
    window.look()
    window.go("#/library")
    page.locator("#articles li").first.wait_for()
    _save(page, "library")


def _save(page: Page, name: str) -> None:
    page.evaluate("document.activeElement?.blur()")
    page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
