"""POST /ask: a question in, a cited answer out."""

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from api.accept import EVENTS, wants_events
from api.dependencies import EngineDep, ModelWorkersDep, WorkersDep
from api.event_stream import EventStream
from api.examples import QUESTIONS, event_stream_content, problem_responses
from api.leaving import run_while_there
from api.schemas import AskIn
from qa.records import Answer

router = APIRouter(tags=["questions"])

_CLIENT_LEFT = 499  # as nginx logs it; nobody reads it


@router.post(
    "/ask",
    summary="Ask a question",
    response_model=Answer,
    response_description="The answer, or with status `no_answer` why there is none",
    responses={
        200: {"content": {EVENTS: event_stream_content()}},
        **problem_responses(
            "unreadable",
            "bad_question",
            "no_model",
            "bad_filters",
            "no_conversation",
            "full_conversation",
            "too_large",
            "embedding",
            "storage",
        ),
    },
)
async def ask(
    body: Annotated[AskIn, Body(openapi_examples=QUESTIONS)],
    request: Request,
    engine: EngineDep,
    workers: WorkersDep,
    model_workers: ModelWorkersDep,
) -> Answer | Response:
    """Answer a question from the articles, in one to four sentences.

    Each sentence is marked with the citations it rests on. A citation's `quote` stands in its article's text at
    `start` to `end` (code points, end-exclusive): `GET /articles/{id}?revision=` gives that text.

    With `Accept: text/event-stream` the answer comes as server-sent events, each with one line of JSON:

    - `evidence`: the numbered sources that a model writes from. Without a model it is left out, and `text` too.
    - `text`: more of what the model writes, as it comes. It is not checked yet: show it as provisional.
    - `answer`: the checked answer, the same object as without streaming. It replaces all text before it.
    - `error`: a problem, in place of the answer. Most errors come before the stream starts, with a status of their own.

    A stream that ends with neither `answer` nor `error` was cut off. Closing the connection stops the model,
    whether the answer comes as events or not.
    """
    question = body.to_request()
    embedded = engine.writer is None or question.mode == "extractive"
    pool = workers if embedded else model_workers
    if wants_events(",".join(request.headers.getlist("accept"))):
        return EventStream(partial(engine.stream, question), pool)
    if embedded:
        return await pool.run(engine.ask, question)
    answer = await run_while_there(pool, request.receive, partial(engine.ask, question))
    return Response(status_code=_CLIENT_LEFT) if answer is None else answer
