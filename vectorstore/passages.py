"""The library as a search reads it: few statements, plain columns, texts only of what is returned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import RowMapping, Select, Subquery, and_, bindparam, func, or_, select

from vectorstore.changes import stacked
from vectorstore.database import Database
from vectorstore.library import check_embedding, stored_article
from vectorstore.limits import Limits, passing, passing_older
from vectorstore.records import Counts, Passage, Place, StoredArticle
from vectorstore.tables import articles, passages, retired, revisions

_EXACT_BATCH = 4_000
_COUNTS_KEPT = 100
_CHARACTERS_KEPT = 10_000_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that pass the limits, in no order.

    ids and ordinals: (n,). vectors: (n, d) float32, unit norm.
    """

    ids: list[int]
    ordinals: NDArray[np.int64]
    vectors: NDArray[np.float32]
    _rows: Sequence[Any]

    def passage(self, number: int) -> Passage:
        """One of them as a record. (Most are never looked at again, so none is made before.)"""
        row = self._rows[number]
        return Passage(row[0], row[1], row[2], row[3], row[4], row[5])


@dataclass(frozen=True, slots=True)
class _Days:
    """The first and the last day of publication; None where there is none."""

    of: tuple[date, date] | None


class PassageReader:
    """Reads passages of current revisions; of a moment, where limits name one, those that were current then."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: dict[Limits, Counts] = {}
        self._checked: set[tuple[str, int]] = set()
        self._sources: tuple[str, ...] | None = None
        self._days: _Days | None = None
        self._articles: dict[tuple[str, int], StoredArticle] = {}
        self._characters = 0  # of the texts of those

    def changed(self) -> None:
        """Forget what was counted, checked and read: the library is another now."""
        self._counted = {}
        self._checked = set()
        self._sources = None
        self._days = None
        self._forget_articles()

    def _forget_articles(self) -> None:
        self._articles, self._characters = {}, 0

    def check_embedding(self, name: str, dimensions: int) -> None:
        """See that the passages are embedded as a question is. Raises EmbeddingChangedError."""
        checked = self._checked  # taken first, like what was counted
        if (name, dimensions) not in checked:
            with self._database.reading() as connection:
                check_embedding(connection, name, dimensions)
            checked.add((name, dimensions))

    def candidates(self, ids: Iterable[int], limits: Limits) -> Candidates:
        """Those of the ids that pass."""
        with self._database.reading() as connection:
            rows = connection.execute(_among(passing(limits)), {"ids": list(ids)}).all()
        return Candidates(
            ids=[row[0] for row in rows],
            ordinals=np.array([row[3] for row in rows], np.int64),
            vectors=stacked([row[6] for row in rows]),
            _rows=rows,
        )

    def holding(self, places: Sequence[Place]) -> list[int]:
        """The passages in which these stretches begin, of revisions that are still current."""
        conditions = [
            and_(
                articles.c.id == place.article_id,
                articles.c.revision == place.revision,
                passages.c.revision == place.revision,
                passages.c.start <= place.start,
                passages.c.end > place.start,
            )
            for place in places
        ]
        if not conditions:
            return []
        query = select(passages.c.id).join(articles, articles.c.pk == passages.c.article).where(or_(*conditions))
        with self._database.reading() as connection:
            return list(dict.fromkeys(connection.execute(query).scalars()))

    def nearest(self, vector: NDArray[np.float32], limit: int, limits: Limits) -> list[int]:
        """The exact nearest passages that pass, by reading every one of them: for limits that let few through."""
        return self._nearest(passing(limits), vector, limit)

    def older(self, vector: NDArray[np.float32], ids: Iterable[int], limit: int, limits: Limits) -> list[int]:
        """Passages of older revisions that pass, which no index names: of the articles of `ids`, and the nearest."""
        among = passing_older(limits)
        named = select(passages.c.article).where(passages.c.id.in_(list(ids)))
        with self._database.reading() as connection:
            found = connection.execute(select(among.c.id).where(among.c.article.in_(named))).scalars().all()
        return [*found, *self._nearest(among, vector, limit)]

    def successors(self, ids: Iterable[int]) -> list[int]:
        """The current passages of the articles whose passages these were until they were replaced."""
        of = select(retired.c.article).where(retired.c.id.in_(list(ids)))
        with self._database.reading() as connection:
            return list(connection.execute(select(passages.c.id).where(passages.c.article.in_(of))).scalars())

    def _nearest(self, among: Subquery, vector: NDArray[np.float32], limit: int) -> list[int]:
        query = select(among.c.id, among.c.embedding).order_by(among.c.id).limit(_EXACT_BATCH)
        ids, scores, last = np.zeros(0, np.int64), np.zeros(0, np.float32), 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(query.where(among.c.id > last)).all()
            if not rows:
                return [int(number) for number in ids]
            last = rows[-1].id
            ids = np.concatenate([ids, np.array([row.id for row in rows])])
            scores = np.concatenate([scores, stacked([row.embedding for row in rows]) @ vector])
            best = np.argsort(-scores, kind="stable")[:limit]
            ids, scores = ids[best], scores[best]

    def articles(self, numbered: Iterable[tuple[str, int]]) -> dict[tuple[str, int], StoredArticle]:
        """These revisions, (article, number), of articles that are not deleted.

        What was read is kept until the library changes, or it is too much: some articles are read for many questions.
        """
        wanted = dict.fromkeys(numbered)
        kept = self._articles  # taken first, like what was counted
        found = {revision: kept[revision] for revision in wanted if revision in kept}
        if len(found) < len(wanted):
            with self._database.reading() as connection:
                missing = [one for one in wanted if one not in found]
                ids, numbers = {article for article, _ in missing}, {number for _, number in missing}
                rows = connection.execute(_ARTICLES, {"ids": sorted(ids), "numbers": sorted(numbers)}).mappings().all()
            read = [_article(row) for row in rows]
            found.update({(one.id, one.revision): one for one in read if (one.id, one.revision) in wanted})
            self._keep(read, kept)
        return found

    def reprints(self, article: StoredArticle, limits: Limits, most: int) -> list[StoredArticle]:
        """Other articles of the same cluster that pass, the first added first."""
        if article.cluster is None:
            return []
        among = passing(limits)
        query = select(among.c.article_id, among.c.revision).join(articles, articles.c.pk == among.c.article)
        query = query.where(articles.c.cluster == article.cluster, articles.c.id != article.id).distinct()
        with self._database.reading() as connection:
            found_rows = connection.execute(query.order_by(articles.c.pk).limit(most))
            rows = [(row.article_id, row.revision) for row in found_rows]
        found = self.articles(rows)
        return [found[row] for row in rows if row in found]

    def _keep(self, read: Sequence[StoredArticle], kept: dict[tuple[str, int], StoredArticle]) -> None:
        self._characters += sum(len(article.text) for article in read)
        kept.update({(article.id, article.revision): article for article in read})
        if self._characters > _CHARACTERS_KEPT:
            self._forget_articles()

    def passing(self, ids: Sequence[int], limits: Limits) -> list[int]:
        """Those of the ids that pass, in their order."""
        among = passing(limits)
        with self._database.reading() as connection:
            pass_ids = set(connection.execute(select(among.c.id).where(among.c.id.in_(ids))).scalars())
        return [number for number in ids if number in pass_ids]

    def sources(self) -> tuple[str, ...]:
        """The publishers of the current articles, in order. Read once until the library changes."""
        if self._sources is None:
            current = and_(articles.c.pk == revisions.c.article, articles.c.revision == revisions.c.revision)
            query = select(revisions.c.source).join(articles, current).where(~articles.c.deleted).distinct()
            with self._database.reading() as connection:
                found = [source for source in connection.execute(query).scalars() if source]
            self._sources = tuple(sorted({one.casefold(): one for one in sorted(found)}.values(), key=str.casefold))
        return self._sources

    def days(self) -> tuple[date, date] | None:
        """The first and the last day of publication of current articles. Read once until the library changes."""
        days = self._days
        if days is None:
            query = select(func.min(articles.c.day), func.max(articles.c.day)).where(~articles.c.deleted)
            with self._database.reading() as connection:
                first, last = connection.execute(query).one()
            self._days = days = _Days(None if first is None else (_date(first), _date(last)))
        return days.of

    def counts(self, limits: Limits) -> Counts:
        """How many articles and passages pass. Counted once until the library changes."""
        counted = self._counted  # taken first: a count that is overtaken by a change is kept nowhere
        if (kept := counted.get(limits)) is not None:
            return kept
        among = passing(limits)
        query = select(func.count(among.c.article.distinct()), func.count())
        with self._database.reading() as connection:
            counts = Counts(*connection.execute(query.select_from(among)).one())
        if len(counted) < _COUNTS_KEPT:
            counted[limits] = counts
        return counts


def _article(row: RowMapping) -> StoredArticle:
    current = row["revision"] == row["newest"]
    return stored_article(row["id"], row, current=current, cluster=row["cluster"] if current else None)


def _among(rows: Subquery) -> Select[Any]:
    return select(rows).where(rows.c.id.in_(bindparam("ids", expanding=True)))


_ARTICLES = (
    select(articles.c.id, articles.c.revision.label("newest"), articles.c.cluster, *revisions.c)
    .join(articles, articles.c.pk == revisions.c.article)
    .where(
        articles.c.id.in_(bindparam("ids", expanding=True)),
        revisions.c.revision.in_(bindparam("numbers", expanding=True)),
        ~articles.c.deleted,
    )
)


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)
