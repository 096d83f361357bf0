"""Dates as other languages write them, and as they stand alone: "am Mittwoch" -> "Mittwoch, 6. März 2024". Pure."""

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from qa.language.calendar import read_stated
from vectorstore.records import Span

_YEAR = r"(?:1[89]\d\d|20\d\d)"
_RELATIVE = {
    "de": "gestern|heute|morgen",
    "fr": "hier|aujourd'hui|demain",
    "es": "ayer|hoy|anoche",
    "it": "ieri|oggi|domani",
    "pt": "ontem|hoje|amanhã",
    "nl": "gisteren|vandaag|morgen",
}


def find_dates_in(text: str, language: str) -> list[Span]:
    """Where a text names a day, a month, a year or a weekday, in order; offsets are code points into it."""
    return [Span(*match.span()) for match in _pattern(language).finditer(text)]


def dated_in(words: str, language: str, published: date | None) -> str:
    """A date with the parts that the day of publication tells; the words themselves where it isn't known, or they need
    nothing, or can't be read.

    >>> dated_in("Mittwoch", "de", date(2024, 3, 6))
    'Mittwoch, 6. März 2024'
    """
    if published is None or re.search(_YEAR, words) or not date.min.year < published.year < date.max.year:
        return words
    from babel.dates import format_date

    day = _day_of(words, language, published)
    return format_date(day, "full", locale=language) if day else words


def _day_of(words: str, language: str, published: date) -> date | None:
    """The day: a weekday is the nearest one that is not later, a day without a year of the nearest year."""
    named = words.lower()
    if named in _weekdays(language):
        return published - timedelta(days=(published.weekday() - _weekdays(language).index(named)) % 7)
    if stated := read_stated(words):
        years = (stated.stretch(published.year + step) for step in (-1, 0, 1))
        days = [stretch[0] for stretch in years if stretch and stated.day]
        return min(days, key=lambda day: abs(day - published), default=None)
    if re.fullmatch(_RELATIVE[language], named) is None:
        return None
    import dateparser  # 0.1 s, and few answers are dates

    base = datetime.combine(published, time(12))
    read = dateparser.parse(named, languages=[language], settings={"RELATIVE_BASE": base})
    return read.date() if read else None


def months_of(language: str) -> tuple[str, ...]:
    """The names of the months, January first."""
    from babel.dates import get_month_names  # 30 ms, and English needs none of it

    names = get_month_names("wide", locale=language)
    return tuple(names[number] for number in range(1, 13))


@cache
def _weekdays(language: str) -> tuple[str, ...]:
    from babel.dates import get_day_names

    names = get_day_names("wide", locale=language)
    return tuple(names[number].lower() for number in range(7))


@cache
def _pattern(language: str) -> re.Pattern[str]:
    months, weekdays = "|".join(months_of(language)), "|".join(_weekdays(language))
    day = rf"(?:\d{{1,2}}(?:\.|er|º)?\s+(?:de\s+)?(?:{months})(?:\s+(?:del?\s+)?{_YEAR})?)"
    month = rf"(?:{months})(?:\s+(?:de\s+)?{_YEAR})?"
    parts = rf"{day}|{month}|(?:{weekdays})|(?:{_RELATIVE[language]})|(?<![\w.,]){_YEAR}(?![\w.,]\d|\w)"
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.IGNORECASE)
