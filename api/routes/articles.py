"""/articles: what the library holds, and how articles come and go. /reindex: the indexes anew.

Files that are sent are in `uploads`.
"""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query

from api.dependencies import EngineDep, FetcherDep, ImportWorkersDep, WorkersDep
from api.examples import ARTICLES, problem_responses
from api.routes import uploads
from api.schemas import ArticleOut, ArticlesIn, ImportIn, IngestOut, ListingIn, PublishersOut, RevisionIn
from vectorstore.readers.columns import columns_of
from vectorstore.records import Counts, IngestResult, Page

router = APIRouter(tags=["articles"])

IMPORT_S = 300.0

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
    responses=problem_responses("unreadable", "too_large", "invalid", "not_read", "disk_full", "storage"),
    openapi_extra={"requestBody": {"content": uploads.BODY}},
)
async def ingest_articles(
    body: Annotated[ArticlesIn, Body(openapi_examples=ARTICLES)], engine: EngineDep, workers: WorkersDep
) -> IngestOut:
    """Add articles, or replace those whose key is known. One that can't be taken in doesn't keep the others out.

    What is answered as added or updated is kept, whatever happens next. Files may be sent instead, as a form: each is
    read as what its content shows it to be.
    """
    sources = [article.to_source() for article in body.articles]
    return IngestOut(results=list(await workers.run(engine.store.ingest, sources)))


@router.post(
    "/articles/import",
    summary="Fetch articles",
    responses=problem_responses(
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
    body: ImportIn, engine: EngineDep, fetcher: FetcherDep, workers: ImportWorkersDep
) -> IngestOut:
    """Fetch a page or a file, the articles of a feed, or the pages that a sitemap lists, and take them in.

    A page that can't be fetched or read doesn't keep the others out. After 5 minutes no more are begun.
    """
    columns = columns_of(f"{ours}={theirs}" for ours, theirs in body.map.items())

    def fetched() -> tuple[IngestResult, ...]:
        from vectorstore.readers.web import WebReader  # readers take a while to import, and most servers fetch nothing

        web = WebReader(fetcher, columns, most=body.limit, seconds=IMPORT_S)
        return engine.store.ingest(web.read(body.url))

    return IngestOut(results=list(await workers.run(fetched)))


@router.delete(
    "/articles/{article_id}",
    status_code=204,
    summary="Delete an article",
    responses=problem_responses("not_found", "invalid", "disk_full", "storage"),
)
async def delete_article(article_id: ArticleId, engine: EngineDep, workers: WorkersDep) -> None:
    """Delete an article in all its revisions. It is never cited again."""
    await workers.run(engine.store.delete, article_id)


@router.post(
    "/reindex", summary="Build the indexes anew", responses=problem_responses("embedding", "disk_full", "storage")
)
async def reindex(engine: EngineDep, workers: WorkersDep) -> Counts:
    """Build both indexes anew from the library. Answers when it is done, which may take minutes."""
    return await workers.run(engine.store.reindex)
