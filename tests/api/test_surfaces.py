"""One answer everywhere: the same text, quotes and offsets on every surface. A new surface is one entry here."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
from mcp.client import Client

from qa.engine import Engine
from qa.language.similarity import Similarity
from tests.api.live import served
from tests.slack.bots import Bot, running
from tests.slack.people import People
from tests.slack.server import Server
from tests.slack.waiting import ANN, CHANNEL, answers
from tests.slack.waiting import said as said_in_slack
from tests.slack.workspace import Workspace
from vectorstore.embedding import open_embedding
from vectorstore.records import Article, Source
from vectorstore.store import Store

ROOT = Path(__file__).parents[2]
BEGINS = Article(
    key="begins",
    title="Airlift from Kabul 🙂 begins",
    source="Meridian Wire",
    published_at="2021-08-13",
    text="🙂 Britain has evacuated 3,000 people from Kabul, the Ministry said. Nick Carter warned Ben Wallace.",
)
ENDS = Article(
    key="ends",
    title="Airlift from Kabul ends",
    source="Thameside Courier",
    url="https://example.org/ends",
    published_at="2021-08-29",
    text="In all, 15,000 people were evacuated from Kabul by British troops. The last flight has left Kabul airport.",
)
HOW_MANY = "How many people were evacuated from Kabul?"
# Each question with the one that it follows, if it follows one.
QUESTIONS = [
    (None, "Who warned Ben Wallace?"),
    (None, HOW_MANY),
    (None, "How many helicopters crashed in Norway?"),
    (None, "What did he say?"),
    (HOW_MANY, "by whom?"),
]
Told = dict[str, Any]
Surface = Callable[[str, "str | None", str], Told]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    embedder = open_embedding("wordllama", None, None, 0)
    store = Store.open(tmp_path_factory.mktemp("surfaces") / "data", embedder)
    store.ingest(Source(one.key, one) for one in (BEGINS, ENDS))
    engine = Engine(store, Similarity(embedder))
    with served(engine) as address:
        yield address
    engine.close()


def _post(url: str, path: str, body: object, **headers: str) -> httpx.Response:
    return httpx.post(f"{url}{path}", json=body, headers=headers, timeout=20).raise_for_status()


def _conversation(url: str, before: str | None) -> str:
    name: str = _post(url, "/conversations", {}).json()["id"]
    if before is not None:
        _post(url, "/ask", {"question": before, "conversation_id": name})
    return name


def as_json(url: str, before: str | None, question: str) -> Told:
    body = {"question": question, "conversation_id": _conversation(url, before)}
    told: Told = _post(url, "/ask", body).json()
    return told


def as_events(url: str, before: str | None, question: str) -> Told:
    body = {"question": question, "conversation_id": _conversation(url, before)}
    text = _post(url, "/ask", body, accept="text/event-stream").text
    told: Told = json.loads(text.split("event: answer\ndata: ")[1].split("\n")[0])
    return told


def reloaded(url: str, before: str | None, question: str) -> Told:
    name = _conversation(url, before)
    _post(url, "/ask", {"question": question, "conversation_id": name})
    told: Told = httpx.get(f"{url}/conversations/{name}").json()["turns"][-1]["answer"]
    return told


def _messages(url: str, before: str | None, question: str) -> list[dict[str, str]]:
    messages = [{"role": "user", "content": question}]
    if before is not None:
        body = {"model": "dateline", "messages": [{"role": "user", "content": before}]}
        said = _post(url, "/v1/chat/completions", body).json()["choices"][0]["message"]["content"]
        messages = [{"role": "user", "content": before}, {"role": "assistant", "content": said}, *messages]
    return messages


def as_chat_completion(url: str, before: str | None, question: str) -> Told:
    whole = _post(
        url, "/v1/chat/completions", {"model": "dateline", "messages": _messages(url, before, question)}
    ).json()
    told: Told = whole["dateline"]
    if told["status"] == "answered":
        assert whole["choices"][0]["message"]["content"].startswith(told["text"].split(" [1]")[0])
    return told


def as_response(url: str, before: str | None, question: str) -> Told:
    told: Told = _post(url, "/v1/responses", {"model": "dateline", "input": _messages(url, before, question)}).json()[
        "dateline"
    ]
    return told


def on_the_command_line(url: str, before: str | None, question: str) -> Told:
    if before is not None:
        pytest.skip("`qa ask` asks each question by itself; `qa chat` has the conversations")
    command = [sys.executable, "-c", "from clients.cli.app import main; main()", "ask", "--json", question]
    environment = {"QA_SERVER": url, "PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=60, check=False)
    told: Told = json.loads(done.stdout)
    return told


def by_mcp(url: str, before: str | None, question: str) -> Told:
    if before is not None:
        pytest.skip("MCP's `ask` takes questions that stand alone: the program that calls it has the conversation")

    async def call() -> Told:
        async with Client(f"{url}/mcp") as client:
            result = await client.call_tool("ask", {"question": question})
            assert result.structured_content is not None
            return dict(result.structured_content)

    return asyncio.run(call())


def in_slack(url: str, before: str | None, question: str) -> Told:
    with TemporaryDirectory() as folder, Server(Workspace()) as slack, running(Bot(Path(folder), url, slack)):
        people = People(slack)
        thread = people.ask(CHANNEL, ANN, question if before is None else before)
        shown = answers(people, CHANNEL, thread)
        if before is not None:
            people.say(CHANNEL, ANN, question, thread)
            shown = answers(people, CHANNEL, thread, 2)
    newest = httpx.get(f"{url}/conversations", params={"limit": 1}).json()["items"][0]["id"]
    told: Told = httpx.get(f"{url}/conversations/{newest}").json()["turns"][-1]["answer"]
    read = said_in_slack(shown[-1])
    assert told["text"] in read
    assert all(citation["quote"] in read for citation in told["citations"])
    assert all(near["quote"] in read for near in told["nearest"])
    return told


SURFACES: list[Surface] = [
    as_events,
    reloaded,
    as_chat_completion,
    as_response,
    on_the_command_line,
    by_mcp,
    in_slack,
]


def said(told: Told) -> Told:
    """What must be the same everywhere."""
    fields = ("status", "reason", "text", "standalone_question", "short_answer", "figures", "agreement", "suggestions")
    places = ("marker", "article_id", "revision", "quote", "start", "end", "support", "gone")
    cited = [{name: citation[name] for name in places} for citation in told["citations"]]
    return {name: told[name] for name in fields} | {"citations": cited}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("before", "question"), QUESTIONS)
def test_every_surface_gives_the_same_answer(url: str, surface: Surface, before: str | None, question: str) -> None:
    expected = as_json(url, before, question)
    told = surface(url, before, question)
    assert said(told) == said(expected)
    for citation in told["citations"]:
        text = httpx.get(f"{url}/articles/{citation['article_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_questions_are_of_every_kind(url: str) -> None:
    told = [as_json(url, before, question) for before, question in QUESTIONS]
    assert [one["reason"] for one in told[:4]] == [None, None, "weak_evidence", "unclear"]
    assert told[1]["agreement"] == "changed"
    assert told[4]["standalone_question"] != "by whom?"
