"""Vectors that the library holds already: of an article that changed, only what is new in it must be embedded."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from vectorstore.changes import index_text, revisions_of
from vectorstore.records import Span
from vectorstore.tables import articles, passages, retired


def held_vectors(connection: Connection, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The vectors of all passages of these articles, older revisions' too, by what was embedded; each (d,)."""
    known = select(articles.c.pk).where(articles.c.key.in_(keys), ~articles.c.deleted)
    pks = connection.execute(known).scalars().all()
    found: dict[str, NDArray[np.float32]] = {}
    for table in (retired, passages) if pks else ():
        rows = connection.execute(select(table).where(table.c.article.in_(pks))).all()
        read = revisions_of(connection, {(row.article, row.revision) for row in rows})
        for row in rows:
            of = read[row.article, row.revision]
            found[index_text(of.title, of.text, Span(row.start, row.end))] = np.frombuffer(row.embedding, "<f4")
    return found
