"""Units of measure: which figures have one, and what sort it is ("300 metres" and "6ft 2in" are lengths)."""

import re
from dataclasses import replace

from qa.language.figures import Bound, Kind, Quantity, find_quantities
from qa.language.terms import key_of
from qa.language.word_lists import groups_of

_SORTS = {unit: sort for sort, *units in groups_of("units") for unit in units}
_SORT_OF_KEY = {key_of(unit): sort for unit, sort in _SORTS.items()}
# What stands right before a unit and is no numeral elsewhere: "40" of "40C", "300" of "300m" (millions), "half a". It
# opens with a plain set of characters, by which the regex engine skips the rest.
_NUMBER = re.compile(
    r"[0-9Hh](?:(?<=[0-9])(?<![\w£$€.,].)[0-9,]*+(?:\.[0-9]+)?|(?<=\b[Hh])alf[ ]an?)"
    rf"(?=[ \u00a0-]?(?i:{'|'.join(map(re.escape, _SORTS))})\b)"
)
_UNIT = re.compile(
    r"""[ \u00a0-]?(?:(?P<power>square|sq|cubic|light)\.?[ -])?(?P<unit>km/h|°[CF]?|[^\W\d_]+)
    (?P<rate>[ -](?:per|an|a)[ -](?:hour|second|minute)\b)?
    (?:\ (?:Celsius|Fahrenheit|[CF])\b|(?:-\w+)+|\ \d+(?:in\b|\ inch(?:es)?\b))?""",
    re.VERBOSE,
)
_POWERS = {"square": "area", "sq": "area", "cubic": "volume", "light": "length"}
_MINUS = re.compile(r"(?:\bminus[ \u00a0]|(?<!\S)[-−])$", re.IGNORECASE)
_LONGEST_MINUS = 6


def measures_of(text: str) -> list[tuple[Quantity, str | None]]:
    """The numbers of a text in order, each with its unit as what it counts, and the sort of unit; None without one.

    Sorts: "length", "speed", "weight", "area", "volume", "heat" and "time".
    """
    numbers = {one.start: one for one in find_quantities(text) if one.kind is Kind.NUMBER}
    for match in _NUMBER.finditer(text):
        known = numbers.get(match.start())
        if known is None or (known.counted is None and text[known.end - 1] == "m"):
            value = float(match[0].replace(",", "")) if match[0][0].isdigit() else 0.5
            numbers[match.start()] = Quantity(
                *match.span(), value, value, Kind.NUMBER, Bound.EXACT, None, None, match.end()
            )
    found: list[tuple[Quantity, str | None]] = []
    for _, number in sorted(numbers.items()):
        if not found or number.start >= found[-1][0].counted_end:  # no "2in" of "6ft 2in"
            found.append(_with_unit(text, number))
    return found


def is_unit(word: str) -> bool:
    """Whether a word is a unit, in any form ("mile", "miles")."""
    return key_of(word) in _SORT_OF_KEY


def _with_unit(text: str, number: Quantity) -> tuple[Quantity, str | None]:
    match = _UNIT.match(text, number.end)
    sort = _SORT_OF_KEY.get(key_of(match["unit"])) if match else None
    if match is None or sort is None:
        return number, None
    if match["power"]:
        sort = _POWERS[match["power"]]
    elif match["rate"] and sort == "length":
        sort = "speed"
    below = _MINUS.search(text, max(0, number.start - _LONGEST_MINUS), number.start) if sort == "heat" else None
    if below:
        number = replace(number, start=below.start(), low=-number.high, high=-number.low)
    return replace(number, counted=match[0].lstrip(" \u00a0-"), counted_end=match.end()), sort
