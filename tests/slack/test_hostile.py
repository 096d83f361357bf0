"""Hostile texts as questions, titles, sources, addresses and quotes: all are shown, and none of them does anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.language.similarity import Similarity
from tests.api.live import served
from tests.slack.bots import Bot, running
from tests.slack.hostile import TEXTS, URLS
from tests.slack.people import People, until
from tests.slack.server import Server
from tests.slack.validation import links, mentions, words
from tests.slack.waiting import ANN, is_final
from tests.slack.workspace import Said
from vectorstore.embedder import Embedder
from vectorstore.records import Article, Source
from vectorstore.store import Store

AT_ONCE = 4
"""Hostile texts in a question, and hostile articles in an answer."""


@pytest.fixture(scope="module")
def hostile_service(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service whose articles are made of hostile texts, four about each town, which differ."""
    engine = Engine(Store.open(tmp_path_factory.mktemp("hostile") / "data", embedder), Similarity(embedder))
    addresses = [*URLS, *TEXTS]
    made = [
        Article(
            f"id:{number}",
            f"{text[:500]}\n\nIn all {number + 21} ships were lost in Town{number // AT_ONCE}, {text[:500]} said.",
            title=text,
            source=text,
            url=addresses[number % len(addresses)],
        )
        for number, text in enumerate(TEXTS)
    ]
    results = engine.store.ingest([Source(article.key, article) for article in made])
    assert sum(result.outcome == "added" for result in results) >= 200
    with served(engine) as url:
        yield url
    engine.close()


def test_there_are_two_hundred() -> None:
    assert len(set(TEXTS)) >= 200


def test_hostile_texts_do_nothing(hostile_service: str, slack: Server, people: People, tmp_path: Path) -> None:
    begins = range(0, len(TEXTS), AT_ONCE)
    questions = ["\n".join(escaped(text)[:500] for text in TEXTS[at : at + AT_ONCE]) for at in begins]
    questions += [f"How many ships were lost in Town{number}?" for number in range(len(begins))]
    with running(Bot(tmp_path / "bot", hostile_service, slack)):
        channel = people.space.direct(ANN)
        asked = {people.say(channel, ANN, question) for question in questions}
        until(lambda: len({one.thread_ts for one in finals(people)}) == len(asked), 60, every_s=0.1)
    assert slack.space.refused == []
    sent = [call.args for call in people.space.called("chat.postMessage")]
    assert all(message["unfurl_links"] is False and message["unfurl_media"] is False for message in sent)
    for message in sent:
        assert mentions(message) == []
        for url, label in links(message):
            assert url.isascii()
            assert url.startswith(("http://", "https://"))
            assert not label.startswith("http") or label == url
    shown = "".join(map(words, sent))
    assert sum(f"In all {number + 21} ships were lost" in shown for number in range(len(TEXTS))) >= 80
    assert "<!channel>" in shown


def finals(people: People) -> list[Said]:
    return [one for one in list(people.space.messages.values()) if is_final(one)]


def escaped(text: str) -> str:
    """As Slack sends what a person typed."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
