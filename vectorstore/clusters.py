"""Clusters of near-duplicates in the library: each article gets its own when it is taken in, within the transaction.

Those that may resemble it are looked up by the keys of its signature, and then held against it. An article that two
clusters resemble makes one of them, and they stay one when it goes.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from vectorstore.duplicates import SAME, is_signature, keys, resemblance
from vectorstore.tables import articles, revisions, sketch_keys

_HELD_AGAINST = 8  # articles with the most keys in common; one that resembles any joins the cluster of all


def join(connection: Connection, article: int, signature: bytes) -> None:
    """Put an article into the cluster of those that its text resembles, or into one of its own.

    article: its pk, of which no older text is in a cluster any more (see `leave`).
    """
    looked_up = keys(signature)
    near = [label for label, stored in _candidates(connection, looked_up) if resemblance(signature, stored) >= SAME]
    label = min(near, default=None)
    if label is None:
        label = (connection.execute(select(func.max(articles.c.cluster))).scalar() or 0) + 1
    if others := set(near) - {label}:
        connection.execute(update(articles).where(articles.c.cluster.in_(others)).values(cluster=label))
    connection.execute(update(articles).where(articles.c.pk == article).values(cluster=label))
    if looked_up:
        connection.execute(insert(sketch_keys), [{"key": key, "article": article} for key in looked_up])


def leave(connection: Connection, article: int) -> None:
    """Take an article out of its cluster, before its text is replaced or deleted."""
    current = and_(revisions.c.article == articles.c.pk, revisions.c.revision == articles.c.revision)
    query = select(revisions.c.signature).join(articles, current).where(articles.c.pk == article)
    signature = connection.execute(query).scalar_one()
    if is_signature(signature):  # those of an older version were never in a cluster
        ours = and_(sketch_keys.c.key.in_(keys(signature)), sketch_keys.c.article == article)
        connection.execute(delete(sketch_keys).where(ours))
    connection.execute(update(articles).where(articles.c.pk == article).values(cluster=None))


def _candidates(connection: Connection, looked_up: Sequence[int]) -> list[tuple[int, bytes]]:
    """(cluster, signature) of the articles that share the most keys."""
    shared = func.count().label("shared")
    most = (
        select(sketch_keys.c.article, shared)
        .where(sketch_keys.c.key.in_(looked_up))
        .group_by(sketch_keys.c.article)
        .order_by(shared.desc(), sketch_keys.c.article)
        .limit(_HELD_AGAINST)
        .subquery()
    )
    current = and_(revisions.c.article == articles.c.pk, revisions.c.revision == articles.c.revision)
    query = select(articles.c.cluster, revisions.c.signature).join(revisions, current)
    rows = connection.execute(query.join(most, most.c.article == articles.c.pk).where(~articles.c.deleted))
    return [(row.cluster, row.signature) for row in rows]
