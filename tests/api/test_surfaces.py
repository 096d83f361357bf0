"""One answer everywhere: the same text, quotes and offsets on every surface. A new surface is one entry here."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
from mcp.client import Client

from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.reading.trained import packaged
from tests.api.live import served
from tests.api.web import chromium
from tests.api.web.apart import Apart, window_apart
from tests.api.web.reading import UNTOLD, read
from tests.api.web.window import Window
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
Told = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A question. before: the one that it follows; filters: as POST /ask takes them."""

    question: str
    before: str | None = None
    filters: dict[str, Any] = field(default_factory=dict)


LIMITED = {"until": "2021-08-29", "as_of": "2021-08-30", "sources": ["meridian wire"]}
QUESTIONS = [
    Asked("Who warned Ben Wallace?"),
    Asked(HOW_MANY),
    Asked("How many helicopters crashed in Norway?"),
    Asked("What did he say?"),
    Asked("Why did the last flight reach Kabul airport?"),
    Asked("by whom?", before=HOW_MANY),
    Asked("Who warned Ben Wallace?", filters=LIMITED),
    Asked("How many helicopters crashed in Norway?", filters={"since": "2021-08-29"}),
]


class Service:
    """A running service, and the page on it in a browser, which is started where it is asked for."""

    def __init__(self, url: str, opened: ExitStack) -> None:
        self.url = url
        self._opened = opened

    @cached_property
    def page(self) -> Apart:
        executable = chromium.find()
        if executable is None:
            pytest.skip(chromium.HOW)
        return self._opened.enter_context(window_apart(executable))


@dataclass(frozen=True)
class Surface:
    """A way to ask a service. untold: fields that it gives in no such form."""

    ask: Callable[[Service, Asked], Told]
    untold: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    embedder = open_embedding("wordllama", None, None, 0)
    store = Store.open(tmp_path_factory.mktemp("surfaces") / "data", embedder)
    store.ingest(Source(one.key, one) for one in (BEGINS, ENDS))
    engine = Engine(store, Similarity(embedder), reader=packaged())
    with served(engine) as url, ExitStack() as opened:
        yield Service(url, opened)
    engine.close()


def _post(url: str, path: str, body: object, **headers: str) -> httpx.Response:
    return httpx.post(f"{url}{path}", json=body, headers=headers, timeout=20).raise_for_status()


def _body(url: str, asked: Asked) -> dict[str, Any]:
    """Of POST /ask, in a conversation in which the question before was asked."""
    name: str = _post(url, "/conversations", {}).json()["id"]
    if asked.before is not None:
        _post(url, "/ask", {"question": asked.before, "conversation_id": name})
    return {"question": asked.question, "filters": asked.filters, "conversation_id": name}


def as_json(service: Service, asked: Asked) -> Told:
    told: Told = _post(service.url, "/ask", _body(service.url, asked)).json()
    return told


def as_events(service: Service, asked: Asked) -> Told:
    text = _post(service.url, "/ask", _body(service.url, asked), accept="text/event-stream").text
    told: Told = json.loads(text.split("event: answer\ndata: ")[1].split("\n")[0])
    return told


def reloaded(service: Service, asked: Asked) -> Told:
    body = _body(service.url, asked)
    _post(service.url, "/ask", body)
    told: Told = httpx.get(f"{service.url}/conversations/{body['conversation_id']}").json()["turns"][-1]["answer"]
    return told


def _messages(url: str, asked: Asked) -> list[dict[str, str]]:
    if asked.filters:
        pytest.skip("OpenAI's requests have no filters")
    messages = [{"role": "user", "content": asked.question}]
    if asked.before is not None:
        earlier = {"role": "user", "content": asked.before}
        body = {"model": "dateline", "messages": [earlier]}
        said = _post(url, "/v1/chat/completions", body).json()["choices"][0]["message"]["content"]
        messages = [earlier, {"role": "assistant", "content": said}, *messages]
    return messages


def as_chat_completion(service: Service, asked: Asked) -> Told:
    whole = _post(
        service.url, "/v1/chat/completions", {"model": "dateline", "messages": _messages(service.url, asked)}
    ).json()
    told: Told = whole["dateline"]
    if told["status"] == "answered":
        assert whole["choices"][0]["message"]["content"].startswith(told["text"].split(" [1]")[0])
    return told


def as_response(service: Service, asked: Asked) -> Told:
    told: Told = _post(
        service.url, "/v1/responses", {"model": "dateline", "input": _messages(service.url, asked)}
    ).json()["dateline"]
    return told


def on_the_command_line(service: Service, asked: Asked) -> Told:
    if asked.before is not None:
        pytest.skip("`qa ask` asks each question by itself; `qa chat` has the conversations")
    options = [f"--{name.replace('_', '-')}={day}" for name, day in asked.filters.items() if name != "sources"]
    options += [f"--source={name}" for name in asked.filters.get("sources", ())]
    program = [sys.executable, "-c", "from clients.cli.app import main; main()"]
    command = [*program, "ask", "--json", *options, asked.question]
    environment = {"QA_SERVER": service.url, "PYTHONPATH": str(ROOT), "PATH": ""}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, timeout=60, check=False)
    told: Told = json.loads(done.stdout)
    return told


def by_mcp(service: Service, asked: Asked) -> Told:
    if asked.before is not None:
        pytest.skip("MCP's `ask` takes questions that stand alone: the program that calls it has the conversation")

    async def call() -> Told:
        async with Client(f"{service.url}/mcp") as client:
            result = await client.call_tool("ask", {"question": asked.question, **asked.filters})
            assert result.structured_content is not None
            return dict(result.structured_content)

    return asyncio.run(call())


def in_slack(service: Service, asked: Asked) -> Told:
    if asked.filters:
        pytest.skip("a message in Slack has no filters")
    with TemporaryDirectory() as folder, Server(Workspace()) as slack, running(Bot(Path(folder), service.url, slack)):
        people = People(slack)
        thread = people.ask(CHANNEL, ANN, asked.question if asked.before is None else asked.before)
        shown = answers(people, CHANNEL, thread)
        if asked.before is not None:
            people.say(CHANNEL, ANN, asked.question, thread)
            shown = answers(people, CHANNEL, thread, 2)
    newest = httpx.get(f"{service.url}/conversations", params={"limit": 1}).json()["items"][0]["id"]
    told: Told = httpx.get(f"{service.url}/conversations/{newest}").json()["turns"][-1]["answer"]
    shown_last = said_in_slack(shown[-1])
    assert told["text"] in shown_last
    assert all(citation["quote"] in shown_last for citation in told["citations"])
    assert all(near["quote"] in shown_last for near in told["nearest"])
    return told


def on_the_page(service: Service, asked: Asked) -> Told:
    def ask(window: Window) -> Told:
        window.visit(service.url)
        if asked.before is not None:
            window.ask(asked.before)
        if asked.filters:
            window.filter(asked.filters)
        told = read(window, window.ask(asked.question), asked.question)
        assert window.wrongs == []
        return told

    return service.page.do(ask)


SURFACES = [
    Surface(as_events),
    Surface(reloaded),
    Surface(as_chat_completion),
    Surface(as_response),
    Surface(on_the_command_line),
    Surface(by_mcp),
    Surface(in_slack),
    Surface(on_the_page, untold=UNTOLD),
]


def said(told: Told, untold: Set[str]) -> Told:
    """What must be the same everywhere, but for what a surface gives in no such form."""

    def picked(record: Told, prefix: str, names: Sequence[str]) -> Told:
        return {name: record[name] for name in names if f"{prefix}{name}" not in untold}

    fields = ("status", "reason", "text", "standalone_question", "short_answer", "agreement", "suggestions")
    of_a_figure = ("value", "unit", "text", "markers", "source", "as_of")
    of_a_citation = ("marker", "article_id", "revision", "quote", "start", "end", "support", "gone")
    of_filters = ("since", "until", "as_of", "sources", "told")
    given = told["given_filters"]
    return picked(told, "", fields) | {
        "given_filters": given and picked(given, "given_filters.", of_filters),
        "figures": [picked(one, "figures.", of_a_figure) for one in told["figures"]],
        "citations": [picked(one, "citations.", of_a_citation) for one in told["citations"]],
    }


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.ask.__name__)
@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.question)
def test_every_surface_gives_the_same_answer(service: Service, surface: Surface, asked: Asked) -> None:
    expected = as_json(service, asked)
    told = surface.ask(service, asked)
    assert said(told, surface.untold) == said(expected, surface.untold)
    for citation in told["citations"]:
        text = httpx.get(f"{service.url}/articles/{citation['article_id']}").json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_questions_are_of_every_kind(service: Service) -> None:
    told = [as_json(service, asked) for asked in QUESTIONS]
    assert [one["reason"] for one in told[:5]] == [None, None, "weak_evidence", "unclear", "contradicted"]
    assert told[4]["text"] == f"The articles say otherwise: {told[4]['nearest'][0]['quote']}"
    assert told[1]["agreement"] == "changed"
    assert told[5]["standalone_question"] != "by whom?"
    assert [one["given_filters"] for one in told[:6]] == [None] * 6
    assert {name: told[6]["given_filters"][name] for name in LIMITED} == LIMITED
    assert [one["status"] for one in told[6:]] == ["answered", "no_answer"]
