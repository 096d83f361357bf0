"""Words that contradict each other: "rose" and "fell", "safe" and "unsafe". The table is antonyms.txt."""

from functools import cache, lru_cache
from pathlib import Path

from qa.language.terms import key_of

_TABLE = Path(__file__).with_name("antonyms.txt")
# Each with the fewest letters of what it negates: "in-form", "un-it" and "dis-cover" are no negations.
_PREFIXES = {"un": 3, "non": 4, "non-": 4, "in": 6, "im": 6, "il": 4, "ir": 6, "dis": 6}


def are_opposite(one: str, other: str) -> bool:
    """Whether two keys contradict each other, by the table or by a prefix that negates ("unhurt")."""
    return other in opposites_of(one) or _negates(one, other) or _negates(other, one)


@lru_cache(maxsize=65_536)
def opposites_of(key: str) -> frozenset[str]:
    """The keys of the words that the table sets against a word's; keys as `qa.language.terms.key_of` gives them."""
    return _opposites().get(key, frozenset())


def _negates(one: str, other: str) -> bool:
    if not other or one == other or not one.endswith(other):
        return False
    return len(other) >= _PREFIXES.get(one[: -len(other)], len(one))


@cache
def _opposites() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            left, right = (frozenset(map(key_of, side.split())) for side in line.split("|"))
            for words, against in ((left, right), (right, left)):
                for word in words:
                    table[word] = (table.get(word, frozenset()) | against) - {word}
    return table
