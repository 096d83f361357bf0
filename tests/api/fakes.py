"""Stand-ins for the store and the engine: they keep the contract, record calls and give queued replies."""

import io
import threading
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, cast

from qa.engine import Engine
from qa.errors import BadQuestionError, ModelCancelledError
from qa.events import AnswerEvent, Event, EvidenceEvent
from qa.reading.searching import Found, FoundPassage
from qa.records import (
    Answer,
    Citation,
    Erased,
    Excerpt,
    Figure,
    GivenFilters,
    Request,
    Searched,
    UnderstoodFilters,
)
from vectorstore.database import Database, sqlite_url
from vectorstore.diagnosis import Check, Diagnosis
from vectorstore.errors import ArticleNotFoundError
from vectorstore.records import ArticleSummary, Counts, Health, IngestResult, Page, Source, StoredArticle

TEXT = "The last flight has left.\nOperation Pitting evacuated 15,000 people – “in two weeks”."
QUOTE = "Operation Pitting evacuated 15,000 people – “in two weeks”."
WHEN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def citation(**changes: object) -> Citation:
    start = TEXT.index(QUOTE)
    plain = Citation(
        marker=1,
        article_id="airlift-1f0a9c3d",
        revision=1,
        title="The airlift ends",
        url="https://news.example/airlift",
        source="The Example",
        published_at="2021-08-29",
        quote=QUOTE,
        start=start,
        end=start + len(QUOTE),
        support="verified",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def answer(**changes: object) -> Answer:
    plain = Answer(
        id="a1",
        status="answered",
        reason=None,
        question="how many were evacuated",
        standalone_question="how many were evacuated",
        text=f"{QUOTE} [1]",
        short_answer="15,000 people",
        citations=(citation(),),
        figures=(Figure(15000, "people", "15,000", (1,), "The Example", "2021-08-29"),),
        independent_sources=1,
        mode="extractive",
        model=None,
        degraded=False,
        searched=Searched(1, 2),
        nearest=(),
        timings_ms={"total": 1.5},
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def no_answer(**changes: object) -> Answer:
    refused = {
        "status": "no_answer",
        "reason": "no_match",
        "text": "",
        "short_answer": None,
        "citations": (),
        "figures": (),
        "independent_sources": 0,
        "nearest": (Excerpt("airlift-1f0a9c3d", 1, None, None, None, None, "The last flight has left.", 0, 25),),
    }
    return answer(**{**refused, **changes})


GIVEN = GivenFilters("2021-08-01", None, None, ("A",), "Only articles of A since 1 August 2021, as the filters say.")
UNDERSTOOD = UnderstoodFilters(None, "2021-08-20", (), "Only articles until 20 August 2021, as the question says.")

ERASED = Erased("airlift-1f0a9c3d", files=9, bytes=2_400_000, words=24, vectors=1, stems=90, left=(), conversations=())

FOUND = Found(
    "how many were evacuated",
    (
        FoundPassage(
            "airlift-1f0a9c3d", 1, "The airlift ends", None, "The Example", "2021-08-29", TEXT, 0, len(TEXT), 2.5
        ),
    ),
    Searched(1, 2),
)


def stored(**changes: object) -> StoredArticle:
    plain = StoredArticle(
        id="airlift-1f0a9c3d",
        revision=1,
        current=True,
        text=TEXT,
        title="The airlift ends",
        url="https://news.example/airlift",
        source="The Example",
        published_at="2021-08-29",
        ingested_at=WHEN,
        signature=b"\xff\x00",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


WELL = Diagnosis(True, (Check("orphans", True, "none"),))


@dataclass
class FakeUpkeep:
    """Gives the diagnosis and the library; records whether it was to repair. failure: raised while it is set."""

    diagnosis: Diagnosis = WELL
    library: bytes = b"a library" * 200_000
    failure: Exception | None = None
    asked: list[bool] = field(default_factory=list)

    def examine(self, *, repair: bool = False) -> Diagnosis:
        self.asked.append(repair)
        return self.diagnosis

    def snapshot(self) -> BinaryIO:
        if self.failure is not None:
            raise self.failure
        return io.BytesIO(self.library)


@dataclass
class FakeCleaning:
    """cleaned: how often it was called."""

    cleaned: int = 0

    def clean_or_tell(self) -> None:
        self.cleaned += 1


@dataclass
class FakeStore:
    """Holds articles by id. failure: raised by every call while it is set."""

    held: dict[str, StoredArticle] = field(default_factory=lambda: {"airlift-1f0a9c3d": stored()})
    health: Health = field(default_factory=lambda: Health(True, {"library": "ok"}))
    token: str = "t0ken"
    embedding_name: str = "wordllama"
    failure: Exception | None = None
    ingested: list[Source] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)
    upkeep: FakeUpkeep = field(default_factory=FakeUpkeep)
    cleaning: FakeCleaning = field(default_factory=FakeCleaning)
    folder: Path | None = None  # for what is kept beside the articles

    @cached_property
    def database(self) -> Database:
        assert self.folder, "name a folder for the database"
        return Database.open(sqlite_url(self.folder / "library.db"))

    def close(self) -> None:
        if "database" in vars(self):
            self.database.close()

    def _meet(self) -> None:
        if self.failure is not None:
            raise self.failure

    def articles(self, *, limit: int = 50, cursor: str | None = None) -> Page:
        self._meet()
        ids = sorted(self.held)
        start = int(cursor or 0)
        shown = [self.held[name] for name in ids[start : start + limit]]
        items = tuple(
            ArticleSummary(a.id, a.revision, a.title, a.url, a.source, a.published_at, a.ingested_at, len(a.text))
            for a in shown
        )
        return Page(items, len(ids), str(start + limit) if start + limit < len(ids) else None)

    def sources(self) -> tuple[str, ...]:
        self._meet()
        return tuple(sorted({held.source for held in self.held.values() if held.source}))

    def article(self, article_id: str, revision: int | None = None) -> StoredArticle:
        self._meet()
        found = self.held.get(article_id)
        if found is None or revision not in {None, found.revision}:
            raise ArticleNotFoundError(f"No article has the id {article_id!r}.")
        return found

    def ingest(
        self, sources: Iterable[Source], progress: Callable[[IngestResult], None] | None = None
    ) -> tuple[IngestResult, ...]:
        self._meet()
        results = []
        for source in sources:
            self.ingested.append(source)
            if source.article is None or not source.article.text.strip():
                result = IngestResult(source.name, "failed", reason=source.reason or "It holds no text.")
            else:
                self.held[source.name] = stored(id=source.name, text=source.article.text, title=source.article.title)
                result = IngestResult(source.name, "added", article_id=source.name)
            results.append(result)
            if progress:
                progress(result)
        return tuple(results)

    def delete(self, article_id: str) -> None:
        self.article(article_id)
        del self.held[article_id]

    def counts(self) -> Counts:
        return Counts(len(self.held), 2 * len(self.held))

    def reindex(self, progress: Callable[[int], None] | None = None) -> Counts:
        self._meet()
        if progress:
            progress(2 * len(self.held))
        return self.counts()

    def check(self) -> Health:
        return self.health

    def announce(self, url: str) -> None:
        self.announced.append(url)


@dataclass
class FakeEngine:
    """Gives the queued replies, one a question (an exception is raised); records the questions.

    told: what a stream tells before the answer. writer: None where there is no model. wrong: what is wrong with it.
    erased: what a deletion with proof tells.
    """

    replies: list[Answer | BaseException] = field(default_factory=list)
    told: list[Event | BaseException] = field(default_factory=list)
    writer: object = None
    wrong: str | None = None
    store: FakeStore = field(default_factory=FakeStore)
    asked: list[Request] = field(default_factory=list)
    closed: bool = False
    erased: Erased = ERASED

    def ask(self, request: Request, cancelled: threading.Event | None = None) -> Answer:
        if not request.question.strip() or len(request.question) > 2000 or "\0" in request.question:
            raise BadQuestionError("The question is empty, too long, or not text.")
        self.asked.append(request)
        reply = self.replies.pop(0)
        if isinstance(reply, BaseException):
            raise reply
        return reply

    def erase(self, article_id: str) -> Erased:
        self.store.delete(article_id)
        return self.erased

    def stream(self, request: Request, cancelled: threading.Event | None = None) -> Generator[Event, None, None]:
        answered = self.ask(request)
        for event in self.told:
            if isinstance(event, BaseException):
                raise event
            yield event
        yield AnswerEvent(answered)

    def search(self, request: Request, limit: int = 10) -> Found:
        self.asked.append(request)
        return replace(FOUND, passages=FOUND.passages[:limit])

    def check_model(self) -> str | None:
        return self.wrong

    def close(self) -> None:
        self.closed = True

    def as_engine(self) -> Engine:
        return cast("Engine", self)


class SlowEngine(FakeEngine):
    """Has a model that says nothing until it is given up, which it notes."""

    def __init__(self) -> None:
        super().__init__(writer=object())
        self.begun = threading.Event()
        self.given_up = threading.Event()

    def ask(self, request: Request, cancelled: threading.Event | None = None) -> Answer:
        assert cancelled
        self.begun.set()
        assert cancelled.wait(5)
        self.given_up.set()
        raise ModelCancelledError("given up")

    def stream(self, request: Request, cancelled: threading.Event | None = None) -> Generator[Event, None, None]:
        yield EvidenceEvent(())
        yield AnswerEvent(self.ask(request, cancelled))
