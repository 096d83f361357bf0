"""POST /ask: a question in, a cited answer out."""

from typing import Annotated

from fastapi import APIRouter, Body

from api.dependencies import EngineDep, WorkersDep
from api.examples import QUESTIONS, problem_responses
from api.schemas import AskIn
from qa.records import Answer

router = APIRouter(tags=["questions"])


@router.post(
    "/ask",
    summary="Ask a question",
    response_description="The answer, or with status `no_answer` why there is none",
    responses=problem_responses("bad_question", "too_large", "embedding", "storage"),
)
async def ask(
    body: Annotated[AskIn, Body(openapi_examples=QUESTIONS)], engine: EngineDep, workers: WorkersDep
) -> Answer:
    """Answer a question from the articles, in one to three sentences.

    Each sentence is marked with the citations it rests on. A citation's `quote` stands in its article's text at
    `start` to `end` (code points, end-exclusive): `GET /articles/{id}?revision=` gives that text.
    """
    return await workers.run(engine.ask, body.to_request())
