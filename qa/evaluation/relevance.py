"""Which articles of a library a data set means when it names those that hold an answer."""

from collections.abc import Iterable, Sequence

from qa.evaluation.errors import DatasetError
from qa.evaluation.records import Case
from vectorstore.identity import article_id
from vectorstore.records import ArticleSummary


def find_relevant(cases: Sequence[Case], articles: Sequence[ArticleSummary]) -> list[tuple[str, ...]]:
    """Return for each case the ids of the articles that hold its answer.

    A name is an article's id here, its key (its id or URL where it comes from), its URL, or, where none of the data
    set's names is one of these, how the name of its file begins. A name that no article has is kept as it is: nothing
    that is found will be it. Raises DatasetError where that is so for all names.
    """
    known = {article.id: article.id for article in articles}
    known |= {article.url: article.id for article in articles if article.url}
    names = {name for case in cases for name in case.relevant}
    exact: dict[str, tuple[str, ...]] = {name: (one,) for name in names if (one := _exact(name, known)) is not None}
    found = exact or {name: ids for name in names if (ids := _beginning(name, known.values()))}
    if names and not found:
        raise DatasetError(
            f"No article that the data set names is in the library, as {min(names)[:80]!r}. "
            "Give the articles that belong to it (--articles)."
        )
    return [tuple(dict.fromkeys(one for name in case.relevant for one in found.get(name, (name,)))) for case in cases]


def _exact(name: str, known: dict[str, str]) -> str | None:
    return next((known[key] for key in (name, article_id(f"id:{name}"), article_id(name)) if key in known), None)


def _beginning(name: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The articles whose ids, which begin with the names of their files, begin as the name does.

    Whole words come first: "1" is not the beginning of "10-...", unless there is no "1-...".
    """
    start = _start(name)
    if start == _NAMELESS:
        return ()
    begun = [one for one in dict.fromkeys(ids) if one.startswith(start)]
    whole = [one for one in begun if one.startswith(f"{start}-")]
    return tuple(whole or begun)


def _start(name: str) -> str:
    """An id without the hash at its end."""
    return article_id(name).rpartition("-")[0]


_NAMELESS = _start("")  # how each id begins whose key has no ASCII letter or digit: it tells none of them apart
