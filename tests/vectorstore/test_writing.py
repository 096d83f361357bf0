from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.errors import ArticleNotFoundError, StorageError
from vectorstore.identity import article_id
from vectorstore.library import Library
from vectorstore.records import Counts
from vectorstore.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "data", FakeEmbedder())) as opened:
        yield opened


def words(store: Store) -> set[str]:
    return {hit.text for hit in store.search("fell").hits}


def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(Library, "commit", fail)


def test_a_revision_that_is_in_the_indexes_counts_when_it_is_committed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[set[str], int, Counts, int]] = []
    commit = Library.commit

    def looking(*arguments: object, **named: object) -> object:
        for _ in range(2):
            article = store.article(article_id("a"))
            seen.append((words(store), article.revision, store.counts(), store._indexes.lexical.count()))
        with pytest.raises(ArticleNotFoundError, match="newest is 1"):
            store.article(article_id("a"), 2)
        return commit(*arguments, **named)  # type: ignore[arg-type]

    store.ingest([source("a", "Kabul fell"), source("b", "Plum cake")])
    monkeypatch.setattr(Library, "commit", looking)
    store.ingest([source("a", "Herat fell"), source("c", "Kunduz fell")])
    assert seen == [({"Kabul fell", "Plum cake"}, 1, Counts(2, 2), 3)] * 2
    assert words(store) == {"Herat fell", "Plum cake", "Kunduz fell"}
    assert (store.counts(), store._indexes.lexical.count()) == (Counts(3, 3), 3)


def test_what_was_staged_goes_when_it_is_not_committed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.ingest([source("a", "Kabul fell")])
    with monkeypatch.context() as patch:
        failing(patch)
        assert [result.outcome for result in store.ingest([source("a", "Herat fell")])] == ["failed"]
    assert words(store) == {"Kabul fell"}
    assert store._indexes.lexical.count() == store._indexes.vectors.count() == 1
    assert [result.outcome for result in store.ingest([source("a", "Kunduz fell")])] == ["updated"]
    assert store.article(article_id("a")).revision == 2
    assert words(store) == {"Kunduz fell"}


def test_what_a_process_that_was_killed_has_staged_is_gone_with_the_next_opening(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.ingest([source("a", "Kabul fell")])
    with monkeypatch.context() as patch:
        failing(patch)
        patch.setattr(Library, "unstage", lambda _: None)
        store.ingest([source("a", "Herat fell")])
    assert store._indexes.lexical.count() == 2
    store.close()
    notices: list[str] = []
    with closing(Store.open(tmp_path / "data", FakeEmbedder(), on_notice=notices.append)) as again:
        assert words(again) == {"Kabul fell"}
        assert again._indexes.lexical.count() == again._indexes.vectors.count() == 1
        assert notices == []
        again.ingest([source("a", "Kunduz fell")])
        assert again.article(article_id("a")).revision == 2
