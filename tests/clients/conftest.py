"""A clean place to run in: no settings from outside, and a working folder of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from clients.http import HttpClient
from tests.api.fakes import FakeEngine, FakeStore


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.upper().startswith("QA_") or name in {"NO_COLOR", "FORCE_COLOR"}:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FakeEngine]:
    made = FakeEngine(store=FakeStore(folder=tmp_path))
    yield made
    made.store.close()


@pytest.fixture
def http(engine: FakeEngine) -> Iterator[HttpClient]:
    """The HTTP client of a server over the fake engine, without a socket between them."""
    with TestClient(create_app(engine.as_engine()), raise_server_exceptions=False) as server:

        def forward(request: httpx.Request) -> httpx.Response:
            response = server.request(
                request.method, str(request.url), content=request.read(), headers=dict(request.headers)
            )
            return httpx.Response(response.status_code, headers=dict(response.headers), content=response.content)

        with HttpClient("http://testserver", transport=httpx.MockTransport(forward)) as client:
            yield client
