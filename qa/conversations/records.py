"""The records of a conversation: what was asked and answered, as it was given, and what a follow-up sees of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from qa.conversations.removal import NOTE
from qa.records import Answer, Exchange, Verdict
from vectorstore.records import Place

MAX_TURNS = 200
MAX_TITLE = 200  # characters

_MARKER = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was thought of a turn's answer."""

    verdict: Verdict
    comment: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the answer that was given. number: from 1. asker: who asked, where several people do.

    answer: exactly as it was given; but for words of articles that were deleted since, and for citations, which say
    whether their words still stand. feedback: what its
    asker thinks of it, else what somebody without a name does; None where neither has said.
    """

    number: int
    question: str
    asker: str | None
    asked_at: datetime
    answer: Answer
    feedback: Opinion | None = None


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation without its turns. turns: how many it has."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its turns, the first asked first."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """Conversations, the last used first. total: how many there are. next_cursor: of the page that follows."""

    items: tuple[ConversationSummary, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody thinks of an answer. question: as it was searched. asker: None where nobody is named."""

    answer_id: str
    verdict: Verdict
    comment: str | None
    asker: str | None
    question: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """Feedback, the last given first. total: how much there is. next_cursor: of the page that follows."""

    items: tuple[Judged, ...]
    total: int
    next_cursor: str | None


def exchange_of(turn: Turn) -> Exchange:
    """A turn as a follow-up sees it."""
    answer = turn.answer
    return Exchange(
        question=turn.question,
        standalone=answer.standalone_question,
        text=_MARKER.sub("", answer.text.replace(NOTE, "")).strip() if answer.status == "answered" else "",
        short_answer=answer.short_answer,
        asker=turn.asker,
        cited=tuple(
            Place(one.article_id, one.revision, one.start, one.end) for one in answer.citations if not one.gone
        ),
    )


def leaned_on(before: Sequence[Exchange], asker: str | None) -> tuple[Exchange, ...]:
    """The exchanges that a follow-up leans on, the nearest last: the asker's own come after those of others."""
    if asker is None:
        return tuple(before)
    return (*(one for one in before if one.asker != asker), *(one for one in before if one.asker == asker))
