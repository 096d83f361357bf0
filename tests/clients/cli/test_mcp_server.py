"""`qa mcp` in a process of its own, by the SDK's own client over stdin and stdout."""

import json
import signal
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from api.mcp.desk import DeskError
from clients.cli.mcp_server import ClientDesk
from clients.embedded import EmbeddedClient
from qa.settings import Settings
from tests.api.fakes import FakeEngine, answer
from tests.api.live import served
from tests.clients.processes import LIMIT_S, QA, environment, qa

QUESTION = "how many were evacuated in Operation Pitting?"
HANDSHAKE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def using(folder: Path, use: Callable[[Client], Awaitable[Any]], **settings: str) -> Any:
    command, *arguments = QA
    server = StdioServerParameters(
        command=command, args=[*arguments, "mcp"], env=environment(folder, **settings), cwd=folder
    )

    async def run() -> Any:
        async with Client(stdio_client(server)) as client:
            return await use(client)

    return anyio.run(run)


@pytest.fixture(scope="module")
def engine_served() -> Iterator[tuple[FakeEngine, str]]:
    engine = FakeEngine()
    with served(engine.as_engine()) as address:
        yield engine, address


def test_it_goes_through_a_running_server(tmp_path: Path, engine_served: tuple[FakeEngine, str]) -> None:
    engine, address = engine_served
    engine.replies = [answer()]

    async def use(client: Client) -> Any:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        asked = await client.call_tool("ask", {"question": QUESTION})
        wrong = await client.call_tool("ask", {"question": ""})
        text = (await client.read_resource("article://airlift-1f0a9c3d")).contents[0]
        return tools, asked, wrong, text

    tools, asked, wrong, text = using(tmp_path, use, QA_SERVER=address)
    assert tools == ["ask", "search", "get_article", "list_articles"]
    assert asked.structured_content["text"] == answer().text
    assert wrong.is_error
    assert "The question is empty" in wrong.content[0].text
    assert text.text == engine.store.held["airlift-1f0a9c3d"].text
    assert not (tmp_path / "data").exists()


def test_where_no_server_runs_the_folder_is_opened_for_each_call_and_for_one_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[FakeEngine] = []

    def connect(*_: object, **__: object) -> EmbeddedClient:
        assert all(engine.closed for engine in opened)
        opened.append(FakeEngine())
        return EmbeddedClient(opened[-1].as_engine())

    monkeypatch.setattr("clients.cli.mcp_server.connect", connect)
    desk = ClientDesk(Settings())

    async def list_twice() -> None:
        async with anyio.create_task_group() as tasks:
            for _ in range(2):
                tasks.start_soon(desk.articles, 10, None)

    anyio.run(list_twice)
    assert [engine.closed for engine in opened] == [True, True]


def test_a_server_that_is_gone_is_told() -> None:
    desk = ClientDesk(Settings(server="http://127.0.0.1:9"))
    with pytest.raises(DeskError, match=r"No server answers at http://127\.0\.0\.1:9"):
        anyio.run(desk.articles, 10, None)


def test_wrong_settings_are_told_at_the_start(tmp_path: Path) -> None:
    started = qa(tmp_path, "mcp", settings={"QA_NO_SUCH": "1"})
    assert (started.returncode, started.stdout) == (1, b"")
    assert b"QA_NO_SUCH" in started.stderr


def test_stdout_holds_the_protocol_alone_and_the_end_of_stdin_ends_it(
    tmp_path: Path, engine_served: tuple[FakeEngine, str]
) -> None:
    engine, address = engine_served
    engine.replies = [answer()]
    call = {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "list_articles", "arguments": {}}}
    lines = [HANDSHAKE, {"jsonrpc": "2.0", "method": "notifications/initialized"}]
    with subprocess.Popen(
        [*QA, "mcp"],
        cwd=tmp_path,
        env=environment(tmp_path, QA_SERVER=address),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(b"".join(json.dumps(line).encode() + b"\n" for line in [*lines, call]) + b"no message\n")
        process.stdin.flush()
        replies = [json.loads(process.stdout.readline()) for _ in range(2)]
        rest, errors = process.communicate(timeout=LIMIT_S)
    assert {reply["id"] for reply in replies} == {1, 2}
    assert [json.loads(line).get("id") for line in rest.splitlines()] in ([], [None])
    assert (process.returncode, errors) == (0, b"")


def test_a_signal_ends_it_though_stdin_is_open(tmp_path: Path, engine_served: tuple[FakeEngine, str]) -> None:
    process = subprocess.Popen(
        [*QA, "mcp"],
        cwd=tmp_path,
        env=environment(tmp_path, QA_SERVER=engine_served[1]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(HANDSHAKE).encode() + b"\n")
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    process.send_signal(signal.SIGTERM)
    try:
        assert process.wait(5) == 143
    finally:
        process.kill()
        process.communicate()
