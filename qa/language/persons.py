"""Tell whether a noun is one for persons ("residents", "fourth-graders"), and what is said to have become of people."""

from collections.abc import Iterable
from functools import cache, lru_cache

from qa.language.terms import key_of
from qa.language.word_lists import groups_of, listed

# Those who do, hold or undergo something: "voters", "senators", "cyclists", "politicians", "employees", "gunmen".
_ENDINGS = ("ers", "ors", "ists", "icians", "ees", "men", "women", "persons", "people")
_SHORTEST = 6  # "users" and "women" are listed; "beers", "trees" and "lists" are none
_THINGS = listed("no agents")
_EVENTS = frozenset(("deaths", "injuries", "missing"))  # what befell persons, by which they are counted too


@lru_cache(maxsize=4096)
def is_person(word: str) -> bool:
    """Whether a plural noun, or a listed one in the singular, names persons by its own meaning or by its ending.

    >>> is_person("residents"), is_person("fourth-graders"), is_person("containers")
    (True, True, False)
    """
    lower = word.lower().rpartition("-")[2]
    if lower in _persons() or f"{lower}s" in _persons():
        return True
    return len(lower) >= _SHORTEST and lower.endswith(_ENDINGS) and lower not in _THINGS


def outcomes_of(words: Iterable[str]) -> frozenset[int]:
    """Return which outcomes for people some words tell, as numbers: "killed" and "deaths" tell one, "injured" another.

    >>> outcomes_of(["killed"]) == outcomes_of(["storm-related", "deaths"]) != outcomes_of(["injured"])
    True
    """
    rows = _outcomes()
    return frozenset(rows[key] for word in words if (key := key_of(word)) in rows)


@cache
def _persons() -> frozenset[str]:
    return (listed("persons") | listed("people")) - _EVENTS


@cache
def _outcomes() -> dict[str, int]:
    return {key_of(word): row for row, group in enumerate(groups_of("outcomes")) for word in group}
