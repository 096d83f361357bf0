"""What people think of answers: up or down and a comment, once for each asker, who may change it."""

import json
import threading
from collections import OrderedDict
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, update

from qa.conversations.records import FeedbackPage, Judged
from qa.conversations.tables import feedback, turns
from qa.errors import AnswerNotFoundError, BadFeedbackError
from qa.records import Answer, Verdict
from vectorstore.cursors import number_of
from vectorstore.database import Database

MAX_COMMENT = 2_000  # characters
MAX_ASKER = 200

_REMEMBERED = 1_000


class Feedback:
    """The feedback on a library's answers. Thread-safe.

    An answer of a conversation can be judged as long as that is kept; one that stands alone is known until as many
    more were given as `_REMEMBERED`, or the process ends.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._questions: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def remember(self, answer: Answer) -> None:
        """Know an answer that no conversation keeps."""
        with self._lock:
            self._questions[answer.id] = answer.standalone_question
            if len(self._questions) > _REMEMBERED:
                self._questions.popitem(last=False)

    def give(self, answer_id: str, verdict: Verdict, comment: str | None = None, asker: str | None = None) -> Judged:
        """Keep what somebody thinks of an answer, in the place of what the same asker thought of it before.

        Raises AnswerNotFoundError or BadFeedbackError.
        """
        said = comment.strip() if comment else None
        if len(said or "") > MAX_COMMENT or len(asker or "") > MAX_ASKER or "\0" in f"{said}{asker}":
            raise BadFeedbackError(f"A comment has at most {MAX_COMMENT:,} characters, and an asker {MAX_ASKER}.")
        given_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        mine = (feedback.c.answer_id == answer_id) & (feedback.c.asker == (asker or ""))
        with self._database.writing() as connection:
            conversation, question = self._known(connection, answer_id)
            row = {"verdict": verdict, "comment": said or None, "given_at": given_at}
            if not connection.execute(update(feedback).where(mine).values(row)).rowcount:
                about = {"answer_id": answer_id, "asker": asker or "", "conversation": conversation}
                connection.execute(insert(feedback).values(**row, **about, question=question))
        return Judged(answer_id, verdict, said or None, asker, question, datetime.fromisoformat(given_at))

    def page(self, limit: int = 50, cursor: str | None = None, verdict: Verdict | None = None) -> FeedbackPage:
        """Feedback, the last given first; of one verdict only, where that is named. Raises BadCursorError."""
        counted, query = select(func.count()).select_from(feedback), select(feedback)
        if verdict is not None:
            counted, query = (one.where(feedback.c.verdict == verdict) for one in (counted, query))
        if cursor is not None:
            query = query.where(feedback.c.pk < number_of(cursor))
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(feedback.c.pk.desc()).limit(limit + 1)).all()
            total = connection.execute(counted).scalar_one()
        items = tuple(
            Judged(
                row.answer_id,
                row.verdict,
                row.comment,
                row.asker or None,
                row.question,
                datetime.fromisoformat(row.given_at),
            )
            for row in rows[:limit]
        )
        return FeedbackPage(items, total, str(rows[limit - 1].pk) if len(rows) > limit else None)

    def _known(self, connection: Connection, answer_id: str) -> tuple[int | None, str]:
        """The conversation of an answer, None where no one keeps it, and the question it answers."""
        query = select(turns.c.conversation, turns.c.answer).where(turns.c.answer_id == answer_id)
        if row := connection.execute(query).first():
            from_turn: str = json.loads(row.answer)["standalone_question"]
            return row.conversation, from_turn
        judged = select(feedback.c.question).where(feedback.c.answer_id == answer_id)
        if question := connection.execute(judged).scalar():
            return None, question
        with self._lock:
            question = self._questions.get(answer_id)
        if question is None:
            raise AnswerNotFoundError(
                f"No answer {answer_id[:120]!r} is known. Only answers of conversations are kept; others can be judged "
                f"until {_REMEMBERED:,} more were given, or the server is started anew."
            )
        return None, question
