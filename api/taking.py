"""Articles that come with a request: taken in at once where they are few, else by a job that is answered for them."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter

from api.schemas import IngestOut
from vectorstore.jobs.records import Job, Kind
from vectorstore.jobs.runner import Jobs
from vectorstore.jobs.work import ingesting
from vectorstore.records import Source
from vectorstore.store import Store

FEW = 20
"""Articles that a request waits for."""
PATIENCE_S = 5.0
"""How long it waits for as many to be read: a PDF may take a minute."""

_JOB = TypeAdapter(Job)


@dataclass(frozen=True, slots=True)
class Offer:
    """Articles, read as they are asked for, and what a job of them is to know.

    many: whether they are a job however few there are. total: how many there are, where it is known. share: how much of
    them has been read, 0 to 1. close: lets go of what they are read from.
    """

    kind: Kind
    about: str
    sources: Iterator[Source]
    many: bool = False
    total: int | None = None
    share: Callable[[], float | None] = lambda: None
    close: Callable[[], None] = lambda: None


def take(store: Store, jobs: Jobs, offer: Offer) -> IngestOut | Job:
    """Take articles in, or have a job do so; whichever way, the offer is closed. Blocks as long as a request may wait.

    Raises what reading the first of them raises, and JobsFullError.
    """
    begun: list[Source] = []
    try:
        if not offer.many and _are_few(offer.sources, begun):
            results = IngestOut(results=list(store.ingest(begun)))
            offer.close()
            return results
    except BaseException:
        offer.close()
        raise
    work = ingesting(store, chain(begun, offer.sources), offer.share, offer.close)
    return jobs.submit(offer.kind, offer.about, work, total=offer.total)


def accepted(request: Request, job: Job) -> JSONResponse:
    """The answer that a job is under way, with its address."""
    address = f"{request.scope.get('root_path', '')}/jobs/{job.id}"
    return JSONResponse(_JOB.dump_python(job, mode="json"), status_code=202, headers={"Location": address})


def _are_few(sources: Iterator[Source], begun: list[Source]) -> bool:
    """Whether they end soon. begun: takes those that were read until that is known."""
    ends = time.monotonic() + PATIENCE_S
    for source in sources:
        begun.append(source)
        if len(begun) > FEW or time.monotonic() > ends:
            return False
    return True
