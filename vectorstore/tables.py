"""The tables of the articles.

`passages` has those of current revisions, and for a moment those that are about to be. A passage that is replaced moves
to `retired` in the transaction that replaces it, and one that is deleted goes, so whatever an index still says of it
leads nowhere. Ids of passages are never used again.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    delete,
)

from vectorstore.database import get_meta, meta, metadata, set_meta

articles = Table(
    "articles",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", String(120), nullable=False, unique=True),
    Column("key", Text, nullable=False, unique=True),
    Column("revision", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("content", String(64), nullable=False),  # the hash of the current revision, of the last one if deleted
    Column("day", Integer),  # published, like 20210813
    Column("source", Text),  # case folded, for filters
    Column("cluster", Integer),  # see `clusters`; none: deleted, or from before there were any
    sqlite_autoincrement=True,
)
Index("articles_day", articles.c.day)
Index("articles_cluster", articles.c.cluster)

revisions = Table(
    "revisions",
    metadata,
    Column("article", ForeignKey("articles.pk"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("title", Text),
    Column("url", Text),
    Column("source", Text),
    Column("published_at", String(64)),
    Column("author", Text),
    Column("language", String(35)),
    Column("text_recipe", Integer),  # see `canonical`; none: from before
    Column("characters", Integer, nullable=False),
    Column("content", String(64), nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("ingested_at", String(40), nullable=False),
    Column("text", Text, nullable=False),  # last: SQLite reads a long row only as far as it must
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("added", Integer, nullable=False),  # the library's revision number that it came with
    Column("embedding", LargeBinary, nullable=False),  # float32, little-endian, unit norm
    ForeignKeyConstraint(["article", "revision"], ["revisions.article", "revisions.revision"]),
    sqlite_autoincrement=True,
)
Index("passages_revision", passages.c.article, passages.c.revision)
Index("passages_added", passages.c.added)

retired = Table(  # the passages of older revisions, each with what a search of a moment asks of it
    "retired",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # that it had as a passage
    Column("article", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("came", String(40), nullable=False),  # when its revision was taken in
    Column("went", String(40), nullable=False),  # when the next one was
    Column("first", Boolean, nullable=False),  # whether no revision was before it
    Column("day", Integer),  # as in articles
    Column("source", Text),
    Column("embedding", LargeBinary, nullable=False),
    ForeignKeyConstraint(["article", "revision"], ["revisions.article", "revisions.revision"]),
)
Index("retired_article", retired.c.article)
sketch_keys = Table(
    "sketch_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),  # see `duplicates.keys`
    Column("article", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

removals = Table(
    "removals",
    metadata,
    Column("passage", Integer, primary_key=True, autoincrement=False),
    Column("removed", Integer, nullable=False),  # the library's revision number that it went with
)


def remember_embedding(connection: Connection, name: str, dimensions: int | None) -> None:
    """Remember which model the passages are embedded by. dimensions: None where it isn't known yet."""
    if get_meta(connection, "embedding") != name:
        set_meta(connection, "embedding", name)
        connection.execute(delete(meta).where(meta.c.name == "dimensions"))
    if dimensions is not None and get_meta(connection, "dimensions") != str(dimensions):
        set_meta(connection, "dimensions", dimensions)
