"""The tables of jobs; see `vectorstore/database.py`."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text

from vectorstore.database import metadata

jobs = Table(
    "jobs",
    metadata,
    Column("pk", Integer, primary_key=True),
    Column("id", String(40), nullable=False, unique=True),
    Column("instance", String(40), nullable=False),  # the process: what another one left running was interrupted
    Column("kind", String(10), nullable=False),
    Column("state", String(12), nullable=False),
    Column("about", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("started_at", String(40)),
    Column("ended_at", String(40)),
    Column("done", Integer, nullable=False),
    Column("total", Integer),
    Column("share", Float),
    Column("added", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("error", Text),
    sqlite_autoincrement=True,
)

job_results = Table(
    "job_results",
    metadata,
    Column("job", ForeignKey("jobs.pk"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1, in the order of the outcomes
    Column("name", Text, nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("article_id", String(120)),
    Column("reason", Text),
)
Index("job_results_article", job_results.c.article_id)
