from pathlib import Path

from tests.vectorstore.fakes import FakeEmbedder
from vectorstore.layout import is_data_folder, is_own, owns
from vectorstore.store import Store


def test_all_that_a_store_makes_is_its_own(tmp_path: Path) -> None:
    store = Store.open(tmp_path, FakeEmbedder())
    during = {path.name for path in tmp_path.iterdir()}
    store.reindex()
    store.close()
    made = during | {path.name for path in tmp_path.iterdir()}
    assert {"library.db", "library.db-wal", "lock", "owner.json", "chroma", "tantivy", "chroma-1"} <= made
    assert is_data_folder(made)
    assert [name for name in made if not is_own(name)] == []


def test_a_file_deep_in_a_data_folder_is_its_own(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "data")
    assert owns(tmp_path / "data", tmp_path / "data/chroma-1/a/header.bin")
    assert owns(tmp_path / "link", tmp_path / "data/library.db")
    assert not owns(tmp_path / "data", tmp_path / "data/reports/chroma")
    assert not owns(tmp_path / "data", tmp_path / "library.db")
    assert not owns(tmp_path / "data", tmp_path / "data")


def test_nothing_else_is() -> None:
    names = ["chroma.md", "chroma-notes", "library.dbx", "blocks", "lock.txt", "news"]
    assert [name for name in names if is_own(name)] == []
    assert not is_data_folder(["library.db", "a.md"])
