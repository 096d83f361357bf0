"""Days and months as people write them in questions, in English and the other languages of articles: "2 June 2024",
"2 juin", "02.06.2024", "June 2024". Pure.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
_YEAR = r"(?:19|20)\d\d"
_MONTH = r"[^\W\d_]{3,10}\b\.?"
_NUMBER = r"(?:[^\W\d_]+day,?\s+)?\d{1,2}(?:st|nd|rd|th|er|\.|[º°])?"
_WORDED = rf"{_NUMBER}\s+(?:of\s+|de\s+)?{_MONTH}(?:,?\s+(?:del?\s+)?{_YEAR})?"
DAY_OR_MONTH = (
    rf"(?:{_YEAR}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]{_YEAR}|{_WORDED}"
    rf"|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+{_YEAR})?|{_MONTH},?\s+(?:de\s+)?{_YEAR})(?![\w%]|[.,/-]\d)"
)
"""A pattern of what may be a day, or a month with its year; `read_stated` tells whether it is."""

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_NUMBERS = re.compile(r"(?P<first>\d{1,2})(?P<sign>[./])(?P<second>\d{1,2})[./](?P<year>\d{4})")
_PART = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+)")
_LAST_DAY = 31
_NO_MONTHS = frozenset(("of", "de", "del", "st", "nd", "rd", "th", "er"))


@dataclass(frozen=True, slots=True)
class Stated:
    """A day or a month. year: None where it isn't said; day: None for a whole month."""

    year: int | None
    month: int
    day: int | None

    def stretch(self, year: int) -> tuple[date, date] | None:
        """Its first and its last day in a year; None where that year has no such day."""
        try:
            first = date(year, self.month, self.day or 1)
        except ValueError:
            return None
        return first, first if self.day else first.replace(day=monthrange(year, self.month)[1])


def read_stated(words: str) -> Stated | None:
    """Read a day or month; None for what is none, and for what can be read in two ways ("05/06/2021").

    With full stops the day always stands first.

    >>> read_stated("2 juin 2024"), read_stated("02.06.2024").day, read_stated("05/06/2021"), read_stated("2 people")
    (Stated(year=2024, month=6, day=2), 2, None, None)
    """
    if found := _ISO.fullmatch(words):
        return Stated(int(found["year"]), int(found["month"]), int(found["day"]))
    if found := _NUMBERS.fullmatch(words):
        return _in_order(int(found["first"]), int(found["second"]), int(found["year"]), dotted=found["sign"] == ".")
    numbers = [int(part[0]) for part in _PART.finditer(words) if part["number"]]
    names = [part["word"] for part in _PART.finditer(words) if part["word"] and part["word"].lower() not in _NO_MONTHS]
    month = _month(names[-1].lower()) if names else None
    if month is None or not numbers:
        return None
    year = numbers.pop() if numbers[-1] > _LAST_DAY else None
    if not numbers:
        return Stated(year, month, None)
    return Stated(year, month, numbers[0]) if 0 < numbers[0] <= _LAST_DAY else None


def _in_order(first: int, second: int, year: int, *, dotted: bool) -> Stated | None:
    if dotted or first > 12 or first == second:
        return Stated(year, second, first) if 0 < second <= 12 else None
    return Stated(year, first, second) if second > 12 else None


@lru_cache(maxsize=512)
def _month(name: str) -> int | None:
    """The number of a month's name, in any of the languages."""
    import dateparser  # 0.1 s, and few questions name a day

    read = dateparser.parse(f"1 {name} 2000", languages=list(LANGUAGES), settings={"STRICT_PARSING": True})
    return read.month if read and read.day == 1 and read.year == 2000 else None
