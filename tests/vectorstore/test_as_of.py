from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.identity import article_id
from vectorstore.limits import Limits, Moment
from vectorstore.records import Counts, Filters, SearchResult
from vectorstore.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "data", FakeEmbedder())
    yield store
    store.close()


def now() -> datetime:
    return datetime.now(UTC)


def search(store: Store, as_of: date | None, question: str = "fell", **filters: object) -> SearchResult:
    return store.search(question, filters=Filters(as_of=as_of, **filters))  # type: ignore[arg-type]


def texts(store: Store, as_of: date | None, question: str = "fell", **filters: object) -> set[str]:
    return {hit.text for hit in search(store, as_of, question, **filters).hits}


def test_of_a_moment_the_revisions_are_found_that_were_current_then(store: Store) -> None:
    before = now()
    store.ingest([source("a", "Kabul fell"), source("b", "Plum cake")])
    first = now()
    store.ingest([source("a", "Herat fell")])
    second = now()
    store.ingest([source("a", "Kunduz fell"), source("c", "Ghazni fell")])
    assert texts(store, before) == set()
    assert texts(store, first) == {"Kabul fell", "Plum cake"}
    assert texts(store, second) == {"Herat fell", "Plum cake"}
    for as_of in (None, now(), now().date(), now().astimezone(timezone(timedelta(hours=-9)))):
        assert texts(store, as_of) == {"Kunduz fell", "Plum cake", "Ghazni fell"}
    found = search(store, first)
    assert found.searched == Counts(articles=2, passages=2)
    hits = {hit.text: hit for hit in found.hits}
    old, same = hits["Kabul fell"].article, hits["Plum cake"].article
    assert (old.id, old.revision, old.current) == (article_id("a"), 1, False)
    assert (same.revision, same.current) == (1, True)
    assert hits["Kabul fell"].bm25 > 0


def test_an_older_revision_passes_by_its_own_day_and_publisher(store: Store) -> None:
    store.ingest([source("a", "Kabul fell", published_at="2021-08-13", source="Meridian Wire")])
    then = now()
    store.ingest([source("a", "Herat fell", published_at="2021-09-01", source="The National")])
    assert texts(store, then, sources=("meridian wire",)) == {"Kabul fell"}
    assert texts(store, then, sources=("the national",)) == set()
    assert texts(store, then, until=date(2021, 8, 31)) == {"Kabul fell"}
    assert texts(store, then, since=date(2021, 9, 1)) == set()
    assert texts(store, None, sources=("meridian wire",)) == set()


def test_what_was_taken_in_later_counts_where_it_had_been_published(store: Store) -> None:
    store.ingest([source("a", "Kabul fell", published_at="2021-08-15"), source("b", "Herat fell")])
    store.ingest([source("a", "Kabul fell, and Herat", published_at="2021-08-15")])
    assert texts(store, date(2021, 8, 14)) == set()
    for as_of in (date(2021, 8, 15), datetime(2022, 1, 1, tzinfo=UTC)):
        assert texts(store, as_of) == {"Kabul fell"}  # its first revision; and of the other nobody knows


def test_a_deleted_article_is_of_no_moment(store: Store) -> None:
    store.ingest([source("a", "Kabul fell", published_at="2021-08-15")])
    store.ingest([source("a", "Herat fell", published_at="2021-08-15")])
    then = now()
    store.delete(article_id("a"))
    store.ingest([source("a", "Kunduz fell", published_at="2021-08-15")])
    assert texts(store, then) == texts(store, date(2021, 8, 20)) == {"Kunduz fell"}
    store.delete(article_id("a"))
    assert texts(store, then) == set()


def test_older_revisions_are_embedded_anew_with_the_rest(tmp_path: Path) -> None:
    store = Store.open(tmp_path, FakeEmbedder())
    store.ingest([source("a", "Kabul fell")])
    then = now()
    store.ingest([source("a", "Plum cake")])
    store.close()
    other = FakeEmbedder("other", dimensions=24)
    store = Store.open(tmp_path, other, reindexing=True)
    assert store.reindex() == Counts(1, 1)
    assert sum(map(len, other.calls)) == 2
    hits = search(store, then, "kabul").hits
    assert [hit.text for hit in hits] == ["Kabul fell"]
    assert hits[0].similarity == pytest.approx(
        other.embed_question("kabul") @ other.embed_passages(["Kabul fell\nKabul fell"])[0], abs=1e-6
    )
    store.close()


def test_of_many_older_passages_those_that_say_it_come_first(store: Store) -> None:
    store.ingest([source(f"k{number}", f"number {number} stands alone") for number in range(200)])
    then = now()
    store.ingest([source(f"k{number}", "other words") for number in range(200)])
    assert search(store, then, "number 137").hits[0].text == "number 137 stands alone"
    assert search(store, then, "number 137").searched == Counts(200, 200)


def test_no_clock_that_was_set_back_makes_two_revisions_current(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, at in enumerate((10, 5, 20)):
        monkeypatch.setattr("vectorstore.writing._moment", lambda at=at: f"2021-08-15T00:00:{at:02}.000000+00:00")
        store.ingest([source("a", f"version {number}")])
    found = [texts(store, datetime(2021, 8, 15, second=second, tzinfo=UTC), "version") for second in (9, 10, 19, 20)]
    assert found == [set(), {"version 1"}, {"version 1"}, {"version 2"}]


def test_a_day_ends_at_midnight_in_utc() -> None:
    assert Moment.of(date(2021, 8, 15)) == Moment("2021-08-15T23:59:59.999999+00:00", 20210815)
    east = datetime(2021, 8, 15, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert Moment.of(east) == Moment("2021-08-14T23:30:00.000000+00:00", 20210815)
    assert not Limits.of(Filters(as_of=east)).none
    assert Limits.of(Filters(as_of=east, until=date(2020, 1, 1))).published_by_then == Limits(None, 20200101, ())
