"""Jobs: one at a time, told as they go, kept over the end of the process."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.api.live import until
from tests.vectorstore.fakes import FakeEmbedder, source
from vectorstore.database import Database, sqlite_url
from vectorstore.errors import EmbeddingError, JobNotFoundError, JobsFullError, StorageError
from vectorstore.identity import article_id
from vectorstore.jobs import runner
from vectorstore.jobs.records import Job, Tally
from vectorstore.jobs.runner import Jobs
from vectorstore.jobs.work import Run, Work, ingesting, reindexing
from vectorstore.records import Counts, IngestResult, Source
from vectorstore.store import Store


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(sqlite_url(tmp_path / "library.db"))
    yield opened
    opened.close()


@pytest.fixture
def jobs(database: Database) -> Iterator[Jobs]:
    made = Jobs(lambda: database, "this")
    yield made
    made.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "data", FakeEmbedder())
    yield opened
    opened.close()


def ended(jobs: Jobs, job: Job) -> Job:
    assert until(lambda: jobs.job(job.id).ended)
    return jobs.job(job.id)


class Held:
    """Work that waits until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()
        self.closed = 0

    def work(self) -> Work:
        def run(job: Run) -> None:
            self.begun.set()
            while not self.go.wait(0.01):
                job.go_on()

        def close() -> None:
            self.closed += 1

        return Work(run, close)


def failing(error: Exception) -> Work:
    def run(_: Run) -> None:
        raise error

    return Work(run)


def test_articles_are_taken_in(jobs: Jobs, store: Store) -> None:
    sources = [source(f"{n}", f"Storm {n}") for n in range(3)] + [Source("bad", reason="it is empty")]
    job = ended(jobs, jobs.submit("ingest", "4 articles", ingesting(store, sources), total=4))
    assert (job.state, job.done, job.total, job.share, job.tally) == ("done", 4, 4, 1.0, Tally(added=3, failed=1))
    assert job.started_at
    assert job.ended_at
    assert job.created_at <= job.started_at <= job.ended_at
    kept = jobs.results(job.id)
    assert [(one.name, one.outcome, one.reason) for one in kept.items] == [
        ("0", "added", None),
        ("1", "added", None),
        ("2", "added", None),
        ("bad", "failed", "it is empty"),
    ]
    assert kept.next_cursor is None
    assert store.counts().articles == 3


def test_indexes_are_made_anew(jobs: Jobs, store: Store) -> None:
    store.ingest([source(f"{n}", f"Storm {n}") for n in range(3)])
    job = ended(jobs, jobs.submit("reindex", "the indexes", reindexing(store)))
    assert (job.state, job.done, job.total, job.share, job.error) == ("done", 3, 3, 1.0, None)


def test_results_come_in_pages_and_more_of_them_may_come_while_it_runs(jobs: Jobs, database: Database) -> None:
    held = Held()

    def run(job: Run) -> None:
        for number in range(5):
            job.result(IngestResult(f"{number}", "added"))
        held.work().run(job)

    job = jobs.submit("ingest", "articles", Work(run))
    assert until(held.begun.is_set)
    empty = jobs.results(job.id, 2)
    assert (empty.items, empty.next_cursor) == ((), "0")
    running = jobs.job(job.id)
    assert (running.state, running.done, running.tally.added) == ("running", 5, 5)
    assert running.rate
    held.go.set()
    ended(jobs, job)
    names, cursor = list[str](), empty.next_cursor
    while cursor is not None:
        page = jobs.results(job.id, 2, cursor)
        names += [one.name for one in page.items]
        cursor = page.next_cursor
    assert names == list("01234")


def test_one_runs_and_the_others_wait(jobs: Jobs) -> None:
    first, second = Held(), Held()
    one, two = (jobs.submit("ingest", "articles", held.work()) for held in (first, second))
    assert until(first.begun.is_set)
    assert (jobs.job(one.id).state, jobs.job(two.id).state) == ("running", "waiting")
    first.go.set()
    assert until(second.begun.is_set)
    second.go.set()
    assert ended(jobs, two).state == "done"
    assert (first.closed, second.closed) == (1, 1)
    assert [job.id for job in jobs.page().items] == [two.id, one.id]


def test_too_many_that_wait_are_refused(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "MOST_WAITING", 1)
    held, refused = Held(), Held()
    jobs.submit("ingest", "articles", held.work())
    assert until(held.begun.is_set)
    jobs.submit("ingest", "articles", held.work())
    with pytest.raises(JobsFullError) as caught:
        jobs.submit("ingest", "articles", refused.work())
    assert caught.value.retryable
    assert refused.closed == 1


def test_a_reindex_that_waits_stands_for_another(jobs: Jobs) -> None:
    running, again = Held(), Held()
    jobs.submit("reindex", "the indexes", running.work())
    assert until(running.begun.is_set)
    waiting = jobs.submit("reindex", "the indexes", Held().work())
    assert jobs.submit("reindex", "the indexes", again.work()).id == waiting.id
    assert again.closed == 1


def test_one_that_runs_is_cancelled_at_its_next_step(jobs: Jobs, store: Store) -> None:
    more = threading.Event()

    def sources() -> Iterator[Source]:
        for number in range(200):
            if number == 100:
                assert more.wait(5)
            yield source(f"{number}", f"Storm {number}")

    job = jobs.submit("ingest", "articles", ingesting(store, sources()))
    assert until(lambda: jobs.job(job.id).done == 64)
    assert jobs.cancel(job.id).state == "running"
    more.set()
    cancelled = ended(jobs, job)
    assert (cancelled.state, cancelled.tally.added, cancelled.error) == ("cancelled", 64, None)
    assert store.counts().articles == 64
    assert len(jobs.results(job.id).items) == 64
    again = ended(jobs, jobs.submit("ingest", "articles", ingesting(store, sources())))
    assert again.tally == Tally(added=136, unchanged=64)


def test_one_that_waits_is_cancelled_at_once(jobs: Jobs) -> None:
    held, waiting = Held(), Held()
    jobs.submit("ingest", "articles", held.work())
    assert until(held.begun.is_set)
    job = jobs.submit("ingest", "articles", waiting.work())
    assert jobs.cancel(job.id).state == "cancelled"
    assert waiting.closed == 1
    assert jobs.cancel(job.id).state == "cancelled"
    with pytest.raises(JobNotFoundError, match="nope"):
        jobs.cancel("nope")


def test_a_reindex_that_is_cancelled_changes_nothing(jobs: Jobs, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.ingest([source("a", "Kabul fell")])
    begun, go, reindex = threading.Event(), threading.Event(), store.reindex

    def waiting(progress: Callable[[int], None] | None = None) -> Counts:
        begun.set()
        assert go.wait(5)
        return reindex(progress)

    monkeypatch.setattr(store, "reindex", waiting)
    job = jobs.submit("reindex", "the indexes", reindexing(store))
    assert begun.wait(5)
    jobs.cancel(job.id)
    go.set()
    assert ended(jobs, job).state == "cancelled"
    assert [hit.text for hit in store.search("kabul").hits] == ["Kabul fell"]
    assert store.check().ready


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (EmbeddingError("The model is gone. Start it."), "The model is gone. Start it."),
        (ValueError("s3cret"), "It failed as it never should (ValueError). Please report it."),
    ],
)
def test_one_that_fails_says_why_and_others_go_on(jobs: Jobs, error: Exception, words: str) -> None:
    failed = ended(jobs, jobs.submit("reindex", "the indexes", failing(error)))
    assert (failed.state, failed.error) == ("failed", words)
    held = Held()
    held.go.set()
    assert ended(jobs, jobs.submit("reindex", "the indexes", held.work())).state == "done"


def test_what_the_process_leaves_is_interrupted(jobs: Jobs, database: Database) -> None:
    running, waiting = Held(), Held()
    one, two = (jobs.submit("ingest", "articles", held.work()) for held in (running, waiting))
    assert until(running.begun.is_set)
    killed = Jobs(lambda: database, "the next process")
    assert {killed.job(one.id).state, killed.job(two.id).state} == {"interrupted"}
    jobs.close()
    assert {jobs.job(one.id).state, jobs.job(two.id).state} == {"interrupted"}
    assert (running.closed, waiting.closed) == (1, 1)
    with pytest.raises(JobsFullError):
        jobs.submit("ingest", "articles", Held().work())


@pytest.mark.parametrize("error", [StorageError("The disk is full."), ValueError("a fault of ours")])
def test_an_end_that_cannot_be_kept_is_remembered_and_the_next_job_runs(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    held = Held()
    job = jobs.submit("ingest", "articles", held.work())
    assert until(held.begun.is_set)

    def full(*_: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr("vectorstore.jobs.entry.Entry._save", full)
        held.go.set()
        assert ended(jobs, job).state == "done"
        assert jobs.page().items[0].state == "done"
    again = Held()
    again.go.set()
    assert ended(jobs, jobs.submit("ingest", "articles", again.work())).state == "done"


def test_old_ones_are_forgotten(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.jobs.ledger.MOST_KEPT", 2)
    made = [ended(jobs, jobs.submit("ingest", "nothing", Work(lambda _: None))) for _ in range(4)]
    assert [job.id for job in jobs.page().items] == [made[3].id, made[2].id]
    first = jobs.page(1)
    assert (first.total, [job.id for job in jobs.page(1, first.next_cursor).items]) == (2, [made[2].id])


def test_a_deleted_article_is_in_no_job(jobs: Jobs, store: Store) -> None:
    inside = Jobs(lambda: store.database, "this")
    job = ended(inside, inside.submit("ingest", "articles", ingesting(store, [source("a", "x"), source("b", "y")])))
    store.delete(article_id("a"))
    assert [result.name for result in inside.results(job.id).items] == ["(deleted)", "b"]
    inside.close()
