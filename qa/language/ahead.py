"""Whether a text speaks of a day to come: "repairs begin on Monday" is said of the next one, "it burst on Tuesday" of
the last. Pure."""

import re
from enum import Enum


class Lies(Enum):
    """Where a weekday lies from the day of publication; UNCLEAR where it may be either ("it was due on Monday")."""

    BEHIND = "behind"
    AHEAD = "ahead"
    UNCLEAR = "unclear"


_FAR = 120  # characters of a clause that are looked at
_CLAUSE = re.compile(r"[.;:!?\n”\"]|,\s|\s(?:and|but|while|after|before|because|since|as|where|which|who|that|when)\s")
_BARE = (
    r"(?:begins?|starts?|opens?|resumes?|reopens?|closes?|meets?|ends?|returns?|arrives?|leaves?|votes?|decides?|expires?|"
    r"takes?\s+(?:place|effect)|goes|go|comes?|holds?|faces?|plays?|visits?|launch(?:es)?|departs?|travels?|flies|fly)"
)
_AHEAD = re.compile(
    rf"\b(?:will|won['’]t|would|shall|is\s+to|are\s+to|(?:is|are)\s+(?:due|scheduled|expected|planned|set|likely|going)|"
    rf"(?:is|are)\s+(?:on|for)|due|scheduled|planned\s+for|set\s+for|to\s+be|to\s+{_BARE}|{_BARE})\b",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:(?:was|were|had\s+been)\s+(?:to|due|scheduled|expected|planned|set|supposed|meant)|would\s+have|"
    r"did(?:\s+not|n['’]t)|used\s+to)\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:said|says|told|announced|warned|reported|confirmed|added|wrote|ruled|voted|was|were|had|has|have|did|"
    r"(?!need)[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(r"\W*(?:(?:and|but|then|late|early|only|on)\s+)*", re.IGNORECASE)


def lies(text: str, start: int, end: int) -> Lies:
    """Where the weekday `text[start:end]` lies, by the clause that it stands in; behind where nothing says otherwise.

    >>> lies("Repairs begin on Monday, the ministry said.", 17, 23)
    <Lies.AHEAD: 'ahead'>
    """
    before = text[max(0, start - _FAR) : start]
    before = before[max((cut.end() for cut in _CLAUSE.finditer(before)), default=0) :]
    if _OPENS.fullmatch(before):  # "On Monday, parliament will vote": then what follows tells
        return _first_told(text[end : end + _FAR])
    if _DOUBTED.search(before):
        return Lies.UNCLEAR
    last = max((found.end() for found in _AHEAD.finditer(before)), default=None)
    if last is None:
        return Lies.BEHIND
    said = re.search(r"\b(?:said|told|announced|warned|reported|confirmed|added)\b", before[last:], re.IGNORECASE)
    return Lies.BEHIND if said else Lies.AHEAD


def _first_told(after: str) -> Lies:
    """What the first verb after a weekday that opens its clause tells."""
    sentence = re.split(r"[.;!?\n]", after, maxsplit=1)[0]
    if _DOUBTED.search(sentence):
        return Lies.UNCLEAR
    ahead, said = _AHEAD.search(sentence), _SAID.search(sentence)
    if ahead is None:
        return Lies.BEHIND
    return Lies.BEHIND if said and said.start() < ahead.start() else Lies.AHEAD
