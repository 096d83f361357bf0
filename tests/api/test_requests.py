import logging

import pytest
from fastapi.testclient import TestClient

from tests.api.fakes import FakeEngine, answer


def test_a_line_for_each_request_without_the_question(
    http: TestClient, engine: FakeEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.replies = [answer()]
    with caplog.at_level(logging.INFO, logger="api.requests"):
        http.post("/ask", json={"question": "a secret question"})
        http.get("/articles/no%0Ahere?revision=3")
    lines = [record.getMessage() for record in caplog.records if record.name == "api.requests"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == ["POST /ask 200", "GET /articles/no%0Ahere 404"]
    assert "secret" not in caplog.text
