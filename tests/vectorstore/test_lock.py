import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from vectorstore.errors import FolderError, FolderLockedError, FolderReadOnlyError, StorageError
from vectorstore.lock import FolderLock, Owner, read_owner


def test_makes_the_folder_and_says_who_holds_it(tmp_path: Path) -> None:
    lock = FolderLock.acquire(tmp_path / "a" / "b")
    assert read_owner(tmp_path / "a" / "b") == Owner(pid=os.getpid(), url=None, token=lock.token)
    lock.announce("http://127.0.0.1:8000")
    assert read_owner(tmp_path / "a" / "b") == Owner(os.getpid(), "http://127.0.0.1:8000", lock.token)
    lock.release()
    assert read_owner(tmp_path / "a" / "b") is None


def test_a_second_owner_is_refused_and_told_where_the_first_serves(tmp_path: Path) -> None:
    lock = FolderLock.acquire(tmp_path)
    with pytest.raises(FolderLockedError, match=f"process {os.getpid()}. Stop it") as plain:
        FolderLock.acquire(tmp_path)
    assert plain.value.url is None
    lock.announce("http://127.0.0.1:8000")
    with pytest.raises(FolderLockedError, match=r"QA_SERVER=http://127\.0\.0\.1:8000") as serving:
        FolderLock.acquire(tmp_path)
    assert serving.value.url == "http://127.0.0.1:8000"
    assert serving.value.retryable
    lock.release()


def test_released_twice_and_from_another_thread(tmp_path: Path) -> None:
    lock = FolderLock.acquire(tmp_path)
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    lock.release()
    FolderLock.acquire(tmp_path).release()


@pytest.mark.parametrize("copy", [shutil.copy2, os.link])
def test_a_copy_of_a_folder_is_not_the_originals(tmp_path: Path, copy: Callable[[str, str], object]) -> None:
    lock = FolderLock.acquire(tmp_path / "real")
    lock.announce("http://127.0.0.1:8000")
    shutil.copytree(tmp_path / "real", tmp_path / "copy", copy_function=copy)
    assert read_owner(tmp_path / "copy") is None
    (tmp_path / "link").symlink_to(tmp_path / "real")
    owner = Owner(os.getpid(), "http://127.0.0.1:8000", lock.token)
    assert read_owner(tmp_path / "link") == read_owner(tmp_path / "real") == owner
    lock.release()


def test_a_copy_has_an_owner_of_its_own(tmp_path: Path) -> None:
    lock = FolderLock.acquire(tmp_path / "real")
    shutil.copytree(tmp_path / "real", tmp_path / "copy")
    other = FolderLock.acquire(tmp_path / "copy")
    owner = read_owner(tmp_path / "copy")
    assert owner is not None
    assert owner.token == other.token != lock.token
    other.release()
    assert read_owner(tmp_path / "real") is not None
    lock.release()


def test_who_asks_for_the_owner_is_in_nobodys_way(tmp_path: Path) -> None:
    """Asking takes the lock for an instant, where nobody holds it."""
    FolderLock.acquire(tmp_path).release()
    asked = FileLock(tmp_path / "lock", thread_local=False)
    asked.acquire()
    timer = threading.Timer(0.1, asked.release)
    timer.start()
    FolderLock.acquire(tmp_path).release()
    timer.join()


def test_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    code = "import os, sys; from pathlib import Path; from vectorstore.lock import FolderLock\n"
    code += "lock = FolderLock.acquire(Path(sys.argv[1])); lock.announce('http://gone'); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "owner.json").exists()
    assert read_owner(tmp_path) is None  # the note is stale
    lock = FolderLock.acquire(tmp_path)
    owner = read_owner(tmp_path)
    assert owner is not None
    assert owner.token == lock.token
    lock.release()


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.EACCES, FolderReadOnlyError),
        (errno.EROFS, FolderReadOnlyError),
        (errno.ENOSPC, StorageError),
        (errno.ENOENT, FolderError),
    ],
)
def test_a_folder_that_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[Exception]
) -> None:
    def refuse(self: FileLock, **_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(expected, match=str(tmp_path)):
        FolderLock.acquire(tmp_path)


def test_a_note_that_cannot_be_written_lets_go_of_the_lock(tmp_path: Path) -> None:
    (tmp_path / "owner.json").mkdir()
    with pytest.raises(FolderError, match="QA_DATA_DIR"):
        FolderLock.acquire(tmp_path)
    (tmp_path / "owner.json").rmdir()
    FolderLock.acquire(tmp_path).release()


def test_an_address_that_cannot_be_written_down_is_our_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    lock = FolderLock.acquire(tmp_path)
    monkeypatch.setattr("vectorstore.lock.tempfile.mkstemp", refuse)
    with pytest.raises(StorageError, match="Free some space"):
        lock.announce("http://127.0.0.1:8000")
    lock.release()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderError, match="not a folder"):
        FolderLock.acquire(tmp_path / "file")


@pytest.mark.parametrize("note", ["", "{", "[]", json.dumps({"pid": "x", "url": None, "token": ""}), "\xff"])
def test_a_torn_note_is_no_note(tmp_path: Path, note: str) -> None:
    (tmp_path / "owner.json").write_text(note, encoding="latin-1")
    assert read_owner(tmp_path) is None


def test_it_imports_nothing_heavy() -> None:
    heavy = ["chromadb", "sqlalchemy", "numpy", "llama_index"]
    code = f"import sys, vectorstore.lock; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"
