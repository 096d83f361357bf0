import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.vectorstore.fakes import FakeEmbedder
from vectorstore.errors import ArticleNotFoundError
from vectorstore.records import Article, Source
from vectorstore.store import Store

OLD = "The ﬁre bri\u00adgade left.\r\nIt went."


def test_articles_of_an_older_version_are_carried_forward(tmp_path: Path) -> None:
    with_signs, plain = Article("k", "To be replaced.", "T"), Article("p", "Plain words.")
    store = Store.open(tmp_path, FakeEmbedder())
    results = store.ingest([Source("k", with_signs), Source("p", plain)])
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as library:  # as an older version left it
        library.execute("UPDATE revisions SET text_recipe = NULL")
        library.execute("UPDATE revisions SET text = ? WHERE title = 'T'", (OLD,))
    library.close()

    notices: list[str] = []
    store = Store.open(tmp_path, FakeEmbedder(), on_notice=notices.append)
    changed, same = (store.article(result.article_id or "") for result in results)
    assert (changed.revision, same.revision) == (1, 1)
    store.reindex()
    changed, same = (store.article(result.article_id or "") for result in results)
    assert (changed.revision, changed.text) == (2, "The fire brigade left.\nIt went.")
    assert store.article(changed.id, 1).text == OLD
    assert (same.revision, same.text) == (1, "Plain words.")
    assert store.search("fire brigade").hits[0].article.id == changed.id
    store.reindex()
    told = [notice for notice in notices if "by an older version" in notice]
    assert [notice.partition(" were")[0] for notice in told] == ["1 of the articles"]
    store.close()


def test_the_languages_of_older_articles_are_told_on_opening(tmp_path: Path) -> None:
    german = "Die Feuerwehr hat am Mittwoch die Häuser an der Brücke geräumt, weil das Wasser stieg."
    store = Store.open(tmp_path, FakeEmbedder())
    results = store.ingest([Source("d", Article("d", german, "T")), Source("e", Article("e", "The road is closed."))])
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as library:  # as an older version left it
        library.execute("UPDATE revisions SET language = NULL")
        library.execute("DELETE FROM meta WHERE name = 'language_recipe'")
    library.close()

    notices: list[str] = []
    store = Store.open(tmp_path, FakeEmbedder(), on_notice=notices.append)
    articles = [store.article(result.article_id or "") for result in results]
    assert [(one.language, one.revision) for one in articles] == [("de", 1), ("en", 1)]
    assert [notice for notice in notices if "languages" in notice] == [
        "An older version took these articles in: the languages of 2 are known now."
    ]
    store.close()
    again: list[str] = []
    Store.open(tmp_path, FakeEmbedder(), on_notice=again.append).close()
    assert again == []


def test_rows_of_an_older_version_are_found_by_their_heads_after_a_reindex(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    store = Store.open(tmp_path, embedder)
    store.ingest([Source("a", Article("a", "Place | Seats\nNorth | 14\nEast | 11", "T"))])
    assert "Place: East; Seats: 11" in embedder.calls[-1][0]
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as library:  # as an older version left it
        library.execute("UPDATE meta SET value = '2' WHERE name = 'recipe'")
    library.close()
    store = Store.open(tmp_path, embedder)
    embedder.calls.clear()
    store.reindex()
    assert embedder.calls == [["T\nPlace | Seats\nPlace: North; Seats: 14\nPlace: East; Seats: 11"]]
    store.reindex()
    assert len(embedder.calls) == 1
    store.close()


def test_an_article_that_is_deleted_while_it_is_carried_forward_does_not_come_back(tmp_path: Path) -> None:
    embedder = FakeEmbedder()
    store = Store.open(tmp_path, embedder)
    results = store.ingest([Source(key, Article(key, f"To be replaced {key}.", "T")) for key in ("k", "other")])
    gone, stays = (result.article_id or "" for result in results)
    store.close()
    with sqlite3.connect(tmp_path / "library.db") as library:  # as an older version left it
        library.execute("UPDATE revisions SET text_recipe = NULL, text = ?", (OLD,))
    library.close()

    store = Store.open(tmp_path, embedder)
    embed = embedder.embed_passages

    def delete_meanwhile(texts: Sequence[str]) -> NDArray[np.float32]:
        embedder.embed_passages = embed  # type: ignore[method-assign]
        deleting = threading.Thread(target=store.delete, args=(gone,))
        deleting.start()
        deleting.join()
        return embed(texts)

    embedder.embed_passages = delete_meanwhile  # type: ignore[method-assign]
    store.reindex()
    with pytest.raises(ArticleNotFoundError):
        store.article(gone)
    assert [item.id for item in store.articles().items] == [stays]
    assert store.article(stays).revision == 2
    assert {hit.article.id for hit in store.search("fire brigade").hits} == {stays}
    store.close()
