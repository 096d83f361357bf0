"""The questions that Slack has delivered: each is taken once, whatever is delivered again, restarted or killed.

One SQLite file, which several bot processes may share. A question is `open` while a process answers it and `done` when
it was answered, or somebody was told why not. What `take` has returned is on the disk: only then Slack is told that the
question has arrived.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clients.errors import BotStoreError
from clients.slack.records import Asked, Kept, Key, Thread

FILE = "slack.db"
KEEP_S = 30 * 86_400.0
"""How long a question is known after it was answered: Slack delivers again within hours."""

_BUSY_S = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS questions (
    channel TEXT NOT NULL, ts TEXT NOT NULL, thread TEXT NOT NULL, team TEXT, person TEXT NOT NULL, text TEXT NOT NULL,
    edited TEXT NOT NULL, pane INTEGER NOT NULL, response_url TEXT, state TEXT NOT NULL, owner TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0, replies TEXT NOT NULL DEFAULT '', conversation TEXT, answer TEXT,
    taken_at REAL NOT NULL, PRIMARY KEY (channel, ts)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS open_questions ON questions (owner) WHERE state = 'open';
CREATE TABLE IF NOT EXISTS threads (
    channel TEXT NOT NULL, ts TEXT NOT NULL, conversation TEXT, PRIMARY KEY (channel, ts)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deeds (name TEXT PRIMARY KEY, done_at REAL NOT NULL) WITHOUT ROWID;
"""


class Delivered:
    """The store, opened. Thread-safe; each call is one transaction. Raises BotStoreError where the disk fails."""

    def __init__(self, folder: Path, owner: str) -> None:
        """Open the store in a folder. owner: the name of this process; see `Presence`."""
        self._folder = folder
        self._owner = owner
        self._lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                folder / FILE, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=FULL")
            self._connection.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise BotStoreError.of(folder, str(error)) from None

    def take(self, asked: Asked) -> bool:
        """Take a question: whether it is this process's to answer. False for one that was taken before, by whomever.

        From then on the bot has joined the thread.
        """
        row = (
            asked.key.channel, asked.key.ts, asked.thread.ts, asked.team, asked.person, asked.text, asked.edited,
            asked.pane, asked.response_url, self._owner, time.time(),
        )  # fmt: skip
        with self._writing() as connection:
            taken = connection.execute(
                "INSERT INTO questions (channel, ts, thread, team, person, text, edited, pane, response_url, owner, "
                "taken_at, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open') ON CONFLICT DO NOTHING",
                row,
            )
            connection.execute(
                "INSERT INTO threads VALUES (?, ?, NULL) ON CONFLICT DO NOTHING",
                (asked.thread.channel, asked.thread.ts),
            )
            return taken.rowcount == 1

    def edit(self, key: Key, text: str, edited: str) -> Kept | None:
        """Give a question another text: the question, where this process is to answer it anew.

        None where it isn't known, was edited later already, or is being answered: who does so answers the new text.
        """
        with self._writing() as connection:
            changed = connection.execute(
                "UPDATE questions SET text = ?, edited = ? WHERE channel = ? AND ts = ? AND edited < ? "
                "AND NOT withdrawn AND response_url IS NULL",
                (text, edited, key.channel, key.ts, edited),
            )
            if not changed.rowcount:
                return None
            mine = connection.execute(
                "UPDATE questions SET state = 'open', owner = ? WHERE channel = ? AND ts = ? AND state = 'done'",
                (self._owner, key.channel, key.ts),
            )
            return self._kept(connection, key) if mine.rowcount else None

    def withdraw(self, key: Key) -> None:
        """Let a question be deleted: one that is being answered is not answered any more."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE questions SET withdrawn = 1 WHERE channel = ? AND ts = ? AND state = 'open'",
                (key.channel, key.ts),
            )

    def find(self, key: Key) -> Kept | None:
        """A question as it is now."""
        with self._reading() as connection:
            return self._kept(connection, key)

    def replying(self, key: Key, replies: tuple[str, ...]) -> None:
        """Remember the messages in which a question is being answered."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE questions SET replies = ? WHERE channel = ? AND ts = ?",
                (" ".join(replies), key.channel, key.ts),
            )

    def finish(self, asked: Asked, conversation: str | None = None, answer: str | None = None) -> Kept | None:
        """Have done with a question: None where that holds, else what was edited or deleted meanwhile.

        None of the person's words stays in the store.
        """
        with self._writing() as connection:
            now = self._kept(connection, asked.key)
            if now is not None and (now.withdrawn or now.asked.edited != asked.edited):
                return now
            self._have_done(connection, asked.key, conversation, answer)
            return None

    def drop(self, key: Key) -> None:
        """Have done with a question that was deleted."""
        with self._writing() as connection:
            self._have_done(connection, key, None, None)

    def left_open(self) -> list[tuple[str, Kept]]:
        """The questions that other processes have open, each with the process's name."""
        with self._reading() as connection:
            rows = connection.execute("SELECT * FROM questions WHERE state = 'open' AND owner != ?", (self._owner,))
            return [(row["owner"], _read(row)) for row in rows.fetchall()]

    def adopt(self, key: Key, owner: str) -> bool:
        """Take an open question over from a process that is gone: whether it is this one's now."""
        with self._writing() as connection:
            taken = connection.execute(
                "UPDATE questions SET owner = ? WHERE channel = ? AND ts = ? AND owner = ? AND state = 'open'",
                (self._owner, key.channel, key.ts, owner),
            )
            return taken.rowcount == 1

    def once(self, name: str) -> bool:
        """Whether this is the first time that something of this name is to be done."""
        with self._writing() as connection:
            first = connection.execute("INSERT INTO deeds VALUES (?, ?) ON CONFLICT DO NOTHING", (name, time.time()))
            return first.rowcount == 1

    def has_joined(self, thread: Thread) -> bool:
        """Whether a question was taken in a thread before."""
        with self._reading() as connection:
            return self._thread(connection, thread) is not None

    def conversation(self, thread: Thread) -> str | None:
        """The conversation of a thread; None where it has none yet."""
        with self._reading() as connection:
            row = self._thread(connection, thread)
            return None if row is None else row["conversation"]

    def converse(self, thread: Thread, conversation: str, *, instead_of: str | None = None) -> str:
        """Give a thread its conversation, in place of another where that is named: the one that it has then.

        Of several who do so at once, the first one's holds for all.
        """
        with self._writing() as connection:
            place = (thread.channel, thread.ts)
            connection.execute("INSERT INTO threads VALUES (?, ?, NULL) ON CONFLICT DO NOTHING", place)
            connection.execute(
                "UPDATE threads SET conversation = ? WHERE channel = ? AND ts = ? AND conversation IS ?",
                (conversation, *place, instead_of),
            )
            row = self._thread(connection, thread)
            return conversation if row is None else str(row["conversation"])

    def prune(self) -> None:
        """Forget the questions that were answered long ago. Threads stay."""
        before = time.time() - KEEP_S
        with self._writing() as connection:
            connection.execute("DELETE FROM questions WHERE state = 'done' AND taken_at < ?", (before,))
            connection.execute("DELETE FROM deeds WHERE done_at < ?", (before,))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for a single statement: it waits for no writer."""
        try:
            with self._lock:
                yield self._connection
        except sqlite3.Error as error:
            raise BotStoreError.of(self._folder, str(error)) from None

    def _thread(self, connection: sqlite3.Connection, thread: Thread) -> sqlite3.Row | None:
        query = "SELECT conversation FROM threads WHERE channel = ? AND ts = ?"
        row: sqlite3.Row | None = connection.execute(query, (thread.channel, thread.ts)).fetchone()
        return row

    def _kept(self, connection: sqlite3.Connection, key: Key) -> Kept | None:
        row = connection.execute(
            "SELECT * FROM questions WHERE channel = ? AND ts = ?", (key.channel, key.ts)
        ).fetchone()
        return None if row is None else _read(row)

    def _have_done(
        self, connection: sqlite3.Connection, key: Key, conversation: str | None, answer: str | None
    ) -> None:
        connection.execute(
            "UPDATE questions SET state = 'done', text = '', response_url = NULL, conversation = ?, answer = ? "
            "WHERE channel = ? AND ts = ?",
            (conversation, answer, key.channel, key.ts),
        )


def _read(row: sqlite3.Row) -> Kept:
    asked = Asked(
        Key(row["channel"], row["ts"]),
        Thread(row["channel"], row["thread"]),
        row["team"],
        row["person"],
        row["text"],
        row["edited"],
        bool(row["pane"]),
        row["response_url"],
    )
    return Kept(asked, bool(row["withdrawn"]), tuple(row["replies"].split()), row["conversation"], row["answer"])
