"""A date as its article tells it -> the date as it stands alone: "Tuesday" -> "Tuesday, 12 March 2024". Pure."""

from datetime import date

from qa.language.dates import DateMention, find_dates

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)


def dated(words: str, quote: str, published: date | None) -> str:
    """Return the date that words of a quote name, with the parts that the day of publication tells.

    The words themselves where they name no date, or more than one, or one that needs nothing, or where that day isn't
    known.

    >>> dated("Tuesday", "It sank on Tuesday.", date(2024, 3, 14))
    'Tuesday, 12 March 2024'
    """
    start = quote.find(words)
    if published is None or start < 0:
        return words
    told, known = (_within(find_dates(quote, day), start, start + len(words)) for day in (None, published))
    if len(told) != 1 or len(known) != 1 or told[0].year is not None or known[0].year is None:
        return words
    return spelled(known[0])


def _within(mentions: tuple[DateMention, ...], start: int, end: int) -> list[DateMention]:
    return [one for one in mentions if one.start < end and start < one.end]


def spelled(mention: DateMention) -> str:
    """A date with its year in words, as far as it is known: "Tuesday, 12 March 2024", "February 2024", "2025"."""
    if mention.month is None or mention.year is None:
        return str(mention.year)
    month = f"{_MONTHS[mention.month - 1]} {mention.year}"
    if mention.day is None:
        return month
    day = f"{mention.day} {month}"
    weekday = mention.weekday
    return day if weekday is None else f"{_DAYS[weekday]}, {day}"
