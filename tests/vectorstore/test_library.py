from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.vectorstore.fakes import FakeEmbedder
from vectorstore import writing
from vectorstore.database import Database, sqlite_url
from vectorstore.duplicates import signature
from vectorstore.errors import ArticleNotFoundError, BadCursorError, EmbeddingChangedError
from vectorstore.identity import article_id
from vectorstore.library import Library
from vectorstore.records import Article, Span
from vectorstore.tables import passages, removals
from vectorstore.writing import Prepared


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    yield Library(database)
    database.close()


def prepared(key: str, text: str, **fields: str) -> Prepared:
    span = Span(0, len(text))
    vectors = FakeEmbedder().embed_passages([text])
    return Prepared(f"{key}.txt", Article(key=key, text=text, **fields), signature(text), (span,), vectors)


def put(library: Library, *batch: Prepared) -> list[tuple[str, str | None]]:
    return [(result.outcome, result.article_id) for result in library.commit(batch, "fake")]


def passage_ids(library: Library) -> list[int]:
    with library.database.reading() as connection:
        return list(connection.execute(select(passages.c.id).order_by(passages.c.id)).scalars())


def test_an_article_comes_back_as_it_went_in(library: Library) -> None:
    fields = {"title": "T", "url": "https://e.org/a", "source": "The National", "published_at": "2021-08-13"}
    [(outcome, public_id)] = put(library, prepared("a/b", "Kabul fell. 😀", **fields))
    assert (outcome, public_id) == ("added", article_id("a/b"))
    stored = library.article(article_id("a/b"))
    assert (stored.text, stored.title, stored.url) == ("Kabul fell. 😀", "T", "https://e.org/a")
    assert (stored.source, stored.published_at) == ("The National", "2021-08-13")
    assert (stored.revision, stored.current, stored.signature) == (1, True, signature(stored.text))
    assert stored.ingested_at.tzinfo is not None


def test_a_changed_article_is_a_new_revision(library: Library) -> None:
    put(library, prepared("a", "one"))
    assert put(library, prepared("a", "two")) == [("updated", article_id("a"))]
    assert put(library, prepared("a", "two")) == [("unchanged", article_id("a"))]
    assert put(library, prepared("a", "two", title="T")) == [("updated", article_id("a"))]
    assert library.article(article_id("a")).revision == 3
    old = library.article(article_id("a"), 1)
    assert (old.text, old.current) == ("one", False)
    with pytest.raises(ArticleNotFoundError, match="newest is 3"):
        library.article(article_id("a"), 4)
    with pytest.raises(ArticleNotFoundError, match="no revision 0"):
        library.article(article_id("a"), 0)
    with pytest.raises(ArticleNotFoundError, match="has no revision 9"):
        library.article(article_id("a"), int("9" * 30))  # SQLite's integers end sooner


def test_passage_ids_are_never_used_twice(library: Library) -> None:
    put(library, prepared("a", "one"), prepared("b", "two"))
    assert passage_ids(library) == [1, 2]
    put(library, prepared("b", "three"))
    assert passage_ids(library) == [1, 3]
    library.delete(article_id("b"))
    library.delete(article_id("a"))
    put(library, prepared("c", "four"))
    assert passage_ids(library) == [4]
    with library.database.reading() as connection:
        assert set(connection.execute(select(removals.c.passage)).scalars()) == {1, 2, 3}


def test_a_deleted_article_is_gone_and_can_come_again(library: Library) -> None:
    put(library, prepared("a", "one"))
    put(library, prepared("a", "two"))
    library.delete(article_id("a"))
    for revision in (None, 1, 2):
        with pytest.raises(ArticleNotFoundError):
            library.article(article_id("a"), revision)
    with pytest.raises(ArticleNotFoundError):
        library.delete(article_id("a"))
    assert library.known(["a"]) == {}
    assert library.page(10, None).total == 0
    assert put(library, prepared("a", "two")) == [("added", article_id("a"))]
    assert library.article(article_id("a")).revision == 3


def test_deleted_text_is_not_left_in_the_file(library: Library, tmp_path: Path) -> None:
    put(library, prepared("a", "a-very-secret-word"))
    library.delete(article_id("a"))
    library.database.close()
    assert b"a-very-secret-word" not in (tmp_path / "library.db").read_bytes()


def test_known_articles(library: Library) -> None:
    put(library, *(prepared(f"k{number}", "text") for number in range(3)))
    known = library.known(f"k{number}" for number in range(1200))
    assert set(known) == {"k0", "k1", "k2"}
    assert known["k0"][0] == article_id("k0")


def test_pages_run_from_the_newest_to_the_oldest(library: Library) -> None:
    put(library, *(prepared(f"k{number}", "text" * number) for number in range(1, 6)))
    seen, cursor, sizes = [], None, []
    while True:
        page = library.page(2, cursor)
        seen += [item.id for item in page.items]
        sizes.append(len(page.items))
        assert page.total == 5
        if (cursor := page.next_cursor) is None:
            break
    assert seen == [article_id(f"k{number}") for number in range(5, 0, -1)]
    assert sizes == [2, 2, 1]
    assert library.page(1, None).items[0].characters == 20


@pytest.mark.parametrize("cursor", ["", "x", "-1", "1; DROP TABLE", "٣", "9" * 30])
def test_a_cursor_of_someone_else(library: Library, cursor: str) -> None:
    with pytest.raises(BadCursorError):
        library.page(2, cursor)


def test_two_keys_never_share_an_id(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "article_id", lambda key, length=8: f"same-{length}-{key if length > 8 else ''}")
    assert put(library, prepared("a", "one"), prepared("b", "two")) == [("added", "same-8-"), ("added", "same-16-b")]
    assert library.article("same-16-b").text == "two"


def test_another_embedding_is_refused(library: Library) -> None:
    library.commit([prepared("a", "one")], "fake")
    with pytest.raises(EmbeddingChangedError, match=r"by fake \(64 dim.*\), and QA_EMBEDDING is now other\. Run `qa"):
        library.bind("other", None)
    library.bind("fake", 64)
    with pytest.raises(EmbeddingChangedError, match=r"qa reindex"):
        library.bind("other", 64)
    with pytest.raises(EmbeddingChangedError, match=r"64 dimensions.*17 dimensions"):
        library.bind("fake", 17)
    with pytest.raises(EmbeddingChangedError):
        library.commit([prepared("b", "two")], "other")
    assert library.page(1, None).total == 1


def test_a_library_without_passages_takes_any_embedding(library: Library) -> None:
    library.bind("other", 17)
    library.bind("remote", None)
    library.commit([prepared("a", "one")], "fake")
    with pytest.raises(EmbeddingChangedError):
        library.bind("remote", None)
    library.delete(article_id("a"))
    library.bind("remote", 17)
    library.bind("fake", 64)


def test_a_batch_goes_in_whole_or_not_at_all(library: Library) -> None:
    broken = prepared("b", "two")
    broken = Prepared("b.txt", Article(key="b", text=None), b"", (Span(0, 1),), broken.vectors)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        library.commit([prepared("a", "one"), broken], "fake")
    assert library.page(1, None).total == 0
    assert passage_ids(library) == []
