"""/conversations: what was asked and answered, kept turn by turn. The next turn is a POST /ask with its id."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import PlainTextResponse

from api.dependencies import EngineDep, WorkersDep
from api.examples import problem_responses
from api.links import asking_in, links
from api.schemas import ConversationIn, ListingIn, RenameIn
from qa.conversations.export import as_markdown
from qa.conversations.records import Conversation, ConversationPage, ConversationSummary

router = APIRouter(prefix="/conversations", tags=["conversations"])

_LINKS = asking_in("ask", "How many were evacuated?") | links(
    "conversation_id", "read_conversation", "rename_conversation", "export_conversation", "delete_conversation"
)

ConversationId = Annotated[str, Path(description="The conversation's id, as listings give it.")]


@router.post(
    "",
    status_code=201,
    summary="Begin a conversation",
    responses={
        201: {"links": _LINKS},
        **problem_responses("unreadable", "too_large", "invalid", "disk_full", "storage"),
    },
)
async def begin(engine: EngineDep, workers: WorkersDep, body: ConversationIn | None = None) -> ConversationSummary:
    """Begin a conversation. Without a title it takes that of its first question."""
    return await workers.run(engine.conversations.start, body.title if body else None)


@router.get("", summary="List the conversations", responses=problem_responses("invalid", "storage"))
async def list_conversations(
    engine: EngineDep, workers: WorkersDep, query: Annotated[ListingIn, Query()]
) -> ConversationPage:
    """A page of the conversations, the last used first, without their turns."""
    return await workers.run(engine.conversations.page, query.limit, query.cursor)


@router.get(
    "/{conversation_id}",
    summary="Read a conversation",
    operation_id="read_conversation",
    responses=problem_responses("no_conversation", "invalid", "storage"),
)
async def read(conversation_id: ConversationId, engine: EngineDep, workers: WorkersDep) -> Conversation:
    """A conversation with its turns, each answer exactly as it was given, but for words of articles deleted since.

    A citation of one is marked `gone` and shows no word of it, and a note stands in the place of its sentence. A turn's
    `feedback` is the verdict of its asker, else of somebody without a name.
    """
    return await workers.run(engine.conversations.conversation, conversation_id)


@router.patch(
    "/{conversation_id}",
    summary="Rename a conversation",
    operation_id="rename_conversation",
    responses=problem_responses("unreadable", "no_conversation", "too_large", "invalid", "disk_full", "storage"),
)
async def rename(
    conversation_id: ConversationId, body: RenameIn, engine: EngineDep, workers: WorkersDep
) -> ConversationSummary:
    """Give a conversation another title."""
    return await workers.run(engine.conversations.rename, conversation_id, body.title)


@router.delete(
    "/{conversation_id}",
    status_code=204,
    summary="Delete a conversation",
    operation_id="delete_conversation",
    responses=problem_responses("no_conversation", "invalid", "disk_full", "storage"),
)
async def delete(conversation_id: ConversationId, engine: EngineDep, workers: WorkersDep) -> None:
    """Delete a conversation with its turns and what people thought of them. None of its words stays in the folder."""
    await workers.run(engine.conversations.delete, conversation_id)


@router.delete(
    "/{conversation_id}/turns/{answer_id}",
    status_code=204,
    summary="Take a turn back",
    responses=problem_responses("no_conversation", "no_answer_kept", "invalid", "disk_full", "storage"),
)
async def take_back(
    conversation_id: ConversationId,
    answer_id: Annotated[str, Path(description="The id of the turn's answer.")],
    engine: EngineDep,
    workers: WorkersDep,
) -> None:
    """Take a turn out of a conversation, as if it had not been asked. None of its words stays in the folder."""
    await workers.run(engine.conversations.take_back, conversation_id, answer_id)


@router.get(
    "/{conversation_id}/export",
    summary="Export a conversation",
    operation_id="export_conversation",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/markdown": {}}}, **problem_responses("no_conversation", "invalid", "storage")},
)
async def export(conversation_id: ConversationId, engine: EngineDep, workers: WorkersDep) -> PlainTextResponse:
    """A conversation as Markdown: every question, its answer, and what the answer cites, word for word."""
    kept = await workers.run(engine.conversations.conversation, conversation_id)
    return PlainTextResponse(as_markdown(kept), media_type="text/markdown")
