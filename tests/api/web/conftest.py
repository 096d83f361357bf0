"""One browser, one window and one service for all tests of the page, which each test loads anew."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

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
from vectorstore.identity import article_id
from vectorstore.records import Source
from vectorstore.store import Store


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    executable = chromium.find()
    if executable is None:
        pytest.skip(chromium.HOW)
    with chromium.launched(executable) as started:
        yield started


@pytest.fixture(scope="package")
def embedder() -> Embedder:
    return open_embedding("wordllama", None, None, 0)


@pytest.fixture(scope="package")
def service(browser: Browser, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service with a few articles."""
    engine = Engine(Store.open(tmp_path_factory.mktemp("page") / "data", embedder), Similarity(embedder))
    engine.store.ingest([Source(article.key, article) for article in ARTICLES])
    with served(engine) as url:
        yield Site(url, engine)
    engine.close()


@pytest.fixture
def site(service: Site) -> Iterator[Site]:
    """The service, which after a test has the articles again that it had before, and no others."""
    yield service
    kept = {article_id(article.key) for article in ARTICLES}
    for article in service.engine.store.articles(limit=500).items:
        if article.id not in kept:
            service.engine.store.delete(article.id)


@pytest.fixture
def empty_site(embedder: Embedder, tmp_path: Path) -> Iterator[Site]:
    """A service without an article."""
    engine = Engine(Store.open(tmp_path / "data", embedder), Similarity(embedder))
    with served(engine) as url:
        yield Site(url, engine)
    engine.close()


@pytest.fixture(scope="package")
def opened(browser: Browser) -> Iterator[Window]:
    """The one window: a new one costs more than all that a test does in it."""
    only = Window(browser)
    yield only
    only.close()


@pytest.fixture
def window(opened: Window, site: Site) -> Iterator[Window]:
    """A window at the start of the page. In none may a script fail, a dialog open, or a request go elsewhere."""
    opened.visit(site.url)
    yield opened
    opened.leave()
    assert opened.wrongs == []


@pytest.fixture
def empty_window(opened: Window, empty_site: Site) -> Iterator[Window]:
    """The same, on a service without an article."""
    opened.visit(empty_site.url)
    yield opened
    opened.leave()
    assert opened.wrongs == []


@pytest.fixture
def with_model(site: Site, embedder: Embedder) -> Iterator[Callable[[ChatModel], None]]:
    """Has a model write the answers, until the test ends."""
    similarity = Similarity(embedder)

    def use(model: ChatModel) -> None:
        site.engine.writer = Writer(model, similarity)

    yield use
    site.engine.writer = None
