"""Find dates in English news text, and tell whether one bears out another.

A date is kept as the parts that the text states: "13 August" has a day and a month and no year, "Friday" a weekday.
`agree(find_dates("Aug. 13, 2021")[0], find_dates("13 August")[0])` is true; the other way round it is not.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from qa.language.ahead import Lies, lies


class DateKind(StrEnum):
    """What a mention names: a calendar date or a part of one, or a time told from the day of publication."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    WEEKDAY = "weekday"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written: `text[start:end]`, with the parts it states.

    year: 1800-2100, for a decade its first year; month: 1-12; day: 1-31; weekday: 0 (Monday) to 6.
    phrase: of a relative one, its words in lower case ("last week"); its other parts are known only from `published`.
    """

    start: int
    end: int
    kind: DateKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    phrase: str | None = None


_MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
_MONTH_NAMES += ["November", "December"]
_DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = {name[:3].lower(): number for number, name in enumerate(_MONTH_NAMES, 1)}
_WEEKDAYS = {name[:3].lower(): number for number, name in enumerate(_DAY_NAMES)}


def _either_case(names: list[str]) -> list[str]:
    return [*names, *(name.upper() for name in names)]


_MONTH = rf"(?:{'|'.join(_either_case(_MONTH_NAMES))}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_WEEKDAY = "|".join(_either_case(_DAY_NAMES))
_ANY_WEEKDAY = rf"(?:{_WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
_YEAR = "(?:1[89][0-9]{2}|20[0-9]{2}|2100)"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_END = r"(?![^\W_]|%|[.,:][0-9])"
# A bare number between 1800 and 2100 is a year unless it counts something; news writes thousands with a comma.
_COUNTED = (
    r"(?:people|troops|soldiers|men|women|children|deaths|cases|jobs|homes|dollars|euros|pounds|miles|km|kilomet"
    r"|metre|meter|feet|tons|tonnes|kg|calories|words|per\b|or more|million|billion|trillion|thousand|GMT|BST|UTC)"
)
# Where a date may begin. It opens with a plain set of characters, by which the regex engine skips the rest of a text;
# capitals count, since "march", "may" and "sun" are no dates.
_OPENINGS = "|".join(sorted({name[1:3] for name in _either_case(_MONTH_NAMES + _DAY_NAMES)}))
_CUE = re.compile(rf"[0-9ADFJMNOSTW'’](?<![\w/$£€#@&].)(?<![0-9][.,:].)(?:(?<=[0-9'’])|{_OPENINGS})")
_DAY_FIRST = rf"""(?P<day>{_DAY})(?:st|nd|rd|th)?(?:\ of)?[ \u00a0-](?P<month>{_MONTH})(?!\w)
        (?:(?:,?[ \u00a0]|-)(?P<year>{_YEAR}){_END})?"""
_FROM_DIGIT = re.compile(
    rf"""{_DAY_FIRST}
    | (?P<iso_year>{_YEAR})-(?P<iso_month>0[1-9]|1[0-2])-(?P<iso_day>{_DAY})(?![0-9-])
    | (?P<first>[0-3]?[0-9])[/.](?P<second>[0-3]?[0-9])[/.](?P<last_year>{_YEAR})(?![0-9/])
    | (?P<decade>(?:1[89]|20)[0-9]0)['’]?s{_END} | ['’](?P<short_decade>[2-9]0)s{_END}
    | (?P<only_year>{_YEAR})(?:[-–/][0-9]{{2}}\b)?{_END}(?![-–](?!{_YEAR}\b)[0-9]|\ {_COUNTED})  # 2019-20""",
    re.VERBOSE,
)
_FROM_LETTER = re.compile(
    rf"""(?:(?P<weekday>{_ANY_WEEKDAY})(?:,?\ )?)?(?:
          (?P<month_first>{_MONTH})(?:
              [ \u00a0](?P<month_day>{_DAY})(?:st|nd|rd|th)?{_END}(?:,?[ \u00a0](?P<day_year>{_YEAR}){_END})?
            | (?:,|\ of)?[ \u00a0](?P<month_year>{_YEAR}){_END} | (?P<month_alone>{_END}))
        | (?(weekday){_DAY_FIRST}|(?!))
    ) | (?P<only_weekday>{_WEEKDAY})(?:\ (?:morning|afternoon|evening|night))?{_END}""",
    re.VERBOSE,
)
_RELATIVE = re.compile(
    rf"\b(?:[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight"
    rf"|(?:[Ll]ast|[Tt]his|[Nn]ext) (?:week(?:end)?|month|year|night)){_END}"
)
_RELATIVE_CUES = ("day", "night", "week", "month", "year", "tomorrow")
# "May" and "March" alone, and abbreviations alone, are months only after one of these.
_PLAIN_MONTHS = frozenset(_either_case(_MONTH_NAMES)) - {"May", "March", "MAY", "MARCH"}
_BEFORE_MONTH = frozenset(["in", "since", "by", "until", "till", "of", "late", "early", "mid", "last", "next", "this"])
_BEFORE_MONTH |= {"from", "between", "during", "before", "after", "through", "to", "for", "every", "and"}
_NAMED_DAYS = frozenset(["black", "good", "super", "bloody", "ash", "cyber", "palm", "easter", "fat", "holy"])


def find_dates(text: str, published: date | None = None) -> tuple[DateMention, ...]:
    """All dates of a text in order, without overlaps; offsets are code points into `text`.

    published: the day the text appeared. With it, relative times and weekdays get their calendar date (a weekday the
    nearest one that is not later; the next one where the text speaks of what is to come; none where it may be either),
    and a day or month without a year the nearest year.
    """
    mentions: list[DateMention] = []
    at = 0
    for cue in _CUE.finditer(text):
        start = cue.start()
        if start < at:
            continue
        mention = _from_letter(text, start) if text[start].isalpha() else _from_digit(text, start)
        if mention is not None:
            mentions.append(mention)
            at = mention.end
    if any(word in text for word in _RELATIVE_CUES):
        relative = [
            DateMention(*match.span(), DateKind.RELATIVE, phrase=match[0].lower()) for match in _RELATIVE.finditer(text)
        ]
        if relative:
            mentions = sorted(mentions + relative, key=_start)
    if published is not None and date.min.year < published.year < date.max.year:
        mentions = [_resolved(mention, published, text) for mention in mentions]
    return tuple(mentions)


def _start(mention: DateMention) -> int:
    return mention.start


def _from_letter(text: str, start: int) -> DateMention | None:
    """A date that begins with a month or weekday."""
    match = _FROM_LETTER.match(text, start)
    if match is None:
        return None
    end = match.end()
    named, named_weekday = match["month_first"] or match["month"], match["only_weekday"] or match["weekday"]
    weekday = _WEEKDAYS[named_weekday[:3].lower()] if named_weekday else None
    if not named:
        is_name = _word_before(text, start) in _NAMED_DAYS
        return None if is_name else DateMention(start, end, DateKind.WEEKDAY, weekday=weekday)
    month, day = _MONTHS[named[:3].lower()], match["month_day"] or match["day"]
    year = match["day_year"] or match["month_year"] or match["year"]
    if not year and not day and named not in _PLAIN_MONTHS and _word_before(text, start) not in _BEFORE_MONTH:
        return None
    kind = DateKind.DAY if day else DateKind.MONTH
    return DateMention(start, end, kind, int(year) if year else None, month, int(day) if day else None, weekday)


def _from_digit(text: str, start: int) -> DateMention | None:
    """A date that begins with a day or year. "05/06/2021" can be May or June: only its year is sure."""
    match = _FROM_DIGIT.match(text, start)
    if match is None:
        return None
    end = match.end()
    if match["only_year"]:
        return DateMention(start, end, DateKind.YEAR, int(match["only_year"]))
    if match["month"]:
        year = int(match["year"]) if match["year"] else None
        return DateMention(start, end, DateKind.DAY, year, _MONTHS[match["month"][:3].lower()], int(match["day"]))
    if match["iso_year"]:
        year, month, day = int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
        return DateMention(start, end, DateKind.DAY, year, month, day)
    if match["last_year"]:
        year, month, day = int(match["last_year"]), int(match["first"]), int(match["second"])
        if month > 12:
            month, day = day, month
        elif day <= 12 and day != month:
            return DateMention(start, end, DateKind.YEAR, year)
        sane = 0 < month <= 12 and 0 < day <= 31
        return DateMention(start, end, DateKind.DAY, year, month, day) if sane else None
    return DateMention(start, end, DateKind.DECADE, int(match["decade"] or "19" + match["short_decade"]))


def _word_before(text: str, start: int) -> str:
    words = text[max(0, start - 16) : start].split()
    return words[-1].lower() if words and text[start - 1] in " \u00a0-" else ""


def _resolved(mention: DateMention, published: date, text: str) -> DateMention:
    """The mention with the parts that the day of publication tells."""
    if mention.kind is DateKind.WEEKDAY and mention.weekday is not None:
        back = (published.weekday() - mention.weekday) % 7
        where = lies(text, mention.start, mention.end)
        if where is Lies.UNCLEAR:
            return mention
        ahead = _word_before(text, mention.start) == "next" or (back and where is Lies.AHEAD)
        day = published - timedelta(days=back - 7 if ahead else back)
        return replace(mention, year=day.year, month=day.month, day=day.day)
    if mention.kind is DateKind.RELATIVE and mention.phrase is not None:
        return _resolved_phrase(mention, mention.phrase, published)
    if mention.year is None and mention.month is not None:
        years = (published.year - 1, published.year, published.year + 1)
        return replace(mention, year=min(years, key=lambda year: _months_apart(mention, year, published)))
    return mention


def _months_apart(mention: DateMention, year: int, published: date) -> int:
    return abs((year - published.year) * 12 + (mention.month or 1) - published.month)


_DAYS_AWAY = {"yesterday": -1, "last night": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_STEPS = {"last": -1, "this": 0, "next": 1}


def _resolved_phrase(mention: DateMention, phrase: str, published: date) -> DateMention:
    """ "yesterday" gets a day, "last month" a month and year, "next year" a year; weeks and weekends nothing."""
    if phrase in _DAYS_AWAY:
        day = published + timedelta(days=_DAYS_AWAY[phrase])
        return replace(mention, year=day.year, month=day.month, day=day.day)
    step, unit = _STEPS[phrase.split()[0]], phrase.split()[-1]
    if unit == "year":
        return replace(mention, year=published.year + step)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return replace(mention, year=months // 12, month=months % 12 + 1)
    return mention
