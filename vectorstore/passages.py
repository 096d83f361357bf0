"""The library as a search reads it: few statements, plain columns, texts only of what is returned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from vectorstore.changes import stacked
from vectorstore.database import Database
from vectorstore.library import check_embedding, stored_article
from vectorstore.records import Counts, Filters, Passage, Place, StoredArticle
from vectorstore.tables import articles, passages, revisions

_EXACT_BATCH = 4_000
_COUNTS_KEPT = 100
_CHARACTERS_KEPT = 10_000_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Current passages that pass the filters, in no order.

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
class Limits:
    """Filters as the library and the indexes apply them.

    since, until: days like 20210813, both inclusive. sources: case folded.
    """

    since: int | None
    until: int | None
    sources: tuple[str, ...]

    @classmethod
    def of(cls, filters: Filters) -> "Limits":
        """`as_of` limits like `until`: what has no date can't be shown to have been there by then."""
        uppers = [_day(limit) for limit in (filters.until, filters.as_of) if limit is not None]
        return cls(
            since=None if filters.since is None else _day(filters.since),
            until=min(uppers, default=None),
            sources=tuple(source.casefold() for source in filters.sources),
        )

    @property
    def none(self) -> bool:
        """Whether everything passes."""
        return self.since is None and self.until is None and not self.sources

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a row of articles must fulfil."""
        found: list[ColumnElement[bool]] = []
        if self.since is not None:
            found.append(articles.c.day >= self.since)
        if self.until is not None:
            found.append(articles.c.day <= self.until)
        if self.sources:
            found.append(articles.c.source.in_(self.sources))
        return found


NO_LIMITS = Limits(since=None, until=None, sources=())


class PassageReader:
    """Reads passages of current revisions: there are no rows of others."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counted: dict[Limits, Counts] = {}
        self._checked: set[tuple[str, int]] = set()
        self._sources: tuple[str, ...] | None = None
        self._articles: dict[tuple[str, int], StoredArticle] = {}
        self._characters = 0  # of the texts of those

    def changed(self) -> None:
        """Forget what was counted, checked and read: the library is another now."""
        self._counted = {}
        self._checked = set()
        self._sources = None
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
        """Those of the ids that are current and pass."""
        query = _CANDIDATES if limits.none else _CANDIDATES.where(*limits.conditions())
        with self._database.reading() as connection:
            rows = connection.execute(query, {"ids": list(ids)}).all()
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
        """The exact nearest passages that pass, by reading every one of them: for filters that let few through."""
        query = select(passages.c.id, passages.c.embedding).join(articles, articles.c.pk == passages.c.article)
        query = query.where(*limits.conditions()).order_by(passages.c.id).limit(_EXACT_BATCH)
        ids, scores, last = np.zeros(0, np.int64), np.zeros(0, np.float32), 0
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(query.where(passages.c.id > last)).all()
            if not rows:
                return [int(number) for number in ids]
            last = rows[-1].id
            ids = np.concatenate([ids, np.array([row.id for row in rows])])
            scores = np.concatenate([scores, stacked([row.embedding for row in rows]) @ vector])
            best = np.argsort(-scores, kind="stable")[:limit]
            ids, scores = ids[best], scores[best]

    def articles(self, revisions: Iterable[tuple[str, int]]) -> dict[tuple[str, int], StoredArticle]:
        """These revisions, (article, number), of articles, those of them that are current.

        What was read is kept until the library changes, or it is too much: some articles are read for many questions.
        """
        wanted = dict.fromkeys(revisions)
        kept = self._articles  # taken first, like what was counted
        found = {revision: kept[revision] for revision in wanted if revision in kept}
        if len(found) < len(wanted):
            with self._database.reading() as connection:
                missing = [article for article, number in wanted if (article, number) not in found]
                rows = connection.execute(_ARTICLES, {"ids": missing}).mappings().all()
            read = [stored_article(row["id"], row, current=True, cluster=row["cluster"]) for row in rows]
            found.update({(one.id, one.revision): one for one in read})
            self._keep(read, kept)
        return found

    def reprints(self, article: StoredArticle, limits: Limits, most: int) -> list[StoredArticle]:
        """Other articles of the same cluster that pass, the first added first."""
        if article.cluster is None:
            return []
        among = (articles.c.cluster == article.cluster, articles.c.id != article.id, *limits.conditions())
        query = select(articles.c.id, articles.c.revision).where(*among).order_by(articles.c.pk).limit(most)
        with self._database.reading() as connection:
            rows = [(row.id, row.revision) for row in connection.execute(query)]
        found = self.articles(rows)
        return [found[row] for row in rows if row in found]

    def _keep(self, read: Sequence[StoredArticle], kept: dict[tuple[str, int], StoredArticle]) -> None:
        self._characters += sum(len(article.text) for article in read)
        kept.update({(article.id, article.revision): article for article in read})
        if self._characters > _CHARACTERS_KEPT:
            self._forget_articles()

    def passing(self, ids: Sequence[int], limits: Limits) -> list[int]:
        """Those of the ids that are current and pass, in their order."""
        query = select(passages.c.id).join(articles, articles.c.pk == passages.c.article).where(*limits.conditions())
        with self._database.reading() as connection:
            pass_ids = set(connection.execute(query.where(passages.c.id.in_(ids))).scalars())
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

    def counts(self, limits: Limits) -> Counts:
        """How many articles and passages pass. Counted once until the library changes."""
        counted = self._counted  # taken first: a count that is overtaken by a change is kept nowhere
        if (kept := counted.get(limits)) is not None:
            return kept
        among_articles = select(func.count(articles.c.pk)).where(~articles.c.deleted, *limits.conditions())
        among_passages = select(func.count(passages.c.id)).join(articles, articles.c.pk == passages.c.article)
        with self._database.reading() as connection:
            counts = Counts(
                articles=connection.execute(among_articles).scalar_one(),
                passages=connection.execute(among_passages.where(*limits.conditions())).scalar_one(),
            )
        if len(counted) < _COUNTS_KEPT:
            counted[limits] = counts
        return counts


_CANDIDATES = (
    select(
        passages.c.id,
        articles.c.id,
        passages.c.revision,
        passages.c.ordinal,
        passages.c.start,
        passages.c.end,
        passages.c.embedding,
    )
    .join(articles, articles.c.pk == passages.c.article)
    .where(passages.c.id.in_(bindparam("ids", expanding=True)))
)

_ARTICLES = (
    select(articles.c.id, articles.c.cluster, *revisions.c)
    .join(articles, and_(articles.c.pk == revisions.c.article, articles.c.revision == revisions.c.revision))
    .where(articles.c.id.in_(bindparam("ids", expanding=True)), ~articles.c.deleted)
)


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day
