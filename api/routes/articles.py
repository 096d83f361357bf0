"""/articles: what the library holds, and how articles come and go. /articles/reindex: the indexes anew.

Files that are sent are in `uploads`; what takes long is a job, see `jobs`.
"""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import TypeAdapter

from api.dependencies import EngineDep, FetcherDep, ImportWorkersDep, JobsDep, WorkersDep
from api.examples import ARTICLES, job_response, problem_responses
from api.routes import uploads
from api.schemas import ArticleOut, ArticlesIn, DeletionIn, ImportIn, IngestOut, ListingIn, PublishersOut, RevisionIn
from api.taking import FEW, Offer, accepted, take
from qa.records import Erased
from vectorstore.jobs.records import Job
from vectorstore.jobs.spool import Spool
from vectorstore.jobs.work import reindexing
from vectorstore.readers.columns import columns_of
from vectorstore.records import Page, Source

router = APIRouter(tags=["articles"])

_ERASED = TypeAdapter(Erased)

ArticleId = Annotated[str, Path(description="The article's id, as listings and citations give it.")]


@router.get("/articles", summary="List the articles", responses=problem_responses("invalid", "storage"))
async def list_articles(
    engine: EngineDep,
    workers: WorkersDep,
    query: Annotated[ListingIn, Query()],
) -> Page:
    """A page of the articles in the library, without their texts."""
    return await workers.run(engine.store.articles, limit=query.limit, cursor=query.cursor)


@router.get("/sources", summary="List the publishers", responses=problem_responses("storage"))
async def list_sources(engine: EngineDep, workers: WorkersDep) -> PublishersOut:
    """The publishers of the articles, as they are written, in order."""
    return PublishersOut(sources=await workers.run(engine.store.sources))


@router.get(
    "/articles/{article_id}",
    summary="Read an article",
    responses=problem_responses("not_found", "invalid", "storage"),
)
async def read_article(
    article_id: ArticleId,
    engine: EngineDep,
    workers: WorkersDep,
    query: Annotated[RevisionIn, Query()],
) -> ArticleOut:
    """An article with its whole text, into which citations give offsets."""
    return ArticleOut.of(await workers.run(engine.store.article, article_id, query.revision))


@router.post(
    "/articles",
    summary="Take articles in",
    response_model=IngestOut,
    responses=job_response("unreadable", "too_large", "invalid", "not_read", "disk_full", "storage"),
    openapi_extra={"requestBody": {"content": uploads.BODY}},
)
async def ingest_articles(
    body: Annotated[ArticlesIn, Body(openapi_examples=ARTICLES)],
    request: Request,
    engine: EngineDep,
    jobs: JobsDep,
    workers: WorkersDep,
) -> IngestOut | Response:
    """Add articles, or replace those whose key is known. One that can't be taken in doesn't keep the others out.

    What is answered as added or updated is kept, whatever happens next. Files may be sent instead, as a form: each is
    read as what its content shows it to be. More than 20 articles, or files that take more than 5 s to read, are a job.
    """
    sources = [article.to_source() for article in body.articles]
    taken = await workers.run(lambda: take(engine.store, jobs, _offered(sources)))
    return taken if isinstance(taken, IngestOut) else accepted(request, taken)


def _offered(sources: list[Source]) -> Offer:
    """The articles of a request. Raises StorageError where those of a job can't be kept until its turn."""
    if len(sources) <= FEW:
        return Offer("ingest", "articles", iter(sources))
    spool = Spool(sources)
    about = f"{len(sources):,} articles"
    return Offer("ingest", about, iter(spool), many=True, total=len(sources), close=spool.close)


@router.post(
    "/articles/import",
    summary="Fetch articles",
    response_model=IngestOut,
    responses=job_response(
        "unreadable",
        "invalid",
        "address_refused",
        "robots_refused",
        "page_too_large",
        "not_read",
        "fetch_failed",
        "disk_full",
        "storage",
    ),
)
async def import_articles(
    body: ImportIn, request: Request, engine: EngineDep, fetcher: FetcherDep, jobs: JobsDep, workers: ImportWorkersDep
) -> IngestOut | Response:
    """Fetch a page or a file, the articles of a feed, or the pages that a sitemap lists, and take them in.

    A page that can't be fetched or read doesn't keep the others out. Feeds and sitemaps are a job, and so is a file of
    more than 20 articles.
    """
    columns = columns_of(f"{ours}={theirs}" for ours, theirs in body.map.items())

    def fetched() -> IngestOut | Job:
        from vectorstore.readers.web import WebReader  # readers take a while to import, and most servers fetch nothing

        web = WebReader(fetcher, columns, most=body.limit)
        found = web.open(body.url)
        offer = Offer("import", body.url, found.sources, many=found.lists_pages, share=web.share)
        return take(engine.store, jobs, offer)

    taken = await workers.run(fetched)
    return taken if isinstance(taken, IngestOut) else accepted(request, taken)


@router.delete(
    "/articles/{article_id}",
    status_code=204,
    response_model=None,
    summary="Delete an article",
    responses={
        200: {"model": Erased, "description": "With `verify`: what is left of it, after a search of all files"},
        **problem_responses("not_found", "invalid", "disk_full", "storage"),
    },
)
async def delete_article(
    article_id: ArticleId, engine: EngineDep, workers: WorkersDep, query: Annotated[DeletionIn, Query()]
) -> Response:
    """Delete an article in all its revisions. It is never cited again.

    The files of the indexes are clean of it soon after. With `verify` that is waited for, and all files of the data
    folder are searched for its words and vectors: `left` says where some were found, and is empty where it is gone.
    """
    if not query.verify:
        await workers.run(engine.store.delete, article_id)
        return Response(status_code=204)
    erased = await workers.run(engine.erase, article_id)
    return Response(_ERASED.dump_json(erased), media_type="application/json")


@router.post(
    "/articles/reindex",
    status_code=202,
    summary="Build the indexes anew",
    response_model=Job,
    responses=job_response("disk_full", "storage"),
)
async def reindex(request: Request, engine: EngineDep, jobs: JobsDep, workers: WorkersDep) -> Response:
    """Have a job build both indexes anew from the library. Questions are answered meanwhile."""
    return accepted(request, await workers.run(jobs.submit, "reindex", "the indexes", reindexing(engine.store)))
