import errno
import json
import os
import subprocess
import sys
import threading
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


def test_a_dead_process_holds_nothing(tmp_path: Path) -> None:
    code = "import os, sys; from pathlib import Path; from vectorstore.lock import FolderLock\n"
    code += "lock = FolderLock.acquire(Path(sys.argv[1])); lock.announce('http://gone'); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert read_owner(tmp_path) is not None  # the note is stale
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
    with pytest.raises(StorageError):
        FolderLock.acquire(tmp_path)
    (tmp_path / "owner.json").rmdir()
    FolderLock.acquire(tmp_path).release()


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
