"""/doctor and /backup."""

import pytest
from fastapi.testclient import TestClient

from tests.api.fakes import FakeEngine
from vectorstore.diagnosis import Check, Diagnosis
from vectorstore.errors import DiskFullError


@pytest.mark.parametrize(("body", "repair"), [(None, False), ({}, False), ({"repair": True}, True)])
def test_the_doctor(http: TestClient, engine: FakeEngine, body: object, repair: bool) -> None:
    engine.store.upkeep.diagnosis = Diagnosis(False, (Check("chroma", False, "2 missing", "Repair it."),), ("done",))
    response = http.post("/doctor", json=body) if body is not None else http.post("/doctor")
    assert response.status_code == 200
    assert response.json() == {
        "ok": False,
        "checks": [{"name": "chroma", "ok": False, "found": "2 missing", "advice": "Repair it."}],
        "repairs": ["done"],
    }
    assert engine.store.upkeep.asked == [repair]


def test_a_yes_is_a_yes(http: TestClient, engine: FakeEngine) -> None:
    assert http.post("/doctor", json={"repair": "yes"}).status_code == 422
    assert engine.store.upkeep.asked == []


def test_a_backup_is_the_library(http: TestClient, engine: FakeEngine) -> None:
    response = http.post("/backup")
    assert (response.status_code, response.content) == (200, engine.store.upkeep.library)
    assert response.headers["content-type"] == "application/vnd.sqlite3"
    assert response.headers["content-length"] == str(len(engine.store.upkeep.library))


def test_a_backup_that_finds_no_room_is_507(http: TestClient, engine: FakeEngine) -> None:
    engine.store.upkeep.failure = DiskFullError("No room.")
    assert http.post("/backup").status_code == 507
