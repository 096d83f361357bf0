"""The tables of conversations and of what people think of answers; see `vectorstore/database.py`.

What is deleted leaves no words behind: turns, feedback and which articles were cited all go with their conversation.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from vectorstore.database import metadata

conversations = Table(
    "conversations",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("updated_at", String(40), nullable=False),
    Column("touched", Integer, nullable=False, unique=True),  # counts uses: the order of the listing
    sqlite_autoincrement=True,
)

turns = Table(
    "turns",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("conversation", ForeignKey("conversations.pk"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("asker", Text),
    Column("asked_at", String(40), nullable=False),
    Column("answer_id", String(40), nullable=False, unique=True),
    Column("answer", Text, nullable=False),  # the Answer as JSON, exactly as it was given
    UniqueConstraint("conversation", "number"),
    sqlite_autoincrement=True,
)

cited = Table(  # by which the turns that show words of an article are found when it is deleted
    "cited",
    metadata,
    Column("turn", ForeignKey("turns.pk"), primary_key=True),
    Column("article_id", String(120), primary_key=True),
)
Index("cited_article", cited.c.article_id)

feedback = Table(
    "feedback",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("answer_id", String(40), nullable=False),
    Column("conversation", ForeignKey("conversations.pk")),
    Column("asker", Text, nullable=False),  # "" where nobody is named
    Column("verdict", String(4), nullable=False),
    Column("comment", Text),
    Column("question", Text, nullable=False),  # as it was searched
    Column("given_at", String(40), nullable=False),
    UniqueConstraint("answer_id", "asker"),
    sqlite_autoincrement=True,
)
