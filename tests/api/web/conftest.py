"""One browser, one window and one service for all tests of the page, which each test loads anew."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.llm.model import ChatModel
from qa.writing.generate import Writer
from tests.api.live import served
from tests.api.web import chromium
from tests.api.web.chromium import Chromium
from tests.api.web.site import ARTICLES, Site
from tests.api.web.window import Window
from vectorstore.embedder import Embedder
from vectorstore.embedding import open_embedding
from vectorstore.identity import article_id
from vectorstore.records import Source
from vectorstore.store import Store


@pytest.fixture(scope="package")
def browser() -> Iterator[Chromium]:
    executable = chromium.find()
    if executable is None:
        pytest.skip(chromium.HOW)
    with chromium.launched(executable) as started:
        yield started


@pytest.fixture(scope="package")
def embedder() -> Embedder:
    return open_embedding("wordllama", None, None, 0)


@contextmanager
def running(folder: Path, embedder: Embedder, sources: Sequence[Source]) -> Iterator[Site]:
    """A service with these articles."""
    engine = Engine(Store.open(folder, embedder), Similarity(embedder))
    engine.store.ingest(sources)
    with served(engine) as url:
        yield Site(url, engine)
    engine.close()


@pytest.fixture(scope="package")
def service(browser: Chromium, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service with a few articles."""
    sources = [Source(article.key, article) for article in ARTICLES]
    with running(tmp_path_factory.mktemp("page") / "data", embedder, sources) as site:
        yield site


@pytest.fixture
def site(service: Site) -> Iterator[Site]:
    """The service, which after a test has the articles again that it had before, and nothing else."""
    yield service
    for conversation in service.engine.conversations.page(500).items:
        service.engine.conversations.delete(conversation.id)
    kept = {article_id(article.key) for article in ARTICLES}
    for article in service.engine.store.articles(limit=500).items:
        if article.id not in kept:
            service.engine.store.delete(article.id)


@pytest.fixture
def empty_site(embedder: Embedder, tmp_path: Path) -> Iterator[Site]:
    """A service without an article."""
    with running(tmp_path / "data", embedder, ()) as site:
        yield site


@pytest.fixture(scope="package")
def opened(browser: Chromium) -> Iterator[Window]:
    """The one window: a new one costs more than all that a test does in it."""
    only = Window(browser)
    yield only
    only.close()


@contextmanager
def visiting(window: Window, site: Site) -> Iterator[Window]:
    """The window at the start of the page. In none may a script fail, a dialog open, or a request go elsewhere."""
    window.visit(site.url)
    yield window
    window.leave()
    assert window.wrongs == []


@pytest.fixture
def window(opened: Window, site: Site) -> Iterator[Window]:
    """The window at the start of the page, as it is first loaded."""
    with visiting(opened, site) as window:
        yield window


@pytest.fixture
def empty_window(opened: Window, empty_site: Site) -> Iterator[Window]:
    """The same, on a service without an article."""
    with visiting(opened, empty_site) as window:
        yield window


@pytest.fixture
def with_model(site: Site, embedder: Embedder) -> Iterator[Callable[[ChatModel], None]]:
    """Has a model write the answers, until the test ends."""
    similarity = Similarity(embedder)

    def use(model: ChatModel) -> None:
        site.engine.writer = Writer(model, similarity)

    yield use
    site.engine.writer = None
