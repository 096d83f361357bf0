"""What the words for a time in a quote mean by the article's own day: "on Tuesday" is Tuesday, 12 March 2024. Pure.

Only what the quote doesn't tell itself, and only where the article has a day of publication.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from qa.answering.dated import spelled
from qa.language.dates import DateKind, DateMention, find_dates
from qa.multilingual.dates import dated_in, find_dates_in
from qa.multilingual.tongue import OTHERS
from qa.records import ToldDate
from vectorstore.languages import base_of
from vectorstore.records import StoredArticle

_TOLD = frozenset({DateKind.WEEKDAY, DateKind.RELATIVE, DateKind.DAY})
_THIS_DAY = re.compile(r"\b[Tt]his (?:morning|afternoon|evening)\b")
_WEEK = re.compile(r"\b(?P<which>[Ll]ast|[Tt]his|[Nn]ext) week\b(?! ?end)")
_AGO = re.compile(
    r"\b(?P<span>(?:\d{1,2}|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
    r"(?P<unit>day|month|year)s? ago)\b",
    re.IGNORECASE,
)
_STEPS = {"last": -7, "this": 0, "next": 7}


def told_dates(article: StoredArticle, start: int, end: int) -> tuple[ToldDate, ...]:
    """The words of `article.text[start:end]` that name a time by the day of publication, in order, without overlaps."""
    published = article.published
    if published is None or not date.min.year + 1 < published.year < date.max.year:
        return ()
    quote, language = article.text[start:end], base_of(article.language)
    found = _in_other(quote, language, published) if language in OTHERS else _in_english(quote, published)
    told: list[ToldDate] = []
    for first, last, words in sorted(found):
        if not told or start + first >= told[-1].end:
            told.append(ToldDate(start + first, start + last, quote[first:last], words))
    return tuple(told)


def _in_other(quote: str, language: str, published: date) -> Iterator[tuple[int, int, str]]:
    for one in find_dates_in(quote, language):
        words = quote[one.start : one.end]
        if (told := dated_in(words, language, published)) != words:
            yield one.start, one.end, told


def _in_english(quote: str, published: date) -> Iterator[tuple[int, int, str]]:
    bare = find_dates(quote)
    for plain, known in zip(bare, find_dates(quote, published), strict=True):
        if plain.kind in _TOLD and plain.year is None and known.year is not None and _is_new(plain, known):
            yield known.start, known.end, spelled(known)
    for match in _THIS_DAY.finditer(quote):
        yield *match.span(), spelled(_day_mention(published))
    for match in _WEEK.finditer(quote):
        monday = published - timedelta(days=published.weekday()) + timedelta(days=_STEPS[match["which"].lower()])
        yield *match.span(), f"the week of {spelled(_day_mention(monday, weekday=False))}"
    for match in _AGO.finditer(quote):
        if told := _ago(match["span"], match["unit"], published):
            yield *match.span(), told


def _is_new(plain: DateMention, known: DateMention) -> bool:
    return (plain.year, plain.month, plain.day) != (known.year, known.month, known.day)


def _ago(span: str, unit: str, published: date) -> str | None:
    """ "two days ago" is a day, "a month ago" a month, "three years ago" a year: no more is said."""
    import dateparser  # 0.1 s, and few quotes count back

    read = dateparser.parse(span, languages=["en"], settings={"RELATIVE_BASE": datetime.combine(published, time(12))})
    if read is None:
        return None
    day = read.date()
    parts = {"day": (day.month, day.day), "month": (day.month, None), "year": (None, None)}[unit.lower()]
    weekday = day.weekday() if parts[1] else None
    return spelled(DateMention(0, 0, DateKind.RELATIVE, day.year, *parts, weekday))


def _day_mention(day: date, *, weekday: bool = True) -> DateMention:
    return DateMention(0, 0, DateKind.DAY, day.year, day.month, day.day, day.weekday() if weekday else None)
