"""One browser and one service for all tests of the page; each test has a window of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from qa.engine import Engine
from qa.generate import Writer
from qa.language.similarity import Similarity
from qa.llm.model import ChatModel
from tests.api.live import served
from tests.api.web import chromium
from tests.api.web.site import ARTICLES, Site
from tests.api.web.window import Window
from vectorstore.embedder import Embedder
from vectorstore.embedding import open_embedding
from vectorstore.records import Source
from vectorstore.store import Store

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium.find()
    if executable is None:
        pytest.skip(chromium.HOW)
    with chromium.launched(executable) as started:
        yield started


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return open_embedding("wordllama", None, None, 0)


@pytest.fixture(scope="session")
def site(browser: Browser, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service with a few articles, which no test takes away."""
    engine = Engine(Store.open(tmp_path_factory.mktemp("page") / "data", embedder), Similarity(embedder))
    engine.store.ingest([Source(article.key, article) for article in ARTICLES])
    with served(engine) as url:
        yield Site(url, engine)
    engine.close()


@pytest.fixture
def empty_site(browser: Browser, embedder: Embedder, tmp_path: Path) -> Iterator[Site]:
    """A service without an article."""
    engine = Engine(Store.open(tmp_path / "data", embedder), Similarity(embedder))
    with served(engine) as url:
        yield Site(url, engine)
    engine.close()


@pytest.fixture
def windows(browser: Browser) -> Iterator[Callable[..., Window]]:
    """Opens windows; in none of them may a script fail, a dialog open, or a request go elsewhere."""
    opened: list[Window] = []

    def open_window(site: Site, **options: object) -> Window:
        opened.append(Window(browser, site.url, **options))
        return opened[-1]

    yield open_window
    for window in opened:
        window.close()
    for window in opened:
        assert window.wrongs == []


@pytest.fixture
def window(windows: Callable[..., Window], site: Site) -> Window:
    """A window at the start of the page."""
    opened: Window = windows(site)
    opened.go("#/")
    return opened


@pytest.fixture
def with_model(site: Site, embedder: Embedder) -> Iterator[Callable[[ChatModel], None]]:
    """Has a model write the answers, until the test ends."""
    similarity = Similarity(embedder)

    def use(model: ChatModel) -> None:
        site.engine.writer = Writer(model, similarity)

    yield use
    site.engine.writer = None
