"""Conversations through the HTTP client, over the real engine."""

from collections.abc import Iterator

import pytest

from clients.http import HttpClient
from qa.engine import Engine
from qa.errors import AnswerNotFoundError, ConversationNotFoundError
from qa.language.similarity import Similarity
from qa.records import Request
from tests.api.live import served
from vectorstore.embedding import open_embedding
from vectorstore.records import Article, Source
from vectorstore.store import Store

TEXT = "In Operation Pitting, 15,000 people were evacuated from Kabul by British troops."


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpClient]:
    embedder = open_embedding("wordllama", None, None, 0)
    store = Store.open(tmp_path_factory.mktemp("conversations") / "data", embedder)
    store.ingest([Source("a", Article("id:a", TEXT, "The airlift ends", source="The Example"))])
    engine = Engine(store, Similarity(embedder))
    with served(engine) as url, HttpClient(url) as opened:
        yield opened
    engine.close()


def test_a_turn_is_judged_and_taken_back(client: HttpClient) -> None:
    began = client.start_conversation()
    answer = client.ask(Request("How many people were evacuated from Kabul?", conversation_id=began.id, asker="ada"))
    assert client.judge(answer.id, "up", asker="ada").verdict == "up"
    assert client.judge(answer.id, "down", asker="ada").asker == "ada"
    (judged,) = client.feedback(limit=5).items
    assert (judged.verdict, judged.answer_id) == ("down", answer.id)
    client.take_back(began.id, answer.id)
    assert client.conversation(began.id).turns == ()
    assert client.feedback(limit=5).total == 0
    with pytest.raises(AnswerNotFoundError):
        client.take_back(began.id, answer.id)
    with pytest.raises(AnswerNotFoundError):
        client.judge("nope", "up")


def test_a_conversation_is_deleted(client: HttpClient) -> None:
    began = client.start_conversation()
    client.delete_conversation(began.id)
    with pytest.raises(ConversationNotFoundError):
        client.conversation(began.id)
    with pytest.raises(ConversationNotFoundError):
        client.delete_conversation(began.id)


def test_the_publishers(client: HttpClient) -> None:
    assert client.sources() == ("The Example",)
