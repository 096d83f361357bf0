"""Countries by all the words that name them or their people: "US", "America", "Americans" -> "United States"."""

from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("nations.tsv")


def nation_of(word: str) -> str | None:
    """The country that a word or phrase names, by its name, adjective or people, in the singular or plural; else None.

    Capitals count, since "us", "turkey" and "polish" are other words; all capitals will do ("AFGHANISTAN").
    """
    nations = _nations()
    found = nations.get(word)
    if found is None and len(word) > 3 and word.isupper():
        found = nations.get(word.title())
    return found


def is_nation(key: str) -> bool:
    """Whether a key is a country's, as `qa.language.terms.key_of` gives it."""
    return key.startswith("=")


def people_of(key: str) -> str:
    """The adjective of the country that a key is of: "Ukrainian" for "=ukraine"; empty where the table has none.

    The table's first word for a country's people.
    """
    return _peoples().get(key.removeprefix("="), "")


@cache
def _peoples() -> dict[str, str]:
    return {name.casefold(): people.split(", ")[0] for name, _, people in _rows()}


@cache
def _nations() -> dict[str, str]:
    """Every word of the table with its country; the first country to claim a word keeps it."""
    nations: dict[str, str] = {}
    for name, others, people in _rows():
        words = [name, *others.split(", "), *people.split(", ")]
        words += [f"{word}s" for word in people.split(", ") if not word.endswith(("s", "sh", "ch", "ese", "men"))]
        for word in filter(None, words):
            nations.setdefault(word, name)
    return nations


@cache
def _rows() -> list[list[str]]:
    """The table's rows: a country's name, its other names, and the words for its people."""
    return [line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
