"""Tell whether a sentence gives the reason of what is asked about: "it sank because a hatch was open". Pure, and rough.

A sign such as "because" or "led to" has the reason on one side, and on the other what it is the reason of. The words
asked about should stand on that other side, and the reason hold something else: "the strike led to delays" tells
nothing of why there was a strike.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from qa.language.terms import placed_keys
from qa.language.word_lists import listed

_PLAIN, _NAMED, _LOOSE = 1.0, 0.8, 0.6  # what the kinds of signs are worth
# What is left of it where beside the reason stand no words asked about but names, or none at all; and where they all
# stand in the reason.
_NAMES_ONLY, _NONE, _WRONG_SIDE = 0.4, 0.6, 0.3
_MOST_SIGNS = 30  # that are looked at in a sentence: each is held against all of its words
_ASKS = re.compile(
    r"\bwhy\b|\bhow\s+come\b|\bfor\s+what\s+reasons?\b"
    r"|^\W*what\s+(?:(?:has|have|had)\s+)?(?:caus(?:e[sd]?|ing)|led|leads?\s+to|prompt(?:s|ed)|spark(?:s|ed)"
    r"|trigger(?:s|ed)|provoked|forced)\b"
    r"|^\W*what\s+(?:is|are|was|were)\s+(?:(?!that\b|which\b|who\b)\w+\s+){0,4}?"
    r"(?:reasons?|causes?|motives?|behind|to\s+blame)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+(?:['’]s)?", re.IGNORECASE)
# What a sentence begins with that goes on about the one before it: "the closure comes after a row".
_REFERS = re.compile(
    r"\W*(?:it|this|that|these|they|he|she|the\s+(?:move|decision|change)"
    r"|the\s+(?:[\w-]+\s+){1,3}(?:comes?|came|follow\w*))\b",
    re.IGNORECASE,
)


class _Sign(NamedTuple):
    """What a sign looks like, from its first word on.

    after: whether the reason stands after it, or None where it may stand on either side. worth: how plainly it is one,
    from 0 to 1.
    """

    pattern: re.Pattern[str]
    after: bool | None
    worth: float


def asks_reason(text: str) -> bool:
    """Whether a question asks why something is so, or what led to it.

    >>> asks_reason("What caused the fire?"), asks_reason("What fire caused the damage?")
    (True, False)
    """
    return _ASKS.search(text) is not None


def reason_given(text: str, asked: frozenset[str], named: frozenset[str] = frozenset()) -> float:
    """How plainly a sentence gives a reason of what is asked about, from 0 to 1.

    asked: the keys of its words; named: of those the ones in names, which stand in most sentences.
    """
    signs = list(islice(_signs_in(text), _MOST_SIGNS))
    placed = placed_keys(text) if signs else []
    best = 0.0
    for sign, start, end in signs:
        said, told = _sides(text, placed, sign, start, end)
        if sign.worth > best and said - asked:
            referring = sign.after is True and _REFERS.match(text) is not None
            best = max(best, sign.worth * (1.0 if referring else _share(said, told, asked, named)))
    return best


def _sides(
    text: str, placed: Sequence[tuple[int, str]], sign: _Sign, start: int, end: int
) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of the reason, and of what it is the reason of; placed: those of the text, with where they stand."""
    if sign.after is None:
        said = frozenset(key for _, key in placed)
        return said, said
    before = frozenset(key for place, key in placed if place < start)
    after = frozenset(key for place, key in placed if place >= end)
    if not sign.after:
        return before, after
    if before:
        return after, before
    comma = text.find(", ", end)  # "Because of the storm, the match was put off."
    rest = frozenset(key for place, key in placed if place > comma >= 0)
    return (frozenset(key for place, key in placed if end <= place < comma), rest) if comma >= 0 else (after, rest)


def _share(said: frozenset[str], told: frozenset[str], asked: frozenset[str], named: frozenset[str]) -> float:
    """How far a reason is one of what is asked about, from 0 to 1. said: the reason's keys; told: those beside it."""
    plain = asked - named
    if met := told & plain:
        return min(1.0, _NAMES_ONLY + len(met) / len(plain))
    if told & asked:
        return _NAMES_ONLY
    return _WRONG_SIDE if said & asked else _NONE


def _signs_in(text: str) -> Iterator[tuple[_Sign, int, int]]:
    """The signs in a text, each with where it starts and ends."""
    known = _signs()
    for word in _WORD.finditer(text):
        for sign in known.get(word[0].lower(), ()):
            if match := sign.pattern.match(text, word.start()):
                yield sign, match.start(), match.end()


@cache
def _signs() -> Mapping[str, tuple[_Sign, ...]]:
    """All signs by their first word, in lower case."""
    found: dict[str, list[_Sign]] = {}
    for section, after, worth in (
        ("reason after", True, _PLAIN),
        ("reason before", False, _PLAIN),
        ("reason beside", None, _NAMED),
        ("reason perhaps after", True, _LOOSE),
    ):
        begun: dict[str, list[str]] = {}
        for phrase in listed(section):
            begun.setdefault(phrase.split("_")[0], []).append(phrase)
        for word, phrases in begun.items():
            # "It was sparked by a row": the reason stands after "by".
            pattern = _any_of(phrases) + (r"(?!\s+by\b)" if after is False else "")
            found.setdefault(word, []).append(_Sign(re.compile(pattern, re.IGNORECASE), after, worth))
    for words, pattern, worth in (
        ("over", rf"over\s+(?=(?:[\w'’-]+\s+){{0,3}}?{_any_of(listed('contended'))})", _LOOSE),
        ("to", rf"to\s+(?={_any_of(listed('purposes'))})", _LOOSE),
        ("for", r"for\s+(?=(?:[\w-]+\s+){1,3}reasons?\b)", _PLAIN),
        ("for by", r"\w+\s+(?:not\s+)?(?=[a-z]{3,}ing\b)", _LOOSE),
        ("for", r"(?<=ed\s)for\s+(?=his\b|her\b|their\b|its\b|failure\b|lack\b|misconduct\b)", _LOOSE),
        ("as since", r"(?<=,\s)\w+\s(?!well\b|part\b|of\b|the\s+year\b|\d)", _LOOSE),
        ("saying arguing claiming explaining", r"(?<=,\s)\w+", _LOOSE),
    ):
        for word in words.split():
            found.setdefault(word, []).append(_Sign(re.compile(pattern, re.IGNORECASE), True, worth))
    return {word: tuple(signs) for word, signs in found.items()}


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace("_", r"\s+") for phrase in longest_first) + r")(?!\w)"
