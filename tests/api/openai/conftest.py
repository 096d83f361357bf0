"""OpenAI's own client on a real server over a fake engine."""

from collections.abc import Iterator

import openai
import pytest

from tests.api.fakes import FakeEngine
from tests.api.live import served


@pytest.fixture(scope="module")
def served_engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture(scope="module")
def base_url(served_engine: FakeEngine) -> Iterator[str]:
    with served(served_engine.as_engine()) as address:
        yield f"{address}/v1"


@pytest.fixture(scope="module")
def client(base_url: str) -> Iterator[openai.OpenAI]:
    own = openai.DefaultHttpxClient(trust_env=False)
    with openai.OpenAI(base_url=base_url, api_key="any", http_client=own, max_retries=0) as opened:
        yield opened


@pytest.fixture
def fake(served_engine: FakeEngine) -> FakeEngine:
    """The engine behind the server, as new."""
    served_engine.replies.clear()
    served_engine.told.clear()
    served_engine.asked.clear()
    served_engine.writer = None
    return served_engine
