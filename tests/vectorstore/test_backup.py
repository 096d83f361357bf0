"""Backups: taken while others write, checked before they are put back, and swapped in whole."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.backup import Backup, back_up, copy_library, read_backup
from vectorstore.database import SCHEMA_VERSION
from vectorstore.errors import BackupError, DiskFullError, FolderLockedError, FolderTooNewError
from vectorstore.identity import article_id
from vectorstore.restoring import restore
from vectorstore.store import Store

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "data", FakeEmbedder())) as store:
        store.ingest([source("a", "Kabul fell"), source("b", "Plum cake")])
        yield store


def made(store: Store, folder: Path) -> Backup:
    def copy(target: Path) -> None:
        with store.upkeep.snapshot() as file:
            target.write_bytes(file.read())

    return back_up(folder, copy)


def texts(data_dir: Path) -> set[str]:
    """What a data folder holds, opened as the next command would, and found well."""
    with closing(Store.open(data_dir, FakeEmbedder())) as store:
        assert store.upkeep.examine().ok
        return {store.article(item.id).text for item in store.articles().items}


def test_what_was_backed_up_is_restored(store: Store, tmp_path: Path) -> None:
    backup = made(store, tmp_path / "backup")
    assert (backup.articles, backup.passages) == (2, 2)
    assert sorted(path.name for path in (tmp_path / "backup").iterdir()) == ["backup.json", "library.db"]
    assert read_backup(tmp_path / "backup") == backup
    store.ingest([source("c", "Herat fell"), source("a", "Kabul is open again")])
    store.close()
    assert restore(tmp_path / "backup", tmp_path / "data", force=True) == backup
    assert texts(tmp_path / "data") == {"Kabul fell", "Plum cake"}
    restore(tmp_path / "backup", tmp_path / "other")
    assert texts(tmp_path / "other") == {"Kabul fell", "Plum cake"}
    assert not (tmp_path / "data" / "library.db-restored").exists()


def test_a_backup_is_of_one_moment_whoever_writes(store: Store, tmp_path: Path) -> None:
    over = threading.Event()

    def write() -> None:
        number = 0
        while not over.is_set():
            store.ingest([source(f"x{number}", f"word{number}"), source(f"y{number}", f"word{number}")])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            made(store, tmp_path / f"backup-{turn}")
    finally:
        over.set()
        writer.join()
    for turn in range(5):
        restore(tmp_path / f"backup-{turn}", tmp_path / f"restored-{turn}")
        found = texts(tmp_path / f"restored-{turn}")
        assert len(found - {"Kabul fell", "Plum cake"}) * 2 == len_of(tmp_path / f"restored-{turn}") - 2


def len_of(data_dir: Path) -> int:
    with closing(Store.open(data_dir, FakeEmbedder())) as store:
        return store.counts().articles


def test_a_copy_leaves_nothing_in_the_data_folder(store: Store, tmp_path: Path) -> None:
    before = {path.name for path in (tmp_path / "data").iterdir()}
    with store.upkeep.snapshot() as file:
        assert file.read(15) == b"SQLite format 3"
    assert {path.name for path in (tmp_path / "data").iterdir()} == before


def test_what_a_killed_process_left_is_removed(store: Store, tmp_path: Path) -> None:
    store.close()
    for name in ("library.db-snapshot_ab12", "library.db-restored", "library.db-restored-wal"):
        (tmp_path / "data" / name).write_text("words of a deleted article")
    Store.open(tmp_path / "data", FakeEmbedder()).close()
    assert not list((tmp_path / "data").glob("library.db-[sr]*ed*"))


def test_a_backup_is_made_in_a_new_or_empty_folder(store: Store, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    with pytest.raises(BackupError, match="holds something already"):
        made(store, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine"]
    (tmp_path / "file").touch()
    with pytest.raises(BackupError, match="Name another folder"):
        made(store, tmp_path / "file")


def test_a_backup_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def copy(target: Path) -> None:
        target.write_bytes(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(tmp_path / "backup", copy)
    assert not list((tmp_path / "backup").iterdir())


def test_no_backup_is_made_of_a_damaged_library(store: Store, tmp_path: Path) -> None:
    def copy(target: Path) -> None:
        copy_library(tmp_path / "data" / "library.db", target)
        content = bytearray(target.read_bytes())
        content[4096 : 4096 + 64] = b"\xff" * 64
        target.write_bytes(content)

    with pytest.raises(BackupError, match="qa doctor"):
        back_up(tmp_path / "backup", copy)
    with pytest.raises(BackupError, match="could not be copied"):
        copy_library(tmp_path / "nothing.db", tmp_path / "copy")


def _flip(folder: Path) -> None:
    content = bytearray((folder / "library.db").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "library.db").write_bytes(content)


def _shorten(folder: Path) -> None:
    os.truncate(folder / "library.db", 4096)


def _forget(folder: Path) -> None:
    (folder / "backup.json").unlink()


def _lose(folder: Path) -> None:
    (folder / "library.db").unlink()


def _scribble(folder: Path) -> None:
    (folder / "backup.json").write_text('{"made_at": 1}')


@pytest.mark.parametrize("damage", [_flip, _shorten, _forget, _lose, _scribble])
def test_a_backup_that_is_not_as_it_was_made_is_refused(
    store: Store, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    made(store, tmp_path / "backup")
    store.close()
    damage(tmp_path / "backup")
    with pytest.raises(BackupError, match=r"damaged: Use another|damaged. Use another|no backup that is whole"):
        restore(tmp_path / "backup", tmp_path / "data", force=True)
    assert texts(tmp_path / "data") == {"Kabul fell", "Plum cake"}


def test_a_library_that_holds_something_is_not_replaced_unasked(store: Store, tmp_path: Path) -> None:
    made(store, tmp_path / "backup")
    store.close()
    with pytest.raises(BackupError, match="--force"):
        restore(tmp_path / "backup", tmp_path / "data")
    (tmp_path / "data" / "library.db").write_bytes(b"what can't be read may hold anything")
    with pytest.raises(BackupError, match="--force"):
        restore(tmp_path / "backup", tmp_path / "data")
    restore(tmp_path / "backup", tmp_path / "data", force=True)
    assert texts(tmp_path / "data") == {"Kabul fell", "Plum cake"}


def test_an_empty_library_is_replaced(store: Store, tmp_path: Path) -> None:
    made(store, tmp_path / "backup")
    Store.open(tmp_path / "empty", FakeEmbedder()).close()
    restore(tmp_path / "backup", tmp_path / "empty")
    assert texts(tmp_path / "empty") == {"Kabul fell", "Plum cake"}


def test_a_folder_in_use_is_left_alone(store: Store, tmp_path: Path) -> None:
    made(store, tmp_path / "backup")
    with pytest.raises(FolderLockedError):
        restore(tmp_path / "backup", tmp_path / "data", force=True)
    assert store.counts().articles == 2


def test_the_old_librarys_log_is_not_taken_for_the_new_ones(store: Store, tmp_path: Path) -> None:
    made(store, tmp_path / "backup")
    killed = "import os, sys; from pathlib import Path; from tests.vectorstore.fakes import *; from vectorstore.store "
    killed += "import Store; Store.open(Path(sys.argv[1]), FakeEmbedder()).ingest([source('z', 'Later')]); os._exit(9)"
    store.close()
    assert subprocess.run([sys.executable, "-c", killed, str(tmp_path / "data")], check=False, cwd=ROOT).returncode == 9
    assert (tmp_path / "data" / "library.db-wal").stat().st_size
    restore(tmp_path / "backup", tmp_path / "data", force=True)
    assert texts(tmp_path / "data") == {"Kabul fell", "Plum cake"}


_KILLED = """
import os, shutil, sys
from pathlib import Path
from vectorstore import restoring
moments = {"before": (Path, "replace"), "amid": (shutil, "rmtree"), "after": (restoring.FolderLock, "release")}
owner, name = moments[sys.argv[3]]
as_it_was = getattr(owner, name)
def killed(*arguments):
    if name == "replace" and "restored" not in str(arguments[0]):
        return as_it_was(*arguments)  # of the owner's note
    os._exit(9)
setattr(owner, name, killed)
restoring.restore(Path(sys.argv[1]), Path(sys.argv[2]), force=True)
"""


@pytest.mark.parametrize(("moment", "holds"), [("amid", "Later"), ("before", "Later"), ("after", "Kabul fell")])
def test_a_restore_that_is_killed_leaves_one_of_both(store: Store, tmp_path: Path, moment: str, holds: str) -> None:
    made(store, tmp_path / "backup")
    store.ingest([source("z", "Later")])
    store.delete(article_id("a"))
    store.close()
    command = [sys.executable, "-c", _KILLED, str(tmp_path / "backup"), str(tmp_path / "data"), moment]
    assert subprocess.run(command, check=False, cwd=ROOT).returncode == 9
    assert texts(tmp_path / "data") == {"Plum cake", holds}


def test_a_backup_of_a_newer_version_is_refused(store: Store, tmp_path: Path) -> None:
    def copy(target: Path) -> None:
        copy_library(tmp_path / "data" / "library.db", target)
        with closing(sqlite3.connect(target)) as connection, connection:
            connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", [str(SCHEMA_VERSION + 1)])

    back_up(tmp_path / "backup", copy)
    store.close()
    with pytest.raises(FolderTooNewError):
        restore(tmp_path / "backup", tmp_path / "data", force=True)
    assert texts(tmp_path / "data") == {"Kabul fell", "Plum cake"}


def test_no_room_is_told_before_anything_is_done(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(store, tmp_path / "backup")
    monkeypatch.setattr("vectorstore.disk.RESERVE", 1 << 60)
    with pytest.raises(DiskFullError):
        store.upkeep.snapshot()
    store.close()
    with pytest.raises(DiskFullError):
        restore(tmp_path / "backup", tmp_path / "data", force=True)


def test_the_manifest_tells_what_is_there(store: Store, tmp_path: Path) -> None:
    backup = made(store, tmp_path / "backup")
    told = json.loads((tmp_path / "backup" / "backup.json").read_text())
    assert told["sha256"] == backup.sha256
    assert told["size"] == (tmp_path / "backup" / "library.db").stat().st_size
