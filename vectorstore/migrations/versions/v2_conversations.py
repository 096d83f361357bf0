"""Schema 2: conversations and what people think of answers have tables."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = None


def upgrade() -> None:
    """From schema 1."""
    op.create_table(
        "conversations",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("id", sa.String(40), nullable=False, unique=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(40), nullable=False),
        sa.Column("updated_at", sa.String(40), nullable=False),
        sa.Column("touched", sa.Integer, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "turns",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.Integer, sa.ForeignKey("conversations.pk"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asker", sa.Text),
        sa.Column("asked_at", sa.String(40), nullable=False),
        sa.Column("answer_id", sa.String(40), nullable=False, unique=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.UniqueConstraint("conversation", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "cited",
        sa.Column("turn", sa.Integer, sa.ForeignKey("turns.pk"), primary_key=True),
        sa.Column("article_id", sa.String(120), primary_key=True),
    )
    op.create_index("cited_article", "cited", ["article_id"])
    op.create_table(
        "feedback",
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("answer_id", sa.String(40), nullable=False),
        sa.Column("conversation", sa.Integer, sa.ForeignKey("conversations.pk")),
        sa.Column("asker", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(4), nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("given_at", sa.String(40), nullable=False),
        sa.UniqueConstraint("answer_id", "asker"),
        sqlite_autoincrement=True,
    )
