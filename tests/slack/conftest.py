"""A service, a Slack and a bot between them. The service is one for all tests; a Slack and a bot are a test's own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.llm.model import ChatModel
from qa.writing.generate import Writer
from tests.api.live import served
from tests.api.web.site import ARTICLES, Site
from tests.slack.bots import Bot, running
from tests.slack.people import People
from tests.slack.server import Server
from tests.slack.workspace import Workspace
from vectorstore.embedder import Embedder
from vectorstore.embedding import open_embedding
from vectorstore.identity import article_id
from vectorstore.records import Source
from vectorstore.store import Store


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.upper().startswith(("QA_", "SLACK_")) or name.upper() in {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"}:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="package")
def embedder() -> Embedder:
    return open_embedding("wordllama", None, None, 0)


@pytest.fixture(scope="package")
def service(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    engine = Engine(Store.open(tmp_path_factory.mktemp("service") / "data", embedder), Similarity(embedder))
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
def with_model(site: Site, embedder: Embedder) -> Iterator[Callable[[ChatModel], None]]:
    """Has a model write the answers, until the test ends."""
    similarity = Similarity(embedder)

    def use(model: ChatModel) -> None:
        site.engine.writer = Writer(model, similarity)

    yield use
    site.engine.writer = None


@pytest.fixture
def slack() -> Iterator[Server]:
    with Server(Workspace(), patience_s=1.0) as server:
        yield server


@pytest.fixture
def people(slack: Server) -> People:
    return People(slack)


@pytest.fixture
def bot(tmp_path: Path, site: Site, slack: Server) -> Iterator[Bot]:
    with running(Bot(tmp_path / "bot", site.url, slack)) as started:
        yield started
        # All that the bot has sent was within Slack's limits, scopes and pace, and can be read out.
        assert slack.space.refused == []
        assert slack.space.too_fast() == []
        sent = [*slack.space.called("chat.postMessage"), *slack.space.called("chat.update")]
        assert all(call.args["text"] for call in sent)
