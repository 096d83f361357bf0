"""What people think of answers."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.dependencies import EngineDep, WorkersDep
from api.examples import problem_responses
from api.schemas import FeedbackIn, FeedbackListingIn
from qa.conversations.records import FeedbackPage, Judged

router = APIRouter(tags=["feedback"])


@router.post(
    "/answers/{answer_id}/feedback",
    summary="Judge an answer",
    operation_id="judge_answer",
    responses=problem_responses("unreadable", "no_answer_kept", "too_large", "invalid", "disk_full", "storage"),
)
async def give(
    answer_id: Annotated[str, Path(description="The answer's id.")],
    body: FeedbackIn,
    engine: EngineDep,
    workers: WorkersDep,
) -> Judged:
    """Say that an answer is good or bad, and why. Each asker has one verdict on an answer, which may be changed."""
    return await workers.run(engine.feedback.give, answer_id, body.verdict, body.comment, body.asker)


@router.get("/feedback", summary="List the feedback", responses=problem_responses("invalid", "storage"))
async def list_feedback(
    engine: EngineDep, workers: WorkersDep, query: Annotated[FeedbackListingIn, Query()]
) -> FeedbackPage:
    """A page of the feedback, the last given first."""
    return await workers.run(engine.feedback.page, query.limit, query.cursor, query.verdict)
