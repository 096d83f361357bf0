"""What a watch has seen is there for the next one, and never in its way."""

from pathlib import Path

import pytest

from vectorstore.errors import StorageError
from vectorstore.fetching.conditional import Version
from vectorstore.fetching.fetcher import Validators
from vectorstore.layout import WATCHED, is_own
from vectorstore.readers.seen import Seen, SeenFile

SEEN = Seen({"/a.txt": (12, 3)}, {"http://a/": Version(Validators('"1"', None), "00ff")})


def test_it_is_kept_for_each_library(tmp_path: Path) -> None:
    here, there = SeenFile(tmp_path / "data", ""), SeenFile(tmp_path / "data", "http://there")
    assert here.load() == Seen()
    here.save(SEEN)
    there.save(Seen({"/b.txt": (1, 1)}))
    assert here.load() == SEEN
    assert there.load() == Seen({"/b.txt": (1, 1)})
    assert [path.name for path in (tmp_path / "data").iterdir() if not is_own(path.name)] == []


@pytest.mark.parametrize("content", ["", "[]", "{", '{"": {"files": {"a": [1]}, "pages": {}}}', '{"": {"files": 7}}'])
def test_a_damaged_one_counts_for_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / WATCHED).write_text(content)
    kept = SeenFile(tmp_path, "")
    assert kept.load() == Seen()
    kept.save(SEEN)
    assert kept.load() == SEEN


def test_one_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StorageError, match="read again each time"):
        SeenFile(tmp_path / "data", "").save(SEEN)
