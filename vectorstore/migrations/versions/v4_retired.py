"""Schema 4: the passages of older revisions are kept, for questions as of a moment; articles are in clusters."""

import sqlalchemy as sa
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """From schema 3. What was replaced before has no passages any more, and none come back; a reindex clusters."""
    op.create_table(
        "retired",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("article", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("came", sa.String(40), nullable=False),
        sa.Column("went", sa.String(40), nullable=False),
        sa.Column("first", sa.Boolean, nullable=False),
        sa.Column("day", sa.Integer),
        sa.Column("source", sa.Text),
        sa.Column("embedding", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["article", "revision"], ["revisions.article", "revisions.revision"]),
    )
    op.create_index("retired_article", "retired", ["article"])
    op.add_column("articles", sa.Column("cluster", sa.Integer))
    op.create_index("articles_cluster", "articles", ["cluster"])
    op.create_table(
        "sketch_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("article", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.drop_index("passages_article", "passages")
    op.create_index("passages_revision", "passages", ["article", "revision"])
