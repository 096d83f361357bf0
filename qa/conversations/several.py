"""Whether the articles speak of several things that a question's "the loan" may be."""

from collections.abc import Sequence

from qa.conversations.pointing import Several
from qa.language.terms import keys_of
from vectorstore.errors import ArticleNotFoundError
from vectorstore.records import Filters, Place
from vectorstore.store import Store

_READ = 16  # passages
_SEVERAL = 3  # articles: two may well report one thing


def several_in(store: Store, filters: Filters, cited: Sequence[Place]) -> Several:
    """What tells it of a library. cited: what the last answers cited; where that speaks of one, that one is meant."""

    def several(thing: str) -> bool:
        wanted = set(keys_of(thing))
        if any(not wanted.isdisjoint(keys_of(_text(store, place))) for place in cited):
            return False
        hits = store.search(thing, limit=_READ, filters=filters).hits
        return len({hit.article.id for hit in hits if wanted.issubset(keys_of(hit.text))}) >= _SEVERAL

    return several


def _text(store: Store, place: Place) -> str:
    """The text of an article as it was cited; empty where it is gone."""
    try:
        return store.article(place.article_id, place.revision).text
    except ArticleNotFoundError:
        return ""
