"""`qa doctor`, `qa backup` and `qa restore`: what they print, and their exit status."""

import json
from pathlib import Path

import pytest

from clients.cli import app as cli
from clients.embedded import EmbeddedClient
from tests.api.fakes import FakeEngine
from tests.clients.processes import qa
from vectorstore.diagnosis import Check, Diagnosis
from vectorstore.errors import FolderError, FolderLockedError

Captured = pytest.CaptureFixture[str]

ILL = Diagnosis(
    False,
    (Check("library file", True, "sound"), Check("chroma", False, "2 of 3 not found", "`qa doctor --repair`.")),
    ("The tantivy index was made anew.",),
)


@pytest.fixture(autouse=True)
def _connected(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clients.cli.session.connect", lambda *_, **__: EmbeddedClient(engine.as_engine()))


def test_a_table_of_checks(engine: FakeEngine, capsys: Captured) -> None:
    assert cli.run(["doctor"]) == 0
    assert capsys.readouterr().out == "ok     orphans  none\nAll is well.\n"
    engine.store.upkeep.diagnosis = ILL
    assert cli.run(["doctor", "--repair"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "The tantivy index was made anew.",
        "ok     library file  sound",
        "wrong  chroma        2 of 3 not found",
        "                     `qa doctor --repair`.",
        "1 of 2 checks failed.",
    ]
    assert engine.store.upkeep.asked == [False, True]


def test_as_json(engine: FakeEngine, capsys: Captured) -> None:
    engine.store.upkeep.diagnosis = ILL
    assert cli.run(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["checks"][0]["name"], told["repairs"]) == (False, "library file", list(ILL.repairs))


def test_a_folder_that_does_not_open_is_what_is_wrong(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FolderError("library.db is damaged. Put back a copy of it.")

    monkeypatch.setattr("clients.cli.session.connect", refuse)
    assert cli.run(["doctor"]) == 1
    assert capsys.readouterr().out == (
        "wrong  data folder  library.db is damaged. Put back a copy of it.\n1 of 1 checks failed.\n"
    )


def test_a_folder_in_use_is_an_error(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise FolderLockedError("It is in use by process 5.")

    monkeypatch.setattr("clients.cli.session.connect", refuse)
    assert cli.run(["doctor", "--json"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "qa: It is in use by process 5.\n")


def test_a_damaged_library_in_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kabul fell.\n\nThe last flight has left.")
    assert qa(tmp_path, "ingest", "a.txt").returncode == 0
    well = qa(tmp_path, "doctor")
    assert (well.returncode, well.stdout.decode().splitlines()[-1]) == (0, "All is well.")
    library = tmp_path / "data" / "library.db"
    library.write_bytes(b"\xff" * 4096 + library.read_bytes()[4096:])
    ill = qa(tmp_path, "doctor", "--json")
    assert ill.returncode == 1
    [check] = json.loads(ill.stdout)["checks"]
    assert "is damaged or no library" in check["found"]


def test_backup_and_restore_in_processes_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kabul fell.\n\nThe last flight has left.")
    assert b"There is no library in" in qa(tmp_path, "backup", "copy").stderr
    assert not (tmp_path / "copy" / "library.db").exists()
    assert qa(tmp_path, "ingest", "a.txt").returncode == 0
    assert qa(tmp_path, "backup", "copy").stdout.startswith(b"Backed up 1 article (1 passage, ")
    assert qa(tmp_path, "restore", "copy").stderr.endswith(b"Restore with --force to replace it by the backup.\n")
    restored = qa(tmp_path, "restore", "copy", "--force")
    assert (restored.returncode, restored.stdout[:37]) == (0, b"Restored 1 article (1 passage, 0.1 MB")
    assert qa(tmp_path, "doctor").returncode == 0
    through = qa(tmp_path, "restore", "copy", settings={"QA_SERVER": "http://127.0.0.1:9"})
    assert b"stop the server, then restore on its machine" in through.stderr
    assert b"holds no backup that is whole" in qa(tmp_path, "restore", "data").stderr
