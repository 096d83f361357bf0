"""/samples: the sample articles that come with the source, for a library that has none."""

from pathlib import Path

from fastapi import APIRouter

from api.dependencies import EngineDep, WorkersDep
from api.examples import problem_responses
from api.schemas import IngestOut, SamplesOut
from vectorstore.errors import ArticleNotFoundError
from vectorstore.readers import files_read, read_paths

router = APIRouter(tags=["articles"])

FOLDER = Path(__file__).parents[2] / "seeds" / "articles"
"""Beside the packages in a checkout; an installed package has none."""


@router.get("/samples", summary="Whether there are sample articles")
async def samples(workers: WorkersDep) -> SamplesOut:
    """How many sample articles can be taken in. An installation without the source's `seeds/` has none."""
    return SamplesOut(articles=len(await workers.run(_files)))


@router.post(
    "/samples", summary="Take the sample articles in", responses=problem_responses("no_samples", "disk_full", "storage")
)
async def ingest_samples(engine: EngineDep, workers: WorkersDep) -> IngestOut:
    """Add the sample articles. Those that are there already are left alone."""
    if not await workers.run(_files):
        raise ArticleNotFoundError("No sample articles are installed. Send articles of your own to /articles.")
    return IngestOut(results=list(await workers.run(lambda: engine.store.ingest(read_paths([FOLDER])))))


def _files() -> list[Path]:
    return list(files_read([FOLDER])) if FOLDER.is_dir() else []
