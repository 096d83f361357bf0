"""When an article was published, as it says itself; never guessed from its prose."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 64  # characters of what may be a date
_LONGEST_HEAD = 2_000  # characters at the start of a text in which a date line may stand
_LONGEST_LINE = 200  # characters of a line that is nothing but a date, or of a mark before the first sentence
_ISO_DAY = r"\d{4}-\d{2}-\d{2}"
_SLASHED_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
_IN_WORDS = re.compile(
    rf"(?:\w+,?\s+)?(?P<date>\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:of\s+)?[^\W\d]+\.?,?\s+{_YEAR}"
    rf"|[^\W\d]+\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR})\b"
)
_LANGUAGES = ["en", "de", "es", "fr", "it", "nl", "pt"]

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+{_YEAR}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR})"
_TIME = r"(?:[\s,|·–-]+(?:at\s+)?\d{1,2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{1,4})?)?"
_DATE = rf"(?:{_ISO_DAY}(?:[T ]\d{{2}}:\d{{2}}\S*)?|{_WEEKDAY}{_DAY}{_TIME}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})"
_LABEL = r"(?:(?:first\s+)?(?:published|posted)|publication\s+date|date(?:\s+published)?)"
# " date 2021-08-13 As the Taliban advance ...": how some collections put it before the first sentence.
_LEADING = re.compile(rf"\s*(?:{_LABEL}\s*:?|dateline:?)\s+(?P<date>{_ISO_DAY}(?:T\S+)?)(?=\s|$)", re.IGNORECASE)
_LINE = re.compile(rf"\s*(?:{_LABEL}(?:\s+on|\s+at)?\s*[:–-]?\s*)?(?P<date>{_DATE})$", re.IGNORECASE)
_LABELLED = re.compile(rf"\s*{_LABEL}(?:\s+on|\s+at)?\s*[:–-]?\s*(?P<date>{_DATE})\s*", re.IGNORECASE)
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class DateMark:
    """A date at the head of a text. published_at: ISO 8601; start, end: the stretch of the text that gives it."""

    published_at: str
    start: int
    end: int


def iso_date(value: object) -> str | None:
    """A publication date as a file's fields give it -> ISO 8601, or None where it gives none for certain.

    A date and time keeps its zone; one without a zone is reduced to its day, and so is one in words. What could be read
    in two ways ("05/06/2021") or lacks a day, a month or a year is no date.

    >>> iso_date("13 August 2021"), iso_date("2021-08-13T10:30:00Z"), iso_date("05/06/2021")
    ('2021-08-13', '2021-08-13T10:30:00+00:00', None)
    """
    if isinstance(value, datetime):
        return _iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str) or not 8 <= len(value := value.strip()) <= _LONGEST:
        return None
    return _from_iso(value) or _from_mail(value) or _from_numbers(value) or _from_words(value)


def head_date(text: str) -> DateMark | None:
    """The date that a plain text opens with: a marker before its words, or one of its first three lines.

    >>> head_date(" date 2021-08-13 As the Taliban advance").published_at
    '2021-08-13'
    """
    found = _LEADING.match(text[:_LONGEST_LINE])
    if found and (published_at := iso_date(found["date"])):
        return DateMark(published_at, found.start(), found.end())
    head = text[:_LONGEST_HEAD].replace("\r", "\n")
    lines = 0
    at = 0
    for line in head.splitlines(keepends=True):
        found = _LINE.match(line.rstrip()) if len(line) <= _LONGEST_LINE else None
        if found and (published_at := iso_date(found["date"])):
            return DateMark(published_at, at, at + found.end())
        at += len(line)
        lines += not line.isspace()
        if lines == _HEAD_LINES:
            break
    return None


def labelled_date(line: str) -> str | None:
    """The date of a line that is nothing but a date and says that it is that of publication.

    >>> labelled_date("Published: 13 August 2021"), labelled_date("13 August 2021")
    ('2021-08-13', None)
    """
    found = _LABELLED.fullmatch(line) if len(line) <= _LONGEST_LINE else None
    return iso_date(found["date"]) if found else None


def _iso(moment: datetime) -> str:
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat()


def _from_iso(value: str) -> str | None:
    try:
        return _iso(datetime.fromisoformat(value))
    except ValueError:
        return None


def _from_mail(value: str) -> str | None:
    """As in feeds: "Fri, 13 Aug 2021 10:30:00 +0100"."""
    if ":" not in value:
        return None
    try:
        return _iso(parsedate_to_datetime(value))
    except (ValueError, OverflowError):
        return None


def _from_numbers(value: str) -> str | None:
    if found := _SLASHED_YEAR_FIRST.match(value):
        year, month, day = map(int, found.groups())
    elif found := _YEAR_LAST.match(value):
        day, month, year = map(int, found.groups())
        if day <= 12 and month <= 12 and day != month:
            return None
        day, month = (day, month) if month <= 12 else (month, day)
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_words(value: str) -> str | None:
    """The day of "Friday, 13 August 2021 10:30 BST"; its time is left, since names of zones mean several."""
    found = _IN_WORDS.match(value)
    if not found:
        return None
    import dateparser  # 0.1 s, and few articles give their date in words

    moment = dateparser.parse(found["date"], languages=_LANGUAGES, settings={"STRICT_PARSING": True})
    return moment.date().isoformat() if moment else None
