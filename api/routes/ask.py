"""POST /ask: a question in, a cited answer out."""

from typing import Annotated

from fastapi import APIRouter, Body, Request, Response

from api.accept import EVENTS, wants_events
from api.asking import CLIENT_LEFT, AskingDep
from api.examples import QUESTIONS, event_stream_content, problem_responses
from api.links import links
from api.schemas import AskIn
from qa.records import Answer

router = APIRouter(tags=["questions"])


@router.post(
    "/ask",
    summary="Ask a question",
    operation_id="ask",
    response_model=Answer,
    response_description="The answer, or with status `no_answer` why there is none",
    responses={
        200: {"content": {EVENTS: event_stream_content()}, "links": links("answer_id", "judge_answer")},
        **problem_responses(
            "unreadable",
            "bad_question",
            "no_model",
            "bad_filters",
            "no_conversation",
            "full_conversation",
            "too_large",
            "embedding",
            "disk_full",
            "storage",
            "busy",
        ),
    },
)
async def ask(
    body: Annotated[AskIn, Body(openapi_examples=QUESTIONS)],
    request: Request,
    asking: AskingDep,
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
    if wants_events(",".join(request.headers.getlist("accept"))):
        return asking.stream(question)
    answer = await asking.ask(question)
    return Response(status_code=CLIENT_LEFT) if answer is None else answer
