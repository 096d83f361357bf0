from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore import ingest as ingest_module
from vectorstore.chunking import cut_passages
from vectorstore.database import Database, set_meta, sqlite_url
from vectorstore.errors import EmbeddingError, StorageError
from vectorstore.identity import article_id
from vectorstore.ingest import Ingest
from vectorstore.library import Library
from vectorstore.records import Article, IngestResult, Source
from vectorstore.writing import Prepared


class Bench:
    """A library with a fake embedder, and the batches that were committed."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.embedder = FakeEmbedder()
        self.batches: list[int] = []
        self.heard: list[IngestResult] = []
        self.failures: list[Exception] = []

    def commit(self, batch: list[Prepared]) -> list[IngestResult]:
        if self.failures:
            raise self.failures.pop()
        self.batches.append(len(batch))
        return self.library.commit(batch, "fake")

    def run(self, *sources: Source) -> list[str]:
        self.heard = []
        results = list(Ingest(self.library, self.embedder, self.commit, self.heard.append).run(sources))
        assert results == self.heard
        assert [result.name for result in results] == [item.name for item in sources]
        self.reasons = [result.reason for result in results]
        return [result.outcome for result in results]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    database = Database.open(sqlite_url(tmp_path / "library.db"))
    yield Bench(Library(database))
    database.close()


def test_added_unchanged_updated(bench: Bench) -> None:
    assert bench.run(source("a", "one"), source("b", "two")) == ["added", "added"]
    assert bench.run(source("b", "two"), source("a", "three"), source("c", "four")) == ["unchanged", "updated", "added"]
    assert bench.heard[0].article_id == article_id("b")
    assert len(bench.embedder.calls[-1]) == 2  # what is unchanged is not embedded again


def test_titles_are_embedded_with_each_passage(bench: Bench) -> None:
    text = "Troops left the city. " * 200
    bench.run(source("a", text, title="Kabul"))
    spans = cut_passages(text)
    assert len(spans) > 1
    assert bench.embedder.calls == [[f"Kabul\n{text[span.start : span.end]}" for span in spans]]


def test_only_what_is_new_in_an_article_is_embedded(bench: Bench) -> None:
    bench.library.bind("fake", None)
    lead, middle, end = (f"{word} troops left the city. " * 36 for word in ("First", "Then", "Last"))
    bench.run(source("a", lead + middle, title="Kabul"), source("b", "other words"))
    bench.embedder.calls.clear()
    assert bench.run(source("a", lead + end, title="Kabul")) == ["updated"]
    assert bench.embedder.calls == [[f"Kabul\n{end.strip()}"]]
    bench.embedder.calls.clear()
    assert bench.run(source("a", lead + end, title="Kabul", source="The National")) == ["updated"]
    assert bench.run(source("a", lead + middle, title="Kabul")) == ["updated"]  # as it was before
    assert bench.embedder.calls == []
    assert bench.run(source("a", lead + middle, title="Herat")) == ["updated"]  # it stands in each passage
    assert [len(call) for call in bench.embedder.calls] == [2]


def test_the_vectors_of_another_model_are_not_taken(bench: Bench) -> None:
    bench.library.bind("fake", None)
    bench.run(source("a", "one"))
    with bench.library.database.writing() as connection:
        set_meta(connection, "recipe", "0")
    bench.embedder.calls.clear()
    bench.run(source("a", "one", source="The National"))
    assert bench.embedder.calls == [["one\none"]]


def test_a_long_title_is_cut_short_in_each_passage(bench: Bench) -> None:
    bench.run(source("a", "Troops left the city. " * 200, title="Kabul " * 300))
    assert {text.split("\n")[0] for text in bench.embedder.calls[0]} == {("Kabul " * 300)[:200]}


def test_a_date_is_stored_in_one_form(bench: Bench) -> None:
    assert bench.run(source("a", "one", published_at="20210815")) == ["added"]
    assert bench.library.page(1, None).items[0].published_at == "2021-08-15"
    assert bench.run(source("a", "one", published_at="2021-08-15")) == ["unchanged"]


def test_a_bad_one_among_many(bench: Bench) -> None:
    outcomes = bench.run(
        source("a", "one"),
        Source("b.pdf", None, "It is binary."),
        source("c", "\0"),
        source("d", " "),
        source("e", "x", published_at="yesterday"),
        Source("f"),
        source("g", "two"),
    )
    assert outcomes == ["added", "failed", "failed", "failed", "failed", "failed", "added"]
    assert bench.reasons[1] == "It is binary."
    assert all(bench.reasons[1:6])


def test_two_of_the_same_key_in_one_run(bench: Bench) -> None:
    twins = [Source("x.md", Article("k", "one")), Source("y.md", Article("k", "two"))]
    assert bench.run(*twins) == ["added", "failed"]
    assert "x.md" in (bench.reasons[1] or "")
    assert bench.run(*twins) == ["unchanged", "failed"]
    assert bench.library.article(article_id("k")).revision == 1


def test_a_refused_one_does_not_take_the_key(bench: Bench) -> None:
    assert bench.run(Source("x.md", Article("k", "")), Source("y.md", Article("k", "two"))) == ["failed", "added"]


def test_batches_are_bounded(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "_ARTICLES_A_BATCH", 3)
    bench.run(*(source(f"k{number}", "text") for number in range(7)))
    assert bench.batches == [3, 3, 1]
    monkeypatch.setattr(ingest_module, "_CHARACTERS_A_BATCH", 10)
    bench.run(*(source(f"long{number}", "some more text") for number in range(2)))
    assert bench.batches[3:] == [1, 1]


def test_a_model_that_fails_fails_its_batch_only(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "_ARTICLES_A_BATCH", 2)
    bench.embedder.failures = [None, EmbeddingError("The model is away.", retryable=True), None]
    sources = [source(f"k{number}", "text") for number in range(6)]
    assert bench.run(*sources) == ["added", "added", "failed", "failed", "added", "added"]
    assert bench.reasons[2] == "The model is away."
    assert bench.run(*sources) == ["unchanged", "unchanged", "added", "added", "unchanged", "unchanged"]


def test_a_model_that_is_away_is_not_asked_for_ever(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "_ARTICLES_A_BATCH", 1)
    bench.embedder.failures = [EmbeddingError("The model is away.")] * 10
    assert bench.run(*(source(f"k{number}", "text") for number in range(9))) == ["failed"] * 9
    assert len(bench.embedder.calls) == 3


def test_a_model_that_chokes_on_one_article_fails_that_one_only(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    embed = bench.embedder.embed_passages

    def choke(texts: Sequence[str]) -> NDArray[np.float32]:
        if any("poison" in text for text in texts):
            raise EmbeddingError("The model can't take it.")
        return embed(texts)

    monkeypatch.setattr(bench.embedder, "embed_passages", choke)
    sources = [source("a", "one"), source("b", "poison"), source("c", "two")]
    assert bench.run(*sources) == ["added", "failed", "added"]
    assert bench.reasons[1] == "The model can't take it."


class Panic(BaseException):
    """As pyo3's PanicException, which is no Exception."""


@pytest.mark.parametrize("error", [Panic("s3cret"), ValueError("s3cret"), MemoryError()])
@pytest.mark.parametrize("part", ["cut_passages", "signature"])
def test_an_article_that_breaks_something_fails_alone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, part: str, error: BaseException
) -> None:
    whole = getattr(ingest_module, part)

    def break_down(text: str, **given: object) -> object:
        if "poison" in text:
            raise error
        return whole(text, **given)

    monkeypatch.setattr(ingest_module, part, break_down)
    sources = [source(f"k{number}", "poison" if number < 4 else "text") for number in range(6)]
    assert bench.run(*sources) == ["failed"] * 4 + ["added"] * 2
    assert type(error).__name__ in (bench.reasons[0] or "")
    assert "s3cret" not in (bench.reasons[0] or "")


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_ends_the_run(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def leave(text: str, **given: object) -> object:
        raise error

    monkeypatch.setattr(ingest_module, "cut_passages", leave)
    with pytest.raises(error):
        bench.run(source("a", "one"))


def test_a_disk_that_is_full_is_tried_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(ingest_module, "_ARTICLES_A_BATCH", 2)
    assert bench.run(source("k0", "text")) == ["added"]
    bench.failures = [StorageError("The disk is full.")]
    assert bench.run(*(source(f"k{number}", "text") for number in range(7))) == ["unchanged"] + ["failed"] * 6
    assert set(bench.reasons[1:]) == {"The disk is full."}
    assert len(caplog.records) == 1


def test_a_library_that_cannot_be_read_fails_what_is_left(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(keys: object) -> dict[str, tuple[str, str]]:
        raise StorageError("The disk is broken.")

    monkeypatch.setattr(bench.library, "known", fail)
    assert bench.run(source("a", "one"), source("b", " ")) == ["failed", "failed"]
    assert bench.reasons == ["The disk is broken.", "It holds no text."]


def test_a_full_disk_fails_the_batch(bench: Bench) -> None:
    bench.failures = [StorageError("The disk is full.")]
    assert bench.run(source("a", "one")) == ["failed"]
    assert bench.reasons == ["The disk is full."]
    assert bench.run(source("a", "one")) == ["added"]


def test_too_few_vectors(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(texts: list[str]) -> NDArray[np.float32]:
        return np.zeros((0, 64), np.float32)

    monkeypatch.setattr(bench.embedder, "embed_passages", none)
    assert bench.run(source("a", "one")) == ["failed"]
    assert "0 vectors for 1" in (bench.reasons[0] or "")
