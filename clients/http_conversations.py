"""What the HTTP client does with conversations, and with what people think of their answers."""

from urllib.parse import quote

from pydantic import TypeAdapter

from clients.connection import HttpConnection, page_of
from qa.conversations.records import Conversation, ConversationPage, ConversationSummary, FeedbackPage, Judged
from qa.records import Verdict


class HttpConversations(HttpConnection):
    """The part of a `Client` that reads, begins and mends conversations, over a connection."""

    def start_conversation(self, title: str | None = None) -> ConversationSummary:
        """Begin a conversation."""
        return self._call("POST", "/conversations", TypeAdapter(ConversationSummary), body={"title": title})

    def conversations(self, *, limit: int, cursor: str | None = None) -> ConversationPage:
        """A page of the conversations, the last used first. Raises BadCursorError."""
        return self._call("GET", "/conversations", TypeAdapter(ConversationPage), params=page_of(limit, cursor))

    def conversation(self, conversation_id: str) -> Conversation:
        """A conversation with its turns. Raises ConversationNotFoundError."""
        path = f"/conversations/{quote(conversation_id, safe='')}"
        return self._call("GET", path, TypeAdapter(Conversation))

    def delete_conversation(self, conversation_id: str) -> None:
        """Delete a conversation with its turns. Raises ConversationNotFoundError."""
        self._respond("DELETE", f"/conversations/{quote(conversation_id, safe='')}")

    def take_back(self, conversation_id: str, answer_id: str) -> None:
        """Take a turn out of a conversation. Raises ConversationNotFoundError or AnswerNotFoundError."""
        path = f"/conversations/{quote(conversation_id, safe='')}/turns/{quote(answer_id, safe='')}"
        self._respond("DELETE", path)

    def judge(self, answer_id: str, verdict: Verdict, *, asker: str | None = None) -> Judged:
        """Say that an answer is good or bad, in the place of what the asker said before. Raises AnswerNotFoundError."""
        path = f"/answers/{quote(answer_id, safe='')}/feedback"
        return self._call("POST", path, TypeAdapter(Judged), body={"verdict": verdict, "asker": asker})

    def feedback(self, *, limit: int, cursor: str | None = None, verdict: Verdict | None = None) -> FeedbackPage:
        """A page of what people think of answers, the last given first. Raises BadCursorError."""
        params = page_of(limit, cursor) | ({} if verdict is None else {"verdict": verdict})
        return self._call("GET", "/feedback", TypeAdapter(FeedbackPage), params=params)
