"""The proof that an article is gone: what tells it is noted, it is deleted, and that is sought in the folder's files.

What another article has as well (a reprint, a phrase) is not left of this one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, or_, select

from vectorstore.database import Database
from vectorstore.indexes import Indexes
from vectorstore.library import find
from vectorstore.tables import passages, retired, revisions
from vectorstore.traces import Sought, Trace, search_files, sought_of


@dataclass(frozen=True, slots=True)
class Erasure:
    """What a search of the data folder's files found of an article after it was deleted.

    files, size: how many were searched, of how many bytes in all. words, vectors: how many runs of its words, and how
    many of its vectors, were sought; stems: how many stems, in the lexical index's dictionary. left: the files that
    hold some of them; none where the article is gone.
    """

    article_id: str
    files: int
    size: int
    words: int
    vectors: int
    stems: int
    left: tuple[Trace, ...]


def prove_gone(
    database: Database, folder: Path, indexes: Indexes, article_id: str, delete: Callable[[], None]
) -> Erasure:
    """Delete an article, and search all files of a folder for it. Raises ArticleNotFoundError and as `delete` does.

    A dictionary of stems has no words as they are written: it is asked for those that none of the passages has.
    """
    with database.reading() as connection:
        pk = find(connection, article_id).pk
        sought = _sought_in(connection, pk)
        query = select(revisions.c.text, revisions.c.title, revisions.c.language).where(revisions.c.article == pk)
        told = connection.execute(query).all()
    delete()
    # Only now, when the lexical index is whole in any case: a damaged one must not keep an article from being deleted.
    stems = {stem for row in told for stem in indexes.stems_of(f"{row.title or ''}\n{row.text}", row.language)}
    searched = search_files(folder, sought)
    with database.reading() as connection:
        left = _left_of(connection, searched.traces)
    dictionary, stems_left = indexes.stems_left(stems)
    if stems_left:
        left = (*left, Trace(dictionary, (), (), tuple(stems_left)))
    counts = (len(sought.words), len(sought.vectors), len(stems))
    return Erasure(article_id, searched.files, searched.size, *counts, left)


def _sought_in(connection: Connection, pk: int) -> Sought:
    rows = connection.execute(select(revisions.c.text, revisions.c.title).where(revisions.c.article == pk)).all()
    embeddings: list[bytes] = []
    for table in (passages, retired):
        embeddings += connection.execute(select(table.c.embedding).where(table.c.article == pk)).scalars()
    return sought_of([part for row in rows for part in row if part], embeddings)


def _left_of(connection: Connection, traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """The traces of a deleted article without what the articles that are there have, too."""
    told = (
        replace(
            trace,
            words=tuple(run for run in trace.words if not _has_words(connection, run)),
            vectors=tuple(vector for vector in trace.vectors if not _has_vector(connection, vector)),
        )
        for trace in traces
    )
    return tuple(trace for trace in told if trace.words or trace.vectors)


def _has_words(connection: Connection, run: str) -> bool:
    fields = (revisions.c.text, revisions.c.title, revisions.c.url, revisions.c.source, revisions.c.author)
    having = or_(*(func.instr(field, run) > 0 for field in fields))
    return connection.execute(select(revisions.c.article).where(having).limit(1)).first() is not None


def _has_vector(connection: Connection, part: bytes) -> bool:
    queries = (
        select(table.c.id).where(func.instr(table.c.embedding, part) > 0).limit(1) for table in (passages, retired)
    )
    return any(connection.execute(query).first() is not None for query in queries)
