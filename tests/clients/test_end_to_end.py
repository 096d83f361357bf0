"""`qa` in processes of its own: a real server on a loopback socket, the real engine, and the commands through it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from jsonschema import Draft202012Validator

from tests.clients.processes import LIMIT_S, QA, ROOT, environment, qa, started

SCHEMA = ROOT / "tests" / "answer.schema.json"
HEAVY = (
    "fastapi",
    "starlette",
    "uvicorn",
    "chromadb",
    "llama_index",
    "sqlalchemy",
    "tantivy",
    "wordllama",
    "numpy",
    "mcp",
    "slack_bolt",
    "slack_sdk",
    "aiohttp",
)
NOT_NEEDED = (
    "babel",  # months and numbers of other languages
    "dateparser",
    "py3langid",
    "llama_index",
    "openai",
    "mcp",
    "fastapi",
    "chromadb",  # the Python package around Chroma's engine
    "opentelemetry",
    "grpc",
    "wordllama",
    "requests",
    "httpx",
    "yaml",
    "numpy.ma",
)

ARTICLE = """---
title: The airlift ends
source: The Example
date: 2021-08-29
---

The last flight has left Kabul. Operation Pitting evacuated 15,000 people from Afghanistan in two weeks.
"""


def serve(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A server of a folder, and its URL as it prints it."""
    server, line = started(folder, *QA, "serve", "--port", "0")
    return server, next(word for word in line.split() if word.startswith("http"))


def stop(server: subprocess.Popen[bytes], by: signal.Signals) -> int:
    server.send_signal(by)
    try:
        server.communicate(timeout=LIMIT_S)
    finally:
        server.kill()
    return server.returncode


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served")
    (path / "airlift.md").write_text(ARTICLE, "utf-8")
    return path


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    server, address = serve(folder)
    assert qa(folder, "ingest", "airlift.md").returncode == 0
    yield address
    assert stop(server, signal.SIGTERM) == 0
    assert not (folder / "data" / "owner.json").exists()


def test_the_commands_go_through_the_server(folder: Path, url: str) -> None:
    assert httpx.get(f"{url}/articles", trust_env=False).json()["total"] == 1
    ingested = qa(folder, "ingest", "airlift.md", "missing.md")
    assert ingested.returncode == 1
    assert ingested.stdout.startswith(b"0 added, 0 updated, 1 unchanged, 1 failed\nfailed: missing.md: ")
    checked = qa(folder, "doctor")
    assert (checked.returncode, checked.stdout.splitlines()[-1]) == (0, b"All is well.")
    assert qa(folder, "backup", "copy").stdout.startswith(b"Backed up 1 article (1 passage, ")
    refused = qa(folder, "restore", "copy", "--force").stderr.decode()
    assert refused == f"qa: The data folder is in use by the server at {url}. Stop it, then restore.\n"


def test_the_answer_and_its_citation_hold(folder: Path, url: str) -> None:
    asked = qa(folder, "ask", "--json", stdin=b"how many were evacuated?\n")
    answer = json.loads(asked.stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(answer)
    assert (asked.returncode, answer["status"], asked.stderr) == (0, "answered", b"")
    (citation,) = answer["citations"]
    text = httpx.get(f"{url}/articles/{citation['article_id']}", trust_env=False).json()["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert "15,000" in citation["quote"]


def test_no_answer_is_3_and_a_bad_question_2(folder: Path, url: str) -> None:
    nothing = qa(folder, "ask", "who won the hockey final in Montreal?")
    assert (nothing.returncode, nothing.stdout.splitlines()[0]) == (3, b"The articles don't say.")
    bad = qa(folder, "ask", " ")
    assert (bad.returncode, bad.stdout) == (2, b"")
    assert bad.stderr.startswith(b"qa: ")


def test_a_locale_without_letters_still_gets_utf_8_json(folder: Path, url: str) -> None:
    plain = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    asked = qa(folder, "ask", "--json", stdin="how many were evacuated – “roughly”?".encode(), settings=plain)
    assert json.loads(asked.stdout)["question"] == "how many were evacuated – “roughly”?"
    asked = qa(folder, "ask", "--json", "how many were evacuated – “roughly”?", settings=plain)
    assert json.loads(asked.stdout)["question"] == "how many were evacuated – “roughly”?"
    assert qa(folder, "ask", "how many were evacuated?", settings=plain).returncode == 0


def test_the_way_to_a_server_imports_nothing_heavy(folder: Path, url: str) -> None:
    code = f"""
import sys
from clients.cli.app import run
status = run(["ask", "how many were evacuated?"])
print(status, sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)
"""
    process = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(folder, QA_SERVER=url),
        capture_output=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert process.stderr == b"0 []\n"


def test_nobody_reads_on(folder: Path, url: str) -> None:
    read, write = os.pipe()
    os.close(read)
    process = subprocess.run(
        [*QA, "articles"],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=LIMIT_S,
        check=False,
    )
    os.close(write)
    assert (process.returncode, process.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("redirected", "status", "errors"),
    [
        ("articles >&-", 0, 0),
        ("ask 'how many were evacuated?' >&-", 0, 0),
        ("ask --json 'how many were evacuated?' >&-", 0, 0),
        ("ask <&-", 2, 1),
        ("ask 'how many were evacuated?' 2>&- >&-", 0, 0),
        ("nope 2>&-", 2, 0),
        ("nope 2>/dev/full", 2, 0),
        ("ask 'how many were evacuated?' >/dev/full", 1, 1),
        ("ask --json 'how many were evacuated?' >/dev/full", 1, 1),
        ("articles >/dev/full", 1, 1),
    ],
)
def test_streams_that_are_closed_or_full(folder: Path, url: str, redirected: str, status: int, errors: int) -> None:
    if "/dev/full" in redirected and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    process = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirected}', "sh", *QA],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert (process.returncode, process.stderr.count(b"\n")) == (status, errors)
    assert b"unforeseen" not in process.stderr


def test_a_copy_of_the_folder_is_another_folder_which_ctrl_c_gives_free(folder: Path, url: str, tmp_path: Path) -> None:
    shutil.copytree(folder / "data", tmp_path / "data")
    server, address = serve(tmp_path)
    assert httpx.get(f"{address}/readyz", trust_env=False).json()["ready"]
    (article,) = httpx.get(f"{address}/articles", trust_env=False).json()["items"]
    assert stop(server, signal.SIGINT) == 130
    deleted = qa(tmp_path, "delete", article["id"])  # without a server the folder is opened
    assert (deleted.returncode, deleted.stderr) == (0, b"")
    assert httpx.get(f"{url}/articles/{article['id']}", trust_env=False).status_code == 200


def test_a_port_in_use_is_one_line(folder: Path, url: str, tmp_path: Path) -> None:
    process = qa(tmp_path, "serve", "--port", str(urlsplit(url).port))
    assert (process.returncode, process.stdout) == (1, b"")
    assert b"is in use" in process.stderr
    assert process.stderr.count(b"\n") == 1


def test_a_second_server_on_the_folder_is_one_line(folder: Path, url: str) -> None:
    process = qa(folder, "serve", "--port", "0")
    assert (process.returncode, process.stdout) == (1, b"")
    assert url.encode() in process.stderr
    assert process.stderr.count(b"\n") == 1


def test_bodies_that_trickle_in_over_their_bound(url: str) -> None:
    chunks = (b"x" * 65_536 for _ in range(64))
    response = httpx.post(f"{url}/ask", content=chunks, headers={"Content-Type": "application/json"}, trust_env=False)
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


def test_head_has_no_body(url: str) -> None:
    parts = urlsplit(url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=LIMIT_S) as connection:
        connection.sendall(b"HEAD /articles HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert body == b""


def test_a_first_question_without_a_server_imports_what_it_needs_alone(tmp_path: Path) -> None:
    assert qa(tmp_path, "ingest", "--quiet", str(ROOT / "seeds" / "articles")).returncode == 0
    code = f"""
import sys
from clients.cli.app import run
status = run(["ask", "how many were evacuated"])
print(status, sorted(set({NOT_NEEDED!r}) & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.stderr == b"0 []\n"
