"""Find figures in English news text: numbers, percentages, amounts of money and ordinals, with what they count.

`find_quantities("up to 600 British troops")` gives one Quantity of the value 600, its bound "up to", its counted
phrase "British troops". Dates, years, clock times and digits inside names ("COVID-19", "Boeing 737") are no figures.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qa.language.counted import field_of, find_counted
from qa.language.dates import DateMention, find_dates
from qa.language.numerals import Numeral, find_numerals
from qa.language.word_lists import listed


class Kind(StrEnum):
    """What sort of figure it is; figures of different kinds are never equal."""

    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    ORDINAL = "ordinal"


class Bound(StrEnum):
    """How the text hedges the figure: not at all, "about", "up to", "at least", "more than", "under", "nearly"."""

    EXACT = "exact"
    ABOUT = "about"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    MORE = "more"
    LESS = "less"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text.

    start, end: the figure as written, with its currency sign, percent sign and magnitude word; a range is one figure.
    low, high: its value; unequal for a range ("800 to 1,100") and for a mere magnitude ("hundreds": 200 to 1,000).
    unit: "%" for a percentage, an ISO 4217 code for money, else None.
    counted: the noun phrase it counts, as written ("British troops"); text[start:counted_end] is the figure with it,
    but where the phrase stands before it, in a record ("Seats: 11; Votes: 3,400").
    """

    start: int
    end: int
    low: float
    high: float
    kind: Kind
    bound: Bound
    unit: str | None
    counted: str | None
    counted_end: int


_BOUND_WORDS: dict[str, Bound] = {
    phrase: bound
    for bound, phrases in {
        Bound.ABOUT: "about|around|some|roughly|approximately|approx|approx.|circa|c.|estimated|estimates of|order of|"
        "region of|somewhere between",
        Bound.AT_MOST: "up to|as many as|as much as|at most|no more than|not more than|maximum of|a maximum",
        Bound.AT_LEAST: "at least|no fewer than|no less than|not less than|not fewer than|minimum of|a minimum|"
        "as few as",
        Bound.MORE: "more than|over|above|upwards of|excess of|greater than|higher than|exceeding|exceeded|exceeds|"
        "exceed|topped|surpassed|surpassing|beyond|larger than|older than|longer than",
        Bound.LESS: "fewer than|less than|under|below|lower than|smaller than|younger than|shorter than",
        Bound.NEARLY: "nearly|almost|close to|just under|just below|shy of|short of|near|nearing|approaching|all but|"
        "virtually",
    }.items()
    for phrase in phrases.split("|")
}
_LABELS = listed("labels")
_LOOSE_LABELS = frozenset(["point", "day", "week", "year", "season", "line", "question", "game", "round", "group"])
_NUMBER_LABELS = frozenset(["No", "No.", "Number"])
_AFTER = re.compile(r"\+|-plus\b| or (?:more|fewer|less|so)\b| at (?:least|most)\b")
_AFTER_BOUNDS = {"+": Bound.AT_LEAST, "-plus": Bound.AT_LEAST, " or more": Bound.AT_LEAST, " at least": Bound.AT_LEAST}
_AFTER_BOUNDS |= {" or fewer": Bound.AT_MOST, " or less": Bound.AT_MOST, " at most": Bound.AT_MOST}
_AFTER_BOUNDS |= {" or so": Bound.ABOUT}
_RANGE_GAPS = frozenset([" to ", "-", "–", "—", " – ", " — ", " or "])
# Between a bound and its figure these say nothing: "up to a total of 600", "the more than 90 other countries".
_TRANSPARENT = frozenset(["a", "an", "the", "another", "total", "further"])
_NOT_ONE = frozenset(["no", "the", "this", "that", "each", "every", "any", "which", "another", "some", "day"])
_LOOKBACK = 48


@lru_cache(maxsize=1_024)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All figures of a text in order, without overlaps; offsets are code points into `text`."""
    numerals = find_numerals(text)
    if not numerals:
        return ()
    numerals = _outside(numerals, find_dates(text))
    quantities: list[Quantity] = []
    at = 0
    while at < len(numerals):
        numeral = numerals[at]
        before = text[max(0, numeral.start - _LOOKBACK) : numeral.start].split()[-5:]
        joined = _joined(text, numeral, numerals[at + 1], before) if at + 1 < len(numerals) else None
        at += 1 if joined is None else 2
        quantity = _quantity(text, joined or numeral, before)
        if quantity is not None:
            quantities.append(quantity)
    return tuple(quantities)


def _outside(numerals: list[Numeral], dates: tuple[DateMention, ...]) -> list[Numeral]:
    """The numerals that are no part of a date; both in order."""
    if not dates:
        return numerals
    kept, at = [], 0
    for numeral in numerals:
        while at < len(dates) and dates[at].end <= numeral.start:
            at += 1
        if at == len(dates) or numeral.end <= dates[at].start:
            kept.append(numeral)
    return kept


def _joined(text: str, first: Numeral, second: Numeral, before: list[str]) -> Numeral | None:
    """The range that two neighbours make ("800 to 1,100", "between 5 and 10 million"), or None."""
    gap = text[first.end : second.start]
    if gap not in _RANGE_GAPS and not (gap == " and " and "between" in [word.lower() for word in before[-2:]]):
        return None
    if first.ordinal or second.ordinal or before[-1:] == ["from"]:  # "rose from 5 to 10" is a change: two figures
        return None
    low = first.low
    if first.scale == 1.0 and low < second.low / second.scale:  # "5 to 10 million"
        low *= second.scale
    if low >= second.low or (first.unit and second.unit and first.unit != second.unit):
        return None
    return second._replace(start=first.start, low=low, unit=second.unit or first.unit, plain=False)


def _quantity(text: str, numeral: Numeral, before: list[str]) -> Quantity | None:
    """The figure that a numeral makes where it stands; None for a pronoun "one" and for a part of a name."""
    start, end = numeral.start, numeral.end
    last = before[-1] if before else ""
    label = last.lower() if numeral.plain and last.lower() in _LABELS else ""
    if label and not last.islower() and last not in _NUMBER_LABELS:  # "Boeing 737", "iPhone 14"
        return None
    kind = _kind(numeral)
    after = _AFTER.match(text, end)
    counted = None
    if kind is not Kind.MONEY and (kind is not Kind.PERCENT or text.startswith(" of ", end)):
        single = kind is Kind.ORDINAL or numeral.high == 1.0
        counted = find_counted(text, after.end() if after else end, single=single)
    word = numeral.high == 1.0 and text[end - 1] in "eE"
    if word and (counted is None or last.lower() in _NOT_ONE):
        return None
    if label and not (counted and label in _LOOSE_LABELS):  # "phase 3", "No. 10", but not "at that point 15 people"
        kind = Kind.ORDINAL
    if kind is Kind.ORDINAL and _is_name_part(text, start, end, before):
        return None
    bound = bound_before(before)
    if after is not None and bound is Bound.EXACT:
        bound = _AFTER_BOUNDS[after[0]]
    noun, counted_end = (text[slice(*counted)], counted[1]) if counted else (None, end)
    if noun is None and kind is Kind.NUMBER:
        noun = field_of(text, start)
    return Quantity(start, end, numeral.low, numeral.high, kind, bound, numeral.unit, noun, counted_end)


def _kind(numeral: Numeral) -> Kind:
    if numeral.ordinal:
        return Kind.ORDINAL
    if numeral.unit is None:
        return Kind.NUMBER
    return Kind.PERCENT if numeral.unit == "%" else Kind.MONEY


def _is_name_part(text: str, start: int, end: int, before: list[str]) -> bool:
    """Whether an ordinal belongs to a name or an idiom: "the Second World War", "at first", "first of all"."""
    if before and before[-1].lower() == "at":
        return True
    if before and text[start].isupper() and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
        return True
    return text.startswith(" of all", end)


def bound_before(before: list[str]) -> Bound:
    """The hedge in the words before a figure; of two ("up to about 600") the outer one."""
    words = [word.lower().lstrip("([“\"'‘—–") for word in before]
    bound = Bound.EXACT
    while words:
        if bound is not Bound.EXACT and words[-1] == "over":
            break  # "over nearly two weeks": during them
        for length in (3, 2, 1):
            found = _BOUND_WORDS.get(" ".join(words[-length:])) if length <= len(words) else None
            if found is not None:
                bound = found
                del words[-length:]
                break
        else:
            if words[-1] not in _TRANSPARENT:
                break
            words.pop()
    return bound
