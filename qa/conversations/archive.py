"""Conversations: kept in the library's database. A turn that `add` has returned is safe, exactly as it was given.

But for the words of articles that are deleted: see `removal`.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from qa.conversations.records import (
    MAX_TITLE,
    MAX_TURNS,
    Conversation,
    ConversationPage,
    ConversationSummary,
    Opinion,
    Turn,
    exchange_of,
)
from qa.conversations.removal import articles_shown, without_articles, without_words, words_kept, words_taken
from qa.conversations.standing import newest_of, with_standing
from qa.conversations.tables import cited, conversations, feedback, turns
from qa.errors import AnswerNotFoundError, BadTitleError, ConversationFullError, ConversationNotFoundError
from qa.records import Answer, Exchange
from vectorstore.blank import is_blank
from vectorstore.cursors import number_of
from vectorstore.database import Database
from vectorstore.tables import articles

UNTITLED = "New conversation"
_ANSWER = TypeAdapter(Answer)


class Conversations:
    """The conversations of a library. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, title: str | None = None) -> ConversationSummary:
        """Begin a conversation. title: None for that of its first question. Raises BadTitleError."""
        name = UNTITLED if title is None else _checked(title)
        now = _now()
        row = {"id": uuid.uuid4().hex, "title": name, "created_at": now, "updated_at": now}
        with self._database.writing() as connection:
            connection.execute(insert(conversations).values(**row, touched=_next_use(connection)))
        return ConversationSummary(row["id"], name, _time(now), _time(now), 0)

    def page(self, limit: int = 50, cursor: str | None = None) -> ConversationPage:
        """Conversations, the last used first. limit: 1 or more. Raises BadCursorError."""
        query = _SUMMARIES.order_by(conversations.c.touched.desc()).limit(limit + 1)
        if cursor is not None:
            query = query.where(conversations.c.touched < number_of(cursor))
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
            total = connection.execute(select(func.count()).select_from(conversations)).scalar_one()
        more = str(rows[limit - 1].touched) if len(rows) > limit else None
        return ConversationPage(tuple(map(_summary, rows[:limit])), total, more)

    def summary(self, conversation_id: str) -> ConversationSummary:
        """A conversation without its turns. Raises ConversationNotFoundError."""
        with self._database.reading() as connection:
            return _summary(_find(connection, conversation_id))

    def conversation(self, conversation_id: str) -> Conversation:
        """A conversation with its turns. Raises ConversationNotFoundError."""
        with self._database.reading() as connection:
            found = _find(connection, conversation_id)
            query = select(turns).where(turns.c.conversation == found.pk).order_by(turns.c.number)
            rows = connection.execute(query).all()
            opinions = _opinions(connection, found.pk)
            told = [_turn(row, _opinion_on(row, opinions)) for row in rows]
            newest = newest_of(connection, [turn.answer for turn in told])
        kept = tuple(replace(turn, answer=with_standing(turn.answer, newest)) for turn in told)
        return Conversation(found.id, found.title, _time(found.created_at), _time(found.updated_at), kept)

    def standing(self, answer: Answer) -> Answer:
        """An answer whose citations say whether their words stand in the articles as they are now."""
        with self._database.reading() as connection:
            return with_standing(answer, newest_of(connection, [answer]))

    def exchanges(self, conversation_id: str, last: int) -> tuple[Exchange, ...]:
        """The last exchanges, the oldest first, for the turn that follows them.

        Raises ConversationNotFoundError, and ConversationFullError where no turn may follow.
        """
        with self._database.reading() as connection:
            found = _find(connection, conversation_id)
            if found.turns >= MAX_TURNS:
                raise _full()
            query = select(turns).where(turns.c.conversation == found.pk).order_by(turns.c.number.desc()).limit(last)
            rows = connection.execute(query).all()
        return tuple(exchange_of(_turn(row)) for row in reversed(rows))

    def add(self, conversation_id: str, question: str, asker: str | None, answer: Answer) -> Answer:
        """Keep a turn, and return its answer as it is kept: durable when this returns, in all readings the same.

        The first turn names a conversation that has no title. An article that was deleted since the answer was put
        together is gone from it already. Raises ConversationNotFoundError or ConversationFullError.
        """
        with self._database.writing() as connection:
            found = _find(connection, conversation_id)
            if found.turns >= MAX_TURNS:
                raise _full()
            left = without_articles(answer, _gone(connection, articles_shown(answer)))
            kept = replace(left, turn=(found.last or 0) + 1)
            title = _shortened(question) if found.turns == 0 and found.title == UNTITLED else found.title
            now = _now()
            used = {"title": title, "updated_at": now, "touched": _next_use(connection)}
            connection.execute(update(conversations).where(conversations.c.pk == found.pk).values(used))
            row = {
                "conversation": found.pk,
                "number": kept.turn,
                "question": question,
                "asker": asker,
                "asked_at": now,
                "answer_id": kept.id,
                "answer": _ANSWER.dump_json(kept).decode(),
            }
            turn = connection.execute(insert(turns).values(row)).inserted_primary_key
            shown = [{"turn": turn[0] if turn else None, "article_id": one} for one in sorted(articles_shown(kept))]
            if shown:
                connection.execute(insert(cited), shown)
        return kept

    def rename(self, conversation_id: str, title: str) -> ConversationSummary:
        """Give a conversation another title. Raises ConversationNotFoundError or BadTitleError."""
        name = _checked(title)
        with self._database.writing() as connection:
            found = _find(connection, conversation_id)
            connection.execute(update(conversations).where(conversations.c.pk == found.pk).values(title=name))
            return _summary(_find(connection, conversation_id))

    def take_back(self, conversation_id: str, answer_id: str) -> None:
        """Take a turn out of a conversation, with what was said of it: no follow-up leans on it any more.

        The numbers of the other turns stay. A title that was its question becomes that of the first turn left. None of
        its words is in the library's files when this returns. Raises ConversationNotFoundError or AnswerNotFoundError.
        """
        with self._database.writing() as connection:
            found = _find(connection, conversation_id)
            mine = turns.c.conversation == found.pk
            turn = connection.execute(select(turns).where(mine & (turns.c.answer_id == answer_id))).first()
            if turn is None:
                raise AnswerNotFoundError(
                    f"The conversation has no answer {answer_id[:120]!r}. Reading it shows those that it has."
                )
            connection.execute(delete(cited).where(cited.c.turn == turn.pk))
            connection.execute(delete(feedback).where(feedback.c.answer_id == answer_id))
            connection.execute(delete(turns).where(turns.c.pk == turn.pk))
            if found.title == _shortened(turn.question):
                first = connection.execute(select(turns.c.question).where(mine).order_by(turns.c.number)).scalar()
                title = UNTITLED if first is None else _shortened(first)
                connection.execute(update(conversations).where(conversations.c.pk == found.pk).values(title=title))
        self._database.forget()

    def delete(self, conversation_id: str) -> None:
        """Take a conversation away, with all that was said in it and of it. Raises ConversationNotFoundError.

        None of its words is in the library's files when this returns; see `Database.forget`.
        """
        with self._database.writing() as connection:
            pk = _find(connection, conversation_id).pk
            mine = select(turns.c.pk).where(turns.c.conversation == pk)
            connection.execute(delete(cited).where(cited.c.turn.in_(mine)))
            connection.execute(delete(feedback).where(feedback.c.conversation == pk))
            connection.execute(delete(turns).where(turns.c.conversation == pk))
            connection.execute(delete(conversations).where(conversations.c.pk == pk))
        self._database.forget()

    def saying(self, words: Collection[str]) -> tuple[str, ...]:
        """The ids of the conversations that have some of these words in a question or an answer."""
        if not words:
            return ()
        having = or_(*(func.instr(field, run) > 0 for run in words for field in (turns.c.answer, turns.c.question)))
        query = select(conversations.c.id).join(turns, turns.c.conversation == conversations.c.pk).where(having)
        with self._database.reading() as connection:
            return tuple(connection.execute(query.distinct().order_by(conversations.c.id)).scalars())

    def forget_article(self, connection: Connection, article_id: str) -> None:
        """Take the words of an article out of every conversation that cites it, in the transaction that deletes it."""
        showing = select(turns.c.pk, turns.c.conversation).join(cited, cited.c.turn == turns.c.pk)
        rows = connection.execute(showing.where(cited.c.article_id == article_id)).all()
        connection.execute(delete(cited).where(cited.c.article_id == article_id))
        for conversation in sorted({row.conversation for row in rows}):
            _forget_in(connection, conversation, {row.pk for row in rows}, article_id)


def _forget_in(connection: Connection, conversation: int, showing: Collection[int], article_id: str) -> None:
    """Take the words of an article out of the turns that show it, and out of what others took over from them."""
    query = select(turns.c.pk, turns.c.question, turns.c.answer_id, turns.c.answer)
    rows = connection.execute(query.where(turns.c.conversation == conversation)).all()
    given = [_ANSWER.validate_json(row.answer) for row in rows]
    left = [
        without_articles(one, {article_id}) if row.pk in showing else one for row, one in zip(rows, given, strict=True)
    ]
    lost = frozenset[str]().union(*map(words_taken, given, left))
    lost -= frozenset[str]().union(*(words_kept(row.question, one) for row, one in zip(rows, left, strict=True)))
    for row, before, answer in zip(rows, given, left, strict=True):
        if (kept := without_words(answer, lost)) == before:
            continue
        changed = update(turns).where(turns.c.pk == row.pk)
        connection.execute(changed.values(answer=_ANSWER.dump_json(kept).decode()))
        if kept.standalone_question != before.standalone_question:
            about = update(feedback).where(feedback.c.answer_id == row.answer_id)
            connection.execute(about.values(question=kept.standalone_question))


_SUMMARIES = (
    select(conversations, func.count(turns.c.pk).label("turns"), func.max(turns.c.number).label("last"))
    .outerjoin(turns, turns.c.conversation == conversations.c.pk)
    .group_by(conversations.c.pk)
)


def _find(connection: Connection, conversation_id: str) -> Row[tuple[object, ...]]:
    row = connection.execute(_SUMMARIES.where(conversations.c.id == conversation_id)).first()
    if row is None:
        raise ConversationNotFoundError(
            f"There is no conversation {conversation_id[:120]!r}. The list of conversations has their ids."
        )
    return row


def _gone(connection: Connection, article_ids: Collection[str]) -> set[str]:
    """Those of the articles that the library doesn't hold any more."""
    if not article_ids:
        return set()
    query = select(articles.c.id).where(and_(articles.c.id.in_(sorted(article_ids)), ~articles.c.deleted))
    return set(article_ids) - set(connection.execute(query).scalars())


def _next_use(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(conversations.c.touched), 0))).scalar_one()) + 1


def _summary(row: Row[tuple[object, ...]]) -> ConversationSummary:
    return ConversationSummary(row.id, row.title, _time(row.created_at), _time(row.updated_at), row.turns)


def _turn(row: Row[tuple[object, ...]], feedback: Opinion | None = None) -> Turn:
    given = _ANSWER.validate_json(row.answer)
    return Turn(row.number, row.question, row.asker, _time(row.asked_at), given, feedback)


def _opinions(connection: Connection, conversation: int) -> dict[tuple[str, str], Opinion]:
    """What was thought of the answers of a conversation, by the answer's id and who said so ("": nobody named)."""
    query = (
        select(feedback.c.answer_id, feedback.c.asker, feedback.c.verdict, feedback.c.comment)
        .join(turns, turns.c.answer_id == feedback.c.answer_id)
        .where(turns.c.conversation == conversation)
    )
    return {(row.answer_id, row.asker): Opinion(row.verdict, row.comment) for row in connection.execute(query)}


def _opinion_on(turn: Row[tuple[object, ...]], opinions: Mapping[tuple[str, str], Opinion]) -> Opinion | None:
    """The opinion of the turn's asker, else that of somebody without a name."""
    return opinions.get((turn.answer_id, turn.asker or "")) or opinions.get((turn.answer_id, ""))


def _checked(title: str) -> str:
    name = " ".join(title.split())
    if is_blank(name) or len(name) > MAX_TITLE or "\0" in name:
        raise BadTitleError(f"A title has 1 to {MAX_TITLE} characters of text.")
    return name


def _shortened(question: str) -> str:
    """A question as a title: on one line, and cut at a word where it is long."""
    words = " ".join(question.split())
    return words if len(words) <= _TITLE else f"{words[:_TITLE].rsplit(' ', 1)[0]}…"


_TITLE = 80


def _full() -> ConversationFullError:
    return ConversationFullError(f"The conversation has {MAX_TURNS} turns, as many as are kept. Begin a new one.")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
