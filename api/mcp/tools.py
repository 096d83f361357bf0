"""MCP's tools and resources, once for every transport. Half a second to import: only where MCP is served."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal, get_type_hints

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError, ToolError
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, create_model

from api.mcp.desk import Desk, DeskError
from api.schemas import AS_OF, ArticleOut, Moment
from api.version import version
from qa.reading.searching import Found
from qa.records import Answer, Request
from vectorstore.records import Filters, Page

INSTRUCTIONS = """Questions over a library of news articles, with answers that can be checked.

`ask` answers from the articles alone: every sentence carries markers like [1], and each is a citation with the exact
words (`quote`), which stand in the article's text at `start` to `end` (code points, end-exclusive). With status
"no_answer" the articles don't say, or say otherwise (`reason` "contradicted": the first of `nearest` is what they say);
`reason` tells why, and `suggestions` what an unclear question may have meant.
Ask questions that stand alone: "How many people did Britain fly out of Kabul in 2021?", not "how many were there?".
`search` gives the passages themselves, `get_article` an article with its text, `list_articles` what there is."""


def _output(record: type[Any]) -> type[BaseModel]:
    """The schema of a record, all of whose fields are always given."""
    hints = get_type_hints(record)
    wanted: dict[str, Any] = {field.name: (hints[field.name], ...) for field in fields(record)}
    return create_model(record.__name__, __config__=ConfigDict(from_attributes=True), **wanted)


_ANSWER, _FOUND, _PAGE = TypeAdapter(Answer), TypeAdapter(Found), TypeAdapter(Page)
_ARTICLE = TypeAdapter(ArticleOut)

Answered = Annotated[CallToolResult, _output(Answer)]
Passages = Annotated[CallToolResult, _output(Found)]
Listing = Annotated[CallToolResult, _output(Page)]
Read = Annotated[CallToolResult, ArticleOut]

Question = Annotated[str, Field(description="1 to 2,000 characters, standing alone.")]
Since = Annotated[date | None, Field(description="Published on this day (YYYY-MM-DD) or later.")]
Until = Annotated[date | None, Field(description="Published on this day or earlier.")]
AsOf = Annotated[Moment | None, Field(description=AS_OF)]
Sources = Annotated[list[str] | None, Field(description="Only these publishers; none for all.", max_length=100)]
ConversationId = Annotated[
    str | None, Field(description="A conversation kept by the server: the question may then follow its turns.")
]
ArticleId = Annotated[str, Field(description="As citations, passages and listings give it.")]


def create_mcp_server(desk: Desk) -> MCPServer:
    """The server over a desk. What fails is a tool's error that says what to do, never one of the protocol."""
    server = _Server(
        "dateline",
        title="Dateline",
        instructions=INSTRUCTIONS,
        version=version(),
        log_level="WARNING",  # its INFO would tell what is asked
        subscriptions=False,
    )

    _add_questions(server, desk)
    _add_articles(server, desk)
    return server


def _add_questions(server: MCPServer, desk: Desk) -> None:
    """The tools that take a question."""

    @server.tool(title="Ask the articles", annotations=_reading("Ask the articles"))
    async def ask(
        question: Question,
        since: Since = None,
        until: Until = None,
        as_of: AsOf = None,
        sources: Sources = None,
        mode: Literal["auto", "extractive", "generated"] = "auto",
        conversation_id: ConversationId = None,
    ) -> Answered:
        """Answer a question from the news articles, in one to four sentences with citations, or say that they don't."""
        filters = Filters(since, until, as_of, tuple(sources or ()))
        async with _as_tool_error():
            return _result(_ANSWER, await desk.ask(Request(question, filters, mode, conversation_id=conversation_id)))

    @server.tool(title="Search the articles", annotations=_reading("Search the articles"))
    async def search(
        question: Question,
        limit: Annotated[int, Field(ge=1, le=100, description="How many passages at most.")] = 10,
        since: Since = None,
        until: Until = None,
        as_of: AsOf = None,
        sources: Sources = None,
        conversation_id: ConversationId = None,
    ) -> Passages:
        """Find the passages of news articles that bear on a question, best first, without answering it."""
        filters = Filters(since, until, as_of, tuple(sources or ()))
        async with _as_tool_error():
            found = await desk.search(Request(question, filters, conversation_id=conversation_id), limit)
            return _result(_FOUND, found)


def _add_articles(server: MCPServer, desk: Desk) -> None:
    """The tools that give articles, and their addresses."""

    @server.tool(title="Read an article", annotations=_reading("Read an article"))
    async def get_article(
        article_id: ArticleId,
        revision: Annotated[int | None, Field(ge=1, description="An older revision; none for the newest.")] = None,
    ) -> Read:
        """Read a news article with its whole text, into which citations and passages give offsets."""
        async with _as_tool_error():
            return _result(_ARTICLE, await desk.article(article_id, revision))

    @server.tool(title="List the articles", annotations=_reading("List the articles"))
    async def list_articles(
        limit: Annotated[int, Field(ge=1, le=500, description="How many at most.")] = 50,
        cursor: Annotated[
            str | None, Field(description="`next_cursor` of the page before; none for the first.")
        ] = None,
    ) -> Listing:
        """List the news articles in the library, without their texts."""
        async with _as_tool_error():
            return _result(_PAGE, await desk.articles(limit, cursor))

    @server.resource("article://{id}", name="article", title="An article", mime_type="text/plain")
    async def article(id: str) -> str:  # noqa: A002 - the name in the address
        """The text of a news article, as citations give offsets into it."""
        try:
            return (await desk.article(id, None)).text
        except DeskError as error:
            raise (ResourceNotFoundError if error.missing else ResourceError)(str(error)) from None


class _Server(MCPServer):
    """Tells which argument is wrong in a line, where the SDK tells it in pydantic's five."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Call a tool. Raises ToolError."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if not isinstance(error.__cause__, ValidationError):
                raise
            wrong = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.__cause__.errors()]
            raise ToolError(f"The arguments of {name} are wrong: {'; '.join(wrong)}.") from error.__cause__


def _reading(title: str) -> ToolAnnotations:
    """Of a tool that changes nothing and reaches nothing but the library."""
    return ToolAnnotations(
        title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )


def _result(shape: TypeAdapter[Any], record: object) -> CallToolResult:
    """A record as data, and as JSON for clients that know only text."""
    text = shape.dump_json(record).decode()
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=shape.dump_python(record, mode="json")
    )


@asynccontextmanager
async def _as_tool_error() -> AsyncIterator[None]:
    try:
        yield
    except DeskError as error:
        raise ToolError(str(error)) from None
