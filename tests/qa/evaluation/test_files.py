import os
from pathlib import Path

import pytest

from qa.evaluation.files import try_to_write, write_whole


def test_a_file_is_written_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_what_stands_there_stays_where_the_new_one_can_t_be_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.html"
    path.write_bytes(b"one")

    def full(new: Path, content: bytes) -> None:
        new.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "r.html", tmp_path / "link"
    link.symlink_to(path)
    write_whole(link, b"one")
    assert link.is_symlink()
    assert path.read_bytes() == b"one"


def test_trying_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "r.html"
    try_to_write(path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        try_to_write(tmp_path / "nope" / "r.html")
    with pytest.raises(OSError, match="too long"):
        try_to_write(tmp_path / ("x" * 250))


@pytest.mark.skipif(not os.path.ismount("/proc"), reason="there is no place that nobody can write")
def test_a_place_that_can_t_be_written() -> None:
    with pytest.raises(OSError, match=r"r\.html"):
        try_to_write(Path("/proc/r.html"))
