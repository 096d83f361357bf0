"""/samples: the articles of seeds/, where they are there."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.routes import samples
from tests.api.fakes import FakeEngine


def test_the_samples_are_taken_in(http: TestClient, engine: FakeEngine) -> None:
    number = http.get("/samples").json()["articles"]
    assert number == len(list(samples.FOLDER.glob("*.md"))) > 0
    results = http.post("/samples").json()["results"]
    assert [result["outcome"] for result in results] == ["added"] * number
    assert all(source.article and source.article.url for source in engine.store.ingested)


def test_where_there_are_none_it_says_so(
    http: TestClient, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(samples, "FOLDER", tmp_path / "seeds")
    assert http.get("/samples").json() == {"articles": 0}
    response = http.post("/samples")
    assert response.status_code == 404
    assert response.json()["detail"].startswith("No sample articles are installed.")
    assert engine.store.ingested == []
