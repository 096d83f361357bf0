"""Articles that an older version took in, carried forward: their text as it is made now (see `canonical`), and their
clusters of near-duplicates (see `clusters`)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, RowMapping, and_, or_, select, update

from vectorstore.canonical import TEXT_RECIPE
from vectorstore.clusters import join
from vectorstore.database import Database, get_meta, set_meta
from vectorstore.duplicates import signature
from vectorstore.identity import normalised
from vectorstore.languages import language_of_article
from vectorstore.records import Article, Source
from vectorstore.tables import articles, revisions

_ARTICLES_A_BATCH = 100
_LANGUAGE_RECIPE = "1"
"""How `languages` tells them: counted up with each change, so that older articles are told anew."""


@dataclass(frozen=True, slots=True)
class _Outdated:
    """The current revision of an article, made by an older recipe. pk, revision: its row."""

    pk: int
    revision: int
    article: Article

    @property
    def differs(self) -> bool:
        return normalised(self.article) != self.article


def name_languages(database: Database, on_notice: Callable[[str], None]) -> None:
    """Tell the languages of the articles of an older version, which knew none; a notice says so. Once a library.

    That is no new revision: the articles say what they said. Their passages stay as they were cut.
    """
    with database.reading() as connection:
        if get_meta(connection, "language_recipe") == _LANGUAGE_RECIPE:
            return
    named = 0
    for rows in _current(database):
        with database.writing() as connection:
            for row in rows:
                found = language_of_article(row["text"], row["language"])
                if found != row["language"]:
                    here = and_(revisions.c.article == row["pk"], revisions.c.revision == row["revision"])
                    connection.execute(update(revisions).where(here).values(language=found))
                    named += 1
    if named:
        on_notice(f"An older version took these articles in: the languages of {named:,} are known now.")
    with database.writing() as connection:
        set_meta(connection, "language_recipe", _LANGUAGE_RECIPE)


def to_change(database: Database) -> int:
    """How many articles' texts or titles would be others by now."""
    return sum(each.differs for batch in _outdated(database) for each in batch)


def carry_forward(database: Database, ingest: Callable[[Iterable[Source]], object]) -> None:
    """Give the articles that would be others a new revision, by `ingest`, and the others the number of the recipe.

    One that can't be taken in stays as it was, to be carried forward the next time.
    """
    for batch in _outdated(database):
        ingest(Source(each.article.key, each.article) for each in batch if each.differs)
        same = [each for each in batch if not each.differs]
        with database.writing() as connection:
            for each in same:
                row = and_(revisions.c.article == each.pk, revisions.c.revision == each.revision)
                connection.execute(update(revisions).where(row).values(text_recipe=TEXT_RECIPE))


def _outdated(database: Database) -> Iterator[list[_Outdated]]:
    """The current revisions of an older recipe, in batches."""
    names = ("key", "text", "title", "url", "source", "published_at", "author", "language")
    for rows in _current(database, or_(revisions.c.text_recipe.is_(None), revisions.c.text_recipe < TEXT_RECIPE)):
        yield [_Outdated(row["pk"], row["revision"], Article(**{name: row[name] for name in names})) for row in rows]


def _current(database: Database, *conditions: ColumnElement[bool]) -> Iterator[Sequence[RowMapping]]:
    """The current revisions that meet some conditions, in batches."""
    current = and_(revisions.c.article == articles.c.pk, revisions.c.revision == articles.c.revision)
    query = select(articles.c.pk, articles.c.key, revisions).join(revisions, current)
    query = query.where(~articles.c.deleted, *conditions)
    last = 0
    while True:
        with database.reading() as connection:
            page = query.where(articles.c.pk > last).order_by(articles.c.pk).limit(_ARTICLES_A_BATCH)
            rows = connection.execute(page).mappings().all()
        if not rows:
            return
        last = rows[-1]["pk"]
        yield rows


def cluster_all(database: Database) -> None:
    """Give the articles that are in no cluster yet the signature that is made now, and a cluster."""
    current = and_(revisions.c.article == articles.c.pk, revisions.c.revision == articles.c.revision)
    query = select(articles.c.pk, revisions.c.revision, revisions.c.text).join(revisions, current)
    query = query.where(~articles.c.deleted, articles.c.cluster.is_(None)).order_by(articles.c.pk)
    while True:
        with database.writing() as connection:
            rows = connection.execute(query.limit(_ARTICLES_A_BATCH)).all()
            for row in rows:
                sketch = signature(row.text)
                here = and_(revisions.c.article == row.pk, revisions.c.revision == row.revision)
                connection.execute(update(revisions).where(here).values(signature=sketch))
                join(connection, row.pk, sketch)
        if not rows:
            return
