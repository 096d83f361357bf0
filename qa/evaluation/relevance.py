"""Which articles of a library a data set means when it names those that hold an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.evaluation.errors import DatasetError
from qa.evaluation.records import Case
from vectorstore.identity import article_id
from vectorstore.records import ArticleSummary

_PATH = "/"


@dataclass(frozen=True, slots=True)
class Relevant:
    """The articles that hold a case's answer. missing: the names that no article has.

    ids: of the articles, and the missing names as they are, since nothing that is found will be them.
    """

    ids: tuple[str, ...]
    missing: tuple[str, ...]


def find_relevant(cases: Sequence[Case], articles: Sequence[ArticleSummary]) -> list[Relevant]:
    """Return for each case which articles hold its answer.

    A name is an article's id here, its key (its id or URL where it comes from), its URL, or else how the name of its
    file begins. Raises DatasetError where no article has any of the names.
    """
    known = {article.id: article.id for article in articles}
    known |= {article.url: article.id for article in articles if article.url}
    names = {name for case in cases for name in case.relevant}
    found = {name: ids for name in names if (ids := _exact(name, known) or _beginning(name, known.values()))}
    if names and not found:
        raise DatasetError(
            f"No article that the data set names is in the library, as {min(names)[:80]!r}. "
            "Give the articles that belong to it (--articles)."
        )
    return [
        Relevant(
            ids=tuple(dict.fromkeys(one for name in case.relevant for one in found.get(name, (name,)))),
            missing=tuple(name for name in case.relevant if name not in found),
        )
        for case in cases
    ]


def _exact(name: str, known: dict[str, str]) -> tuple[str, ...]:
    return tuple(known[key] for key in (name, article_id(f"id:{name}"), article_id(name)) if key in known)[:1]


def _beginning(name: str, ids: Iterable[str]) -> tuple[str, ...]:
    """The articles whose ids, which begin with the names of their files, begin with the words of the name.

    "1" is not the beginning of "10-...". A path or URL is the whole name of another article, and the beginning of none.
    """
    start = _start(name)
    if _PATH in name or start == _NAMELESS:
        return ()
    return tuple(one for one in dict.fromkeys(ids) if one.startswith(f"{start}-"))


def _start(name: str) -> str:
    """An id without the hash at its end."""
    return article_id(name).rpartition("-")[0]


_NAMELESS = _start("")  # how each id begins whose key has no ASCII letter or digit: it tells none of them apart
