"""What a client can do, whether it goes through a server or owns the data folder itself."""

from collections.abc import Callable, Generator, Iterable
from typing import Protocol

from api.schemas import ArticleOut
from qa.conversations.records import Conversation, ConversationPage, ConversationSummary, FeedbackPage
from qa.events import Event
from qa.reading.searching import Found
from qa.records import Answer, Erased, Request, Verdict
from vectorstore.diagnosis import Diagnosis
from vectorstore.records import Counts, IngestResult, Page, Source

Progress = Callable[[IngestResult], None]
Reached = Callable[[int, int], None]
"""Told how many passages are done, of how many."""


class Client(Protocol):
    """The same calls with the same errors, wherever the data folder is: QAError, VectorstoreError, ClientError."""

    @property
    def url(self) -> str | None:
        """The address of the server that it goes through; None: it owns the data folder itself."""

    def ask(self, request: Request) -> Answer:
        """Answer a question, or say that the articles don't."""

    def stream_ask(self, request: Request) -> Generator[Event, None, None]:
        """Answer a question as `ask` does, and tell of it on the way; the last event is the answer, or it raises.

        Closing it before that gives the question up.
        """

    def search(self, request: Request, limit: int) -> Found:
        """The passages that bear on a question, best first."""

    def start_conversation(self, title: str | None = None) -> ConversationSummary:
        """Begin a conversation."""

    def conversations(self, *, limit: int, cursor: str | None = None) -> ConversationPage:
        """A page of the conversations, the last used first."""

    def conversation(self, conversation_id: str) -> Conversation:
        """A conversation with its turns."""

    def feedback(self, *, limit: int, cursor: str | None = None, verdict: Verdict | None = None) -> FeedbackPage:
        """A page of what people think of answers, the last given first."""

    def ingest(self, sources: Iterable[Source], progress: Progress) -> None:
        """Take articles in; `progress` is told what became of each, in order."""

    def articles(self, *, limit: int, cursor: str | None = None) -> Page:
        """A page of the articles."""

    def article(self, article_id: str, revision: int | None = None) -> ArticleOut:
        """An article with its text."""

    def delete(self, article_id: str) -> None:
        """Delete an article in all its revisions."""

    def clean(self) -> None:
        """Take what was deleted out of the indexes' files, where nobody else does; a server does so by itself."""

    def erase(self, article_id: str) -> Erased:
        """Delete an article, clean the indexes' files of it, and tell what the data folder's files hold of it."""

    def reindex(self, progress: Reached) -> Counts:
        """Build the indexes anew; `progress` is told how far it is."""

    def examine(self, *, repair: bool = False) -> Diagnosis:
        """Check everything, and make anew what is broken where that is asked for."""

    def close(self) -> None:
        """Let go of what the client holds."""
