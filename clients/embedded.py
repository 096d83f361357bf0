"""The client that owns the data folder itself."""

from collections.abc import Generator, Iterable

from api.schemas import ArticleOut
from clients.client import Progress, Reached
from qa.conversations.records import Conversation, ConversationPage, ConversationSummary, FeedbackPage
from qa.engine import Engine
from qa.events import Event
from qa.reading.searching import Found
from qa.records import Answer, Erased, Request, Verdict
from vectorstore.diagnosis import Diagnosis
from vectorstore.jobs.work import reindex_telling
from vectorstore.records import Counts, Page, Source


class EmbeddedClient:
    """A `Client` over an engine in this process, which it closes."""

    url = None

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._store = engine.store

    def ask(self, request: Request) -> Answer:
        """Answer a question, or say that the articles don't."""
        return self._engine.ask(request)

    def stream_ask(self, request: Request) -> Generator[Event, None, None]:
        """Answer a question as `ask` does, and tell of it on the way."""
        return self._engine.stream(request)

    def search(self, request: Request, limit: int) -> Found:
        """The passages that bear on a question, best first."""
        return self._engine.search(request, limit)

    def start_conversation(self, title: str | None = None) -> ConversationSummary:
        """Begin a conversation."""
        return self._engine.conversations.start(title)

    def conversations(self, *, limit: int, cursor: str | None = None) -> ConversationPage:
        """A page of the conversations, the last used first."""
        return self._engine.conversations.page(limit, cursor)

    def conversation(self, conversation_id: str) -> Conversation:
        """A conversation with its turns."""
        return self._engine.conversations.conversation(conversation_id)

    def feedback(self, *, limit: int, cursor: str | None = None, verdict: Verdict | None = None) -> FeedbackPage:
        """A page of what people think of answers, the last given first."""
        return self._engine.feedback.page(limit, cursor, verdict)

    def ingest(self, sources: Iterable[Source], progress: Progress) -> None:
        """Take articles in; `progress` is told what became of each, in order."""
        self._store.ingest(sources, progress)

    def articles(self, *, limit: int, cursor: str | None = None) -> Page:
        """A page of the articles."""
        return self._store.articles(limit=limit, cursor=cursor)

    def article(self, article_id: str, revision: int | None = None) -> ArticleOut:
        """An article with its text."""
        return ArticleOut.of(self._store.article(article_id, revision))

    def delete(self, article_id: str) -> None:
        """Delete an article in all its revisions."""
        self._store.delete(article_id)

    def clean(self) -> None:
        """Take what was deleted out of the indexes' files."""
        self._store.cleaning.clean_or_tell()

    def erase(self, article_id: str) -> Erased:
        """Delete an article, clean the indexes' files of it, and tell what the data folder's files hold of it."""
        return self._engine.erase(article_id)

    def reindex(self, progress: Reached) -> Counts:
        """Build the indexes anew; `progress` is told how far it is."""
        return reindex_telling(self._store, progress)

    def examine(self, *, repair: bool = False) -> Diagnosis:
        """Check everything, and make anew what is broken where that is asked for."""
        return self._store.upkeep.examine(repair=repair)

    def close(self) -> None:
        """Close the engine, and with it the data folder."""
        self._engine.close()
