"""What MCP's tools need of a library: the seam that the HTTP service and `qa mcp` each fill. Light to import."""

from typing import Protocol

from api.schemas import ArticleOut
from qa.reading.searching import Found
from qa.records import Answer, Request
from vectorstore.records import Page


class DeskError(Exception):
    """A call that failed, in words that a model can act on. missing: there is no such article."""

    def __init__(self, message: str, *, missing: bool = False) -> None:
        super().__init__(message)
        self.missing = missing


class Desk(Protocol):
    """Every call raises DeskError, and ends early where its task is cancelled."""

    async def ask(self, request: Request) -> Answer:
        """Answer a question, or say that the articles don't."""

    async def search(self, request: Request, limit: int) -> Found:
        """The passages that bear on a question, best first."""

    async def article(self, article_id: str, revision: int | None) -> ArticleOut:
        """An article with its text."""

    async def articles(self, limit: int, cursor: str | None) -> Page:
        """A page of the articles."""
