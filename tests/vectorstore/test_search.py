from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore import search as search_module
from vectorstore.database import Database, sqlite_url
from vectorstore.library import Library
from vectorstore.limits import Limits
from vectorstore.passages import PassageReader
from vectorstore.records import Article, Counts, Filters, Span
from vectorstore.search import Reading, Search, fuse, refine
from vectorstore.store import Store
from vectorstore.writing import Prepared

EMBEDDER = FakeEmbedder()


class FakeVectors:
    """Gives the ids it was told, whatever is asked."""

    def __init__(self, *ids: int) -> None:
        self.ids = list(ids)
        self.limits: list[int] = []

    def nearest(self, vector: NDArray[np.float32], limit: int) -> list[int]:
        self.limits.append(limit)
        return self.ids[:limit]


class FakeLexical:
    """Gives the scores it was told, whatever is asked."""

    def __init__(self, **scores: float) -> None:
        self.found = [(int(name[1:]), score) for name, score in scores.items()]
        self.limits: list[Limits] = []

    def search(self, question: str, limit: int, limits: Limits) -> list[tuple[int, float]]:
        self.limits.append(limits)
        return self.found[:limit]

    def scores(self, question: str, ids: Sequence[int]) -> dict[int, float]:
        return dict.fromkeys(ids, 1.0)

    def scores_of(self, question: str, texts: Mapping[int, str]) -> dict[int, float]:
        return dict.fromkeys(texts, 1.0)

    def weights(self, text: str) -> dict[str, float]:
        return dict.fromkeys(text.split(), 1.0)

    def stem(self, word: str) -> str:
        return word


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    library = Library(database)
    put(library, "a", "troops left", published_at="2021-08-13", source="The National")
    put(library, "b", "plum cake", published_at="2021-08-14", source="Times")
    put(library, "c", "kabul airport")
    yield library
    database.close()


def put(library: Library, key: str, text: str, **fields: str) -> None:
    vectors = EMBEDDER.embed_passages([text])
    library.commit([Prepared(key, Article(key=key, text=text, **fields), b"", (Span(0, len(text)),), vectors)], "fake")


def find(
    library: Library,
    vectors: FakeVectors,
    lexical: FakeLexical,
    limit: int = 10,
    filters: Filters | None = None,
    question: str = "kabul bridge",
) -> list[str]:
    result = Search(PassageReader(library.database)).find(
        question, EMBEDDER.embed_question(question), (vectors, lexical), limit, filters or Filters()
    )
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)
    return [hit.text for hit in result.hits]


def test_fuse_as_its_docstring_says() -> None:
    scores = fuse(
        np.array([20, 10, 0], np.float32), np.array([0.2, 0.6, 0.6], np.float32), np.array([0, 2, 0], np.int64)
    )
    assert scores == pytest.approx([1.68, 0.5 + 0.54 + 0.5 / 3, 1.04])
    assert scores.dtype == np.float32


def test_refine_as_its_docstring_says() -> None:
    reading = Reading(
        sentence=np.array([0.5, 0.5], np.float32),
        passage=np.array([1, 0.5], np.float32),
        heading=np.array([0, 1], np.float32),
        pairs=np.array([0.5, 0], np.float32),
        recency=np.array([0, 1], np.float32),
    )
    refined = refine(np.ones(2, np.float32), reading)
    assert refined == pytest.approx([1.9, 2.5])
    assert refined.dtype == np.float32


def test_fuse_without_a_shared_word() -> None:
    scores = fuse(np.zeros(2, np.float32), np.array([0.2, 0.6], np.float32), np.zeros(2, np.int64))
    assert scores == pytest.approx([0.68, 1.04])
    assert fuse(np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros(0, np.int64)).shape == (0,)


def test_both_kinds_of_candidates_are_scored_alike(library: Library) -> None:
    assert find(library, FakeVectors(3), FakeLexical(_1=9.0, _2=1.0), question="which bridge") == [
        "troops left",
        "plum cake",
        "kabul airport",
    ]


def test_what_is_read_counts_beside_the_scores(library: Library) -> None:
    scores = FakeLexical(_1=9.0, _2=1.0)
    assert find(library, FakeVectors(3), scores, question="kabul airport")[0] == "kabul airport"
    assert find(library, FakeVectors(3), scores, question="cake of plum")[0] == "plum cake"


def test_a_question_for_what_is_new_prefers_new_articles(library: Library) -> None:
    put(library, "d", "troops left", published_at="2023-08-13")
    ids = {}
    for question in ("who left", "who left this week"):
        indexes = (FakeVectors(), FakeLexical(_1=9.0, _4=8.5))
        found = Search(PassageReader(library.database)).find(
            question, EMBEDDER.embed_question("left"), indexes, 2, Filters()
        )
        ids[question] = [hit.passage.id for hit in found.hits]
    assert ids == {"who left": [1, 4], "who left this week": [4, 1]}


def test_a_hit_carries_its_scores(library: Library) -> None:
    question = EMBEDDER.embed_question("kabul airport")
    result = Search(PassageReader(library.database)).find(
        "?", question, (FakeVectors(3), FakeLexical(_1=9.0)), 10, Filters()
    )
    hits = {hit.passage.id: hit for hit in result.hits}
    assert hits[3].similarity == pytest.approx(1)
    assert (hits[3].bm25, hits[1].bm25) == (0, 9)
    assert hits[1].article.current
    assert result.searched == Counts(articles=3, passages=3)


def test_what_the_indexes_still_name_but_is_gone_is_not_found(library: Library) -> None:
    assert find(library, FakeVectors(3, 99), FakeLexical(_1=9.0, _77=8.0, _2=1.0), limit=3) == [
        "troops left",
        "kabul airport",
        "plum cake",
    ]
    put(library, "a", "troops stayed")
    library.delete(library.page(9, None).items[1].id)
    assert find(library, FakeVectors(1, 2, 3), FakeLexical(_1=9.0)) == ["kabul airport", "troops stayed"]


def test_what_was_replaced_after_the_indexes_were_asked_is_found_as_it_is_now(library: Library) -> None:
    put(library, "a", "troops stayed")
    assert find(library, FakeVectors(3, 1), FakeLexical(), limit=2) == ["kabul airport", "troops stayed"]


def test_it_gives_as_many_hits_as_there_are(library: Library) -> None:
    assert len(find(library, FakeVectors(), FakeLexical(), limit=3)) == 3
    assert len(find(library, FakeVectors(), FakeLexical(), limit=2)) == 2
    assert find(library, FakeVectors(), FakeLexical(), limit=0) == []


@pytest.mark.parametrize("few", [0, 4000])
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(since=date(2021, 8, 14)), {"plum cake"}),
        (Filters(until=date(2021, 8, 13)), {"troops left"}),
        (Filters(since=date(2021, 8, 13), until=date(2021, 8, 14)), {"troops left", "plum cake"}),
        (Filters(until=date(2021, 8, 14), as_of=date(2021, 8, 13)), {"troops left"}),
        (Filters(sources=("THE NATIONAL", "other")), {"troops left"}),
        (Filters(sources=("nobody",)), set()),
    ],
)
def test_filters(
    library: Library, monkeypatch: pytest.MonkeyPatch, filters: Filters, expected: set[str], few: int
) -> None:
    monkeypatch.setattr(search_module, "_FEW", few)
    lexical = FakeLexical(_1=3.0, _2=2.0, _3=1.0)
    assert set(find(library, FakeVectors(3, 2, 1), lexical, filters=filters)) == expected
    assert set(find(library, FakeVectors(), FakeLexical(), filters=filters)) == expected
    asked = [Limits.of(filters)] + ([Limits.of(filters).published_by_then] if filters.as_of else [])
    assert lexical.limits in (asked, [])


def test_many_that_pass_are_looked_for_further_and_sorted_out(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "_FEW", 0)
    monkeypatch.setattr(search_module, "DENSE_CANDIDATES", 1)
    vectors = FakeVectors(3, 2, 1)
    assert find(library, vectors, FakeLexical(), limit=1, filters=Filters(sources=("times",))) == ["plum cake"]
    assert vectors.limits == [6]  # one of three passes: three times as many, and as many again to spare


def test_counts_follow_the_library(library: Library) -> None:
    reader = PassageReader(library.database)
    limits = Limits.of(Filters(sources=("times",)))
    assert reader.counts(limits) == Counts(1, 1)
    library.delete(library.page(9, None).items[1].id)
    reader.changed()
    assert reader.counts(limits) == Counts(0, 0)


def test_the_days_of_publication_follow_the_library(library: Library) -> None:
    reader = PassageReader(library.database)
    first, last = reader.days() or (None, None)
    assert first
    assert last
    assert first <= last
    for item in library.page(9, None).items:
        library.delete(item.id)
    assert reader.days() == (first, last)
    reader.changed()
    assert reader.days() is None


def test_an_article_is_read_once_until_the_library_changes(library: Library) -> None:
    reader = PassageReader(library.database)
    known = library.page(9, None).items[0].id
    first = reader.articles([(known, 1)])
    assert reader.articles([(known, 1)])[known, 1] is first[known, 1]
    reader.changed()
    assert reader.articles([(known, 1)]) == first
    assert reader.articles([(known, 1)])[known, 1] is not first[known, 1]
    library.delete(known)
    reader.changed()
    assert not reader.articles([(known, 1)])


def test_no_more_articles_are_kept_than_there_is_room_for(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.passages._CHARACTERS_KEPT", 1)
    reader = PassageReader(library.database)
    known = library.page(9, None).items[0].id
    first = reader.articles([(known, 1)])
    again = reader.articles([(known, 1)])
    assert first == again
    assert again[known, 1] is not first[known, 1]


def test_the_exact_search_reads_all_in_steps(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.passages._EXACT_BATCH", 1)
    reader = PassageReader(library.database)
    found = reader.nearest(EMBEDDER.embed_question("plum cake"), 2, Limits(None, None, ()))
    assert found[0] == 2
    assert len(found) == 2


def test_a_row_is_found_by_the_names_of_its_columns(tmp_path: Path) -> None:
    rows = "\n".join(f"| Town{n} | {n} |" for n in range(400))
    store = Store.open(tmp_path, EMBEDDER)
    store.ingest([source("a", f"| Place | Schools |\n|---|---|\n{rows}"), source("b", "Schools are closed. " * 20)])
    hits = store.search("schools Town399").hits
    assert "Town399" in hits[0].text
    assert "Schools" not in hits[0].text  # the row's passage is far below the head
    assert hits[0].bm25 > max(hit.bm25 for hit in hits[1:])
    store.close()
