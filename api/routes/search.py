"""POST /search: the passages that bear on a question, for who reads for themselves."""

from fastapi import APIRouter

from api.dependencies import EngineDep, WorkersDep
from api.examples import problem_responses
from api.schemas import SearchIn
from qa.reading.searching import Found

router = APIRouter(tags=["questions"])


@router.post(
    "/search",
    summary="Search without an answer",
    responses=problem_responses(
        "unreadable",
        "bad_question",
        "bad_filters",
        "no_conversation",
        "full_conversation",
        "too_large",
        "embedding",
        "storage",
    ),
)
async def search(body: SearchIn, engine: EngineDep, workers: WorkersDep) -> Found:
    """The passages that bear on a question, best first: for reading, and for tools that bring their own model.

    `question` is what was searched for: a follow-up of a conversation stands alone there. `text` is the article's text
    from `start` to `end` (code points, end-exclusive).
    """
    return await workers.run(engine.search, body.to_request(), body.limit)
