"""Tell whether two counted phrases can mean the same things: "US troops" and "British troops" cannot."""

import re
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from qa.language.nations import nation_of
from qa.language.word_lists import groups_of, listed


class _Counted(NamedTuple):
    head: str
    nations: frozenset[str]
    opposed: frozenset[tuple[int, str]]


_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+")
_stem = Stemmer.Stemmer("english").stemWord
_HEADS = {_stem(word): _stem(group[0]) for group in groups_of("same heads") for word in group}
_PEOPLE = _HEADS[_stem("people")]
_PERSONS = frozenset(_HEADS.get(_stem(word), _stem(word)) for word in listed("persons"))
_SIDES = {_stem(word): (row, _stem(word)) for row, group in enumerate(groups_of("opposed")) for word in group}
_TIMES = frozenset(map(_stem, ("second", "minute", "hour", "day", "week", "month", "year", "decade", "century")))


def same_counted(source: str, claim: str) -> bool:
    """Whether the source's phrase can stand for the claim's: like heads, and no modifiers at odds.

    Heads are alike by stem, or where news uses one for the other ("troops", "soldiers"); "people" stands for all kinds
    of persons. A modifier that only one side has is no contradiction: "troops" goes with "British troops".
    """
    a, b = _parsed(source), _parsed(claim)
    if a.head != b.head and not (b.head == _PEOPLE and a.head in _PERSONS):
        return False
    if a.nations and b.nations and a.nations.isdisjoint(b.nations):
        return False
    rows = {row for row, _ in a.opposed} & {row for row, _ in b.opposed}
    return all(side in b.opposed for side in a.opposed if side[0] in rows)


@lru_cache(maxsize=4096)
def _parsed(phrase: str) -> _Counted:
    """The head's stem, or what stands for it, with the countries and excluding modifiers of the phrase."""
    words = _WORD.findall(phrase)
    nations = set()
    for length in (1, 2):
        for at in range(len(words) - length + 1):
            nation = nation_of(" ".join(words[at : at + length]))
            if nation is not None:
                nations.add(nation)
    stems = [_stem(word.lower()) for word in words]
    if not stems:
        return _Counted("", frozenset(), frozenset())
    head = stems[0] if stems[0] in _TIMES and "-" in phrase else stems[-1]  # "day" of "day-long"
    if nation_of(words[-1]) is not None:  # "Afghans"
        head = _PEOPLE
    return _Counted(_HEADS.get(head, head), frozenset(nations), frozenset(_SIDES[s] for s in stems if s in _SIDES))
