"""An application over a fake engine, and a client for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.fakes import FakeEngine, FakeStore


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[FakeEngine]:
    made = FakeEngine(store=FakeStore(folder=tmp_path))
    yield made
    made.store.close()


@pytest.fixture
def http(engine: FakeEngine) -> Iterator[TestClient]:
    with TestClient(create_app(engine.as_engine()), raise_server_exceptions=False) as client:
        yield client
