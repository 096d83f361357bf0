"""Schema 3: revisions have an author, a language and the recipe of their text."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """From schema 2."""
    op.add_column("revisions", sa.Column("author", sa.Text))
    op.add_column("revisions", sa.Column("language", sa.String(35)))
    op.add_column("revisions", sa.Column("text_recipe", sa.Integer))
