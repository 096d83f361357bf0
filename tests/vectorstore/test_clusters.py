import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.records import Filters
from vectorstore.store import Store


def words(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return [f"{chance.choice('bdfgk')}o{chance.randrange(5_000)}x{seed}" for _ in range(count)]


def story(*seeds: int) -> str:
    return " ".join(word for seed in seeds for word in words(seed, 100)) + "."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "data", FakeEmbedder())
    yield opened
    opened.close()


def cluster_of(store: Store, key: str) -> int | None:
    return store.article(key).cluster


def test_reprints_are_clustered_as_they_come(store: Store) -> None:
    store.ingest([source("a", story(1, 2, 3)), source("b", story(9)), source("c", "Their head. " + story(1, 2, 3))])
    store.ingest([source("d", story(1, 2, 3, 4), source="Gazette", published_at="2024-05-02")])
    assert cluster_of(store, "a") == cluster_of(store, "c") == cluster_of(store, "d")
    assert cluster_of(store, "b") not in (None, cluster_of(store, "a"))
    article = store.article("a")
    keys = [store.article("c").id, store.article("d").id]
    assert [one.id for one in store.reprints(article)] == keys
    assert [one.id for one in store.reprints(article, Filters(sources=("gazette",)))] == keys[1:]
    assert store.reprints(store.article("b")) == []


def test_one_that_resembles_both_makes_one_cluster_of_two(store: Store) -> None:
    store.ingest([source("a", story(1, 2)), source("c", story(3, 4))])
    assert cluster_of(store, "a") != cluster_of(store, "c")
    store.ingest([source("b", story(1, 2, 3, 4))])
    assert cluster_of(store, "a") == cluster_of(store, "b") == cluster_of(store, "c")


def test_new_content_and_deletion_leave_the_cluster(store: Store) -> None:
    store.ingest([source("a", story(1)), source("b", story(1)), source("c", story(1))])
    store.ingest([source("b", story(2))])
    assert store.article("b", 1).cluster is None
    assert cluster_of(store, "b") != cluster_of(store, "a")
    store.delete("c")
    assert store.reprints(store.article("a")) == []
    store.ingest([source("c", story(2))])
    assert [one.id for one in store.reprints(store.article("b"))] == [store.article("c").id]


def test_deleting_leaves_no_keys_behind(store: Store, tmp_path: Path) -> None:
    store.ingest([source("a", story(1)), source("b", story(2))])
    store.delete("a")
    store.ingest([source("b", story(3))])
    with sqlite3.connect(tmp_path / "data" / "library.db") as library:
        assert library.execute("SELECT count(*) FROM sketch_keys").fetchone() == (16,)
    library.close()


def test_a_text_without_words_is_in_a_cluster_of_its_own(store: Store) -> None:
    store.ingest([source("a", "…"), source("b", "… !")])
    assert cluster_of(store, "a") != cluster_of(store, "b")


def test_a_library_from_before_is_clustered_by_a_reindex(tmp_path: Path) -> None:
    older = Store.open(tmp_path, FakeEmbedder())
    older.ingest([source("a", story(1)), source("b", story(1))])
    older.close()
    with sqlite3.connect(tmp_path / "library.db") as library:
        library.executescript(
            "DROP TABLE sketch_keys; DROP INDEX articles_cluster; ALTER TABLE articles DROP COLUMN cluster;"
            "DROP TABLE retired; DROP INDEX passages_revision; CREATE INDEX passages_article ON passages (article);"
            "UPDATE revisions SET signature = x'0102'; UPDATE meta SET value = '3' WHERE name = 'schema';"
        )
    library.close()
    store = Store.open(tmp_path, FakeEmbedder())
    first, second = store.article("a"), store.article("b")
    assert first.cluster is None
    assert first.signature == second.signature != b"\x01\x02"
    store.reindex()
    assert [one.id for one in store.reprints(store.article("a"))] == [second.id]
    store.delete("b")
    assert store.reprints(store.article("a")) == []
    store.close()
