"""MCP over streamable HTTP: the SDK's own client against a real server over a fake engine."""

import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import anyio
import httpx
import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from mcp import Client, MCPError
from pydantic import TypeAdapter

from api.app import create_app
from qa.errors import BadFiltersError
from qa.reading.searching import Found
from qa.records import Answer, Request
from tests.api.fakes import FOUND, TEXT, FakeEngine, SlowEngine, answer, no_answer
from tests.api.live import served, until
from vectorstore.errors import EmbeddingError

PROTOCOLS = ["2026-07-28", "legacy"]  # without and with a handshake
Use = Callable[[Client], Awaitable[Any]]


@pytest.fixture(scope="module")
def served_engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture(scope="module")
def url(served_engine: FakeEngine) -> Iterator[str]:
    with served(served_engine.as_engine()) as address:
        yield f"{address}/mcp"


@pytest.fixture
def fake(served_engine: FakeEngine) -> FakeEngine:
    served_engine.replies.clear()
    served_engine.asked.clear()
    return served_engine


def using(url: str, use: Use, protocol: str = "2026-07-28") -> Any:
    """What the use of a client gives."""

    async def run() -> Any:
        async with Client(url, mode=protocol) as client:
            return await use(client)

    return anyio.run(run)


def called(url: str, tool: str, /, protocol: str = "2026-07-28", **arguments: object) -> Any:
    return using(url, lambda client: client.call_tool(tool, arguments), protocol)


def test_the_tools_are_described(url: str) -> None:
    tools = using(url, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["ask", "search", "get_article", "list_articles"]
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.description
        assert tool.output_schema["type"] == "object"
        Draft202012Validator.check_schema(tool.output_schema)
        for name, field in tool.input_schema["properties"].items():
            assert field.get("description") or name == "mode"
    assert set(tools[0].output_schema["required"]) == set(TypeAdapter(Answer).dump_python(answer()))


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("reply", [answer(), no_answer(text="The articles don't say.")])
def test_ask_gives_the_answer(url: str, fake: FakeEngine, protocol: str, reply: Answer) -> None:
    fake.replies = [reply]
    result = called(url, "ask", protocol, question="how many?", since="2021-08-01", sources=["A"], conversation_id="c")
    assert not result.is_error
    assert TypeAdapter(Answer).validate_python(result.structured_content) == reply
    assert json.loads(result.content[0].text) == result.structured_content
    (asked,) = fake.asked
    assert (asked.question, str(asked.filters.since), asked.filters.sources) == ("how many?", "2021-08-01", ("A",))
    assert asked.conversation_id == "c"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2021-08-20", date(2021, 8, 20)), ("2021-08-20T09:30:00Z", datetime(2021, 8, 20, 9, 30, tzinfo=UTC))],
)
def test_a_moment_is_a_day_or_a_time(url: str, fake: FakeEngine, as_of: str, expected: date) -> None:
    fake.replies = [answer()]
    assert not called(url, "ask", question="how many?", as_of=as_of).is_error
    assert [one.filters.as_of for one in fake.asked] == [expected]


def test_search_gives_passages(url: str, fake: FakeEngine) -> None:
    result = called(url, "search", question="Kabul", limit=1)
    assert TypeAdapter(Found).validate_python(result.structured_content) == FOUND
    assert fake.asked == [Request("Kabul")]


def test_articles_are_listed_and_read(url: str) -> None:
    page = called(url, "list_articles").structured_content
    assert (page["total"], page["next_cursor"]) == (1, None)
    (item,) = page["items"]
    article = called(url, "get_article", article_id=item["id"], revision=1).structured_content
    assert (article["text"], article["current"]) == (TEXT, True)


def test_an_article_is_a_resource(url: str) -> None:
    templates = using(url, lambda client: client.list_resource_templates()).resource_templates
    assert [template.uri_template for template in templates] == ["article://{id}"]
    (content,) = using(url, lambda client: client.read_resource("article://airlift-1f0a9c3d")).contents
    assert (content.text, content.mime_type) == (TEXT, "text/plain")

    async def miss(client: Client) -> str:
        with pytest.raises(MCPError) as raised:
            await client.read_resource("article://nope")
        return str(raised.value)

    assert using(url, miss) == "No article has the id 'nope'."


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": " "}, "The question is empty"),
        ("ask", {"question": "x", "since": "yesterday"}, "The arguments of ask are wrong: since: Input should be"),
        ("ask", {}, "question: Field required"),
        ("ask", {"question": "x", "mode": "loud"}, "mode: Input should be 'auto', 'extractive' or 'generated'"),
        ("search", {"question": "x", "limit": 101}, "limit: Input should be less than or equal to 100"),
        ("get_article", {"article_id": "nope"}, "No article has the id 'nope'"),
        ("nope", {}, "Unknown tool: nope"),
    ],
)
def test_what_is_wrong_is_a_tools_error(
    url: str, fake: FakeEngine, protocol: str, tool: str, arguments: dict[str, object], said: str
) -> None:
    result = called(url, tool, protocol, **arguments)
    assert result.is_error
    assert said in result.content[0].text
    assert "pydantic" not in result.content[0].text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BadFiltersError("No article is of the source 'Tmes'."), "No article is of the source 'Tmes'."),
        (EmbeddingError("s3cret"), "The embedding model failed; the server's log says how."),
        (ValueError("s3cret"), "Error executing tool ask"),
    ],
)
def test_what_fails_is_told_in_our_words(url: str, fake: FakeEngine, error: Exception, said: str) -> None:
    fake.replies = [error]
    result = called(url, "ask", question="x")
    assert result.is_error
    assert said in result.content[0].text
    assert "s3cret" not in result.content[0].text


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_client_that_leaves_stops_the_model(protocol: str) -> None:
    slow = SlowEngine()

    async def ask_and_leave(client: Client) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.call_tool, "ask", {"question": "x"})
            await anyio.to_thread.run_sync(slow.begun.wait, 5)
            tasks.cancel_scope.cancel()

    with served(slow.as_engine()) as address:
        using(f"{address}/mcp", ask_and_leave, protocol)
        assert until(slow.given_up.is_set)


def test_other_sites_and_hosts_are_refused(engine: FakeEngine) -> None:
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    accept = {"Accept": "application/json, text/event-stream"}
    with TestClient(create_app(engine.as_engine(), loopback=True), base_url="http://localhost:8000") as local:
        assert local.post("/mcp", json=body, headers=accept).status_code == 200
        assert local.post("/mcp", json=body, headers=accept | {"Origin": "https://evil.example"}).status_code == 403
        assert local.post("/mcp", json=body, headers=accept | {"Host": "evil.example"}).status_code == 421


def test_there_are_no_sessions(url: str) -> None:
    for method in ("GET", "DELETE"):
        response = httpx.request(method, url, trust_env=False)
        assert (response.status_code, response.headers["allow"]) == (405, "POST, OPTIONS")


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"jsonrpc": "2.0", "method": 7}', b"\xff", b" " * 1_100_000])
def test_what_is_no_message_is_refused(url: str, body: bytes) -> None:
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    response = httpx.post(url, content=body, headers=headers, trust_env=False)
    assert 400 <= response.status_code < 500
    assert b"Traceback" not in response.content
