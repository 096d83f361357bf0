"""Words of a question that name whose articles it is about: "according to The National". Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CREDITED = re.compile(
    r"\b(?:(?:according\s+to|as\s+(?:reported|told|written)\s+(?:by|in)|laut|selon|d['’]après|según|secondo|segundo|"
    r"volgens)\s+|(?P<spoken>does|did|has)\s+)(?:the\s+)?",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"\s+(?:say|said|report(?:ed)?|write|written|tell|told)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,\s*)?(?:and|or|und|oder|et|ou|y|o|e|en|of)\s+(?:the\s+)?", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:$|[?.!,;:)(])")
_GOES_ON = re.compile(r"\s+[^\W\d_]")
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceLimit:
    """`question[start:end]` limits whose articles are meant. instead: what the question keeps of those words."""

    start: int
    end: int
    sources: tuple[str, ...]
    instead: str = ""


def names_sources(question: str) -> bool:
    """Whether there may be such words in a question."""
    return _CREDITED.search(question) is not None


def source_limits(question: str, sources: Sequence[str]) -> list[SourceLimit]:
    """The words of a question that limit whose articles are meant, in order. sources: the publishers in the library.

    Only a whole name of one of them counts: "according to The National Guard" is not "The National".

    >>> source_limits("How many died, according to The National?", ["The National"])[0].sources
    ('The National',)
    """
    limits = []
    for found in _CREDITED.finditer(question):
        named, end = _names_at(question, found.end(), sources)
        if not named:
            continue
        if found["spoken"]:
            if speaks := _SPEAKS.match(question, end):
                limits.append(SourceLimit(found.start(), speaks.end(), named, "is said"))
        else:
            limits.append(SourceLimit(found.start(), end, named))
    return limits


def _names_at(question: str, at: int, sources: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The publishers that are named one after the other from a place on, and where their names end."""
    named: list[str] = []
    end = at
    while one := _name_at(question, at, sources):
        source, end = one
        named.append(source)
        joined = _JOINED.match(question, end)
        if joined is None:
            break
        at = joined.end()
    return tuple(named), end


def _name_at(question: str, at: int, sources: Sequence[str]) -> tuple[str, int] | None:
    """The publisher of the longest name that stands at a place, and where that ends."""
    here = question[at:]
    folded = here.casefold()
    held = []
    for source in sources:
        name = _ARTICLE.sub("", source, count=1) if _ARTICLE.match(source) else source
        if folded.startswith(name.casefold()) and _is_whole(here, name):
            held.append((len(name), source))
    if not held:
        return None
    length, source = max(held)
    return source, at + length


def _is_whole(here: str, name: str) -> bool:
    """Whether a name ends where it does; before another word, only as its publisher writes it."""
    rest = here[len(name) :]
    if _ENDS.match(rest):
        return True
    goes_on = _GOES_ON.match(rest)
    return goes_on is not None and goes_on[0][-1].islower() and here.startswith(name)
