"""The typed client of the HTTP service."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter

from api.schemas import MAX_ARTICLES, ArticleOut, HealthOut, IngestOut, PublishersOut
from api.version import SERVICE
from clients.answer_stream import ANSWER, CUT_OFF, read_answer_stream
from clients.client import Progress, Reached
from clients.connection import CONNECT_S, ascii_json, not_dateline, page_of
from clients.errors import ClientError, CutOffError, NotDatelineError, ServerError
from clients.http_conversations import HttpConversations
from clients.http_jobs import JOB, HttpJobs
from qa.events import Event
from qa.reading.searching import Found
from qa.records import Answer, Erased, Request
from vectorstore.diagnosis import Diagnosis
from vectorstore.errors import ArticleNotFoundError
from vectorstore.identity import OncePerKey
from vectorstore.records import Counts, IngestResult, Page, Source

INGEST_S = 600.0
WHOLE_S = 3600.0
HEALTH_S = 5.0
ACCEPTED = 202

BATCH_CHARACTERS = 2_000_000
"""An ingest request holds about this much text: enough to be worth the trip, little enough to show progress."""

_LONGEST_ID = 120


class HttpClient(HttpConversations, HttpJobs):
    """A `Client` of the server at an address (http://host:port). Use it as a context manager, or close it."""

    def health(self) -> HealthOut:
        """Who is there. Raises UnreachableError or NotDatelineError."""
        health = self._call("GET", "/healthz", TypeAdapter(HealthOut), read_s=HEALTH_S)
        if health.service != SERVICE:
            raise NotDatelineError(not_dateline(self.url))
        return health

    def ask(self, request: Request) -> Answer:
        """Answer a question, or say that the articles don't."""
        return self._call("POST", "/ask", ANSWER, body=_question(request))

    def stream_ask(self, request: Request) -> Generator[Event, None, None]:
        """Answer a question as `ask` does, and tell of it on the way; the last event is the answer.

        Raises as `ask` does, CutOffError where the stream ends before the answer is whole too. Closing it closes the
        connection, and the server gives the question up.
        """
        sent = self._http.build_request(
            "POST",
            "/ask",
            content=ascii_json(_question(request)),
            headers={"Content-Type": "application/json", "Accept": "text/event-stream"},
        )
        with closing(self._sent(sent, stream=True)) as response:
            try:
                if not response.is_success:
                    response.read()
                    raise self._error(response)
                if not response.headers.get("content-type", "").startswith("text/event-stream"):
                    raise NotDatelineError(not_dateline(self.url))
                yield from read_answer_stream(response.iter_bytes(), self._error_of)
            except httpx.HTTPError:
                raise CutOffError(CUT_OFF) from None
            except ValueError:
                raise NotDatelineError(not_dateline(self.url)) from None

    def search(self, request: Request, limit: int) -> Found:
        """The passages that bear on a question, best first. limit: 1 to 100."""
        body = _question(request)
        del body["mode"], body["explain"], body["asker"]
        return self._call("POST", "/search", TypeAdapter(Found), body=body | {"limit": limit})

    def ingest(self, sources: Iterable[Source], progress: Progress) -> None:
        """Take articles in, in batches; `progress` is told what became of each, in order."""
        for batch in _batches(_checked(sources)):
            for result in self._send(batch):
                progress(result)

    def articles(self, *, limit: int, cursor: str | None = None) -> Page:
        """A page of the articles. Raises BadCursorError."""
        return self._call("GET", "/articles", TypeAdapter(Page), params=page_of(limit, cursor))

    def sources(self) -> tuple[str, ...]:
        """The publishers of the articles, in order."""
        return self._call("GET", "/sources", TypeAdapter(PublishersOut)).sources

    def article(self, article_id: str, revision: int | None = None) -> ArticleOut:
        """An article with its text."""
        params = {} if revision is None else {"revision": str(revision)}
        return self._call("GET", _article_path(article_id), TypeAdapter(ArticleOut), params=params)

    def delete(self, article_id: str) -> None:
        """Delete an article in all its revisions."""
        self._respond("DELETE", _article_path(article_id))

    def clean(self) -> None:
        """Nothing: a server cleans the indexes' files by itself, soon after each deletion."""

    def erase(self, article_id: str) -> Erased:
        """Delete an article, clean the indexes' files of it, and tell what the data folder's files hold of it."""
        path = _article_path(article_id)
        return self._call("DELETE", path, TypeAdapter(Erased), params={"verify": "true"}, read_s=WHOLE_S)

    def reindex(self, progress: Reached) -> Counts:
        """Build the indexes anew. Raises JobEndedError."""
        job = self._parsed(self._begun(lambda: self._respond("POST", "/articles/reindex")), JOB)
        for now in self.follow_job(job):
            job = now
            progress(now.done, now.total or 0)
        return Counts(self.articles(limit=1).total, job.done)

    def examine(self, *, repair: bool = False) -> Diagnosis:
        """Check everything, and make anew what is broken where that is asked for."""
        return self._call("POST", "/doctor", TypeAdapter(Diagnosis), body={"repair": repair}, read_s=WHOLE_S)

    def download_backup(self, target: Path) -> None:
        """Write the library, as it is at one moment, to a file. Raises CutOffError where it doesn't come whole."""
        sent = self._http.build_request("POST", "/backup", timeout=httpx.Timeout(WHOLE_S, connect=CONNECT_S))
        with closing(self._sent(sent, stream=True)) as response, target.open("wb") as file:
            try:
                if not response.is_success:
                    response.read()
                    raise self._error(response)
                for chunk in response.iter_bytes():
                    file.write(chunk)
            except httpx.HTTPError:
                raise CutOffError("The backup broke off before it was whole, and is not kept. Try again.") from None

    def _send(self, batch: list[Source]) -> Iterator[IngestResult]:
        """The results of one request. What is refused as a whole is sent again one by one, to find the bad one."""
        articles = [asdict(source.article) | {"name": source.name} for source in batch if source.article is not None]
        try:
            with closing(self._take(articles)) as accepted:
                for source in batch:
                    if source.article is None:
                        yield IngestResult(source.name, "failed", reason=source.reason)
                    elif (result := next(accepted, None)) is not None:
                        yield result
                    else:
                        raise NotDatelineError(not_dateline(self.url))
        except ServerError as error:
            if error.status not in {413, 422}:
                raise
            if len(batch) == 1:
                yield IngestResult(batch[0].name, "failed", reason=str(error))
                return
            for source in batch:
                yield from self._send([source])

    def _take(self, articles: list[dict[str, Any]]) -> Generator[IngestResult, None, None]:
        """The results of articles that are taken in, as they come: many of them are a job of the server."""
        body = {"articles": articles}
        response = self._begun(lambda: self._respond("POST", "/articles", body=body, read_s=INGEST_S))
        if response.status_code == ACCEPTED:
            yield from self.results_of(self._parsed(response, JOB))
        else:
            yield from self._parsed(response, TypeAdapter(IngestOut)).results


def prove(url: str, token: str) -> bool:
    """Whether the server at an address is the process that wrote a data folder's owner note."""
    with HttpClient(url) as client:
        try:
            return client.health().instance == token
        except ClientError:
            return False


def _checked(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources, each that can't be taken in as its reason: the server sees no more than a batch at a time."""
    once = OncePerKey()
    for source in sources:
        reason = None if source.article is None else once.refusal(source.article, source.name)
        yield source if reason is None else Source(source.name, reason=reason)


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    characters = 0
    for source in sources:
        size = 0 if source.article is None else len(source.article.text)
        if batch and (characters + size > BATCH_CHARACTERS or len(batch) == MAX_ARTICLES):
            yield batch
            batch, characters = [], 0
        batch.append(source)
        characters += size
    if batch:
        yield batch


def _question(request: Request) -> dict[str, Any]:
    """The body of POST /ask."""
    limits = request.filters
    days = {"since": limits.since, "until": limits.until, "as_of": limits.as_of}
    filters = {name: day.isoformat() for name, day in days.items() if day} | {"sources": limits.sources}
    return {
        "question": request.question,
        "filters": filters,
        "mode": request.mode,
        "explain": request.explain,
        "conversation_id": request.conversation_id,
        "asker": request.asker,
    }


def _article_path(article_id: str) -> str:
    # These would make another address, or none.
    if "/" in article_id or article_id in {"", ".", ".."} or len(article_id) > _LONGEST_ID:
        raise ArticleNotFoundError(
            f"There is no article {article_id[:_LONGEST_ID]!r}. The list of articles has their ids."
        )
    return f"/articles/{quote(article_id, safe='')}"
