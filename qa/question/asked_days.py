"""Words of a question that limit when articles were published: "by 2 June 2024", "since May 2023". Pure.

"By" and "before" a day ask for what was known by then, "since" and "after" for what can only be reported later. "On 2
June" and "in May 2023" tell when something happened, "by 1836" and "will leave by 31 August" are history and plans:
they limit nothing.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from qa.language.calendar import DAY_OR_MONTH, Stated, read_stated
from qa.language.terms import is_negated

_NEAR = 366  # days from the articles' own: one farther off is history, and no day of publication
_SAME_YEAR = 31  # days from them: that near a day without a year must be
_DAY = timedelta(days=1)
# In English and in German, French, Spanish, Italian, Portuguese and Dutch.
_CUES = {
    "until": r"by|as\s+of|as\s+at|until|till|up\s+(?:to|until|till)|no\s+later\s+than|on\s+or\s+before|bis(?:\s+zum)?|"
    r"jusqu['’]au|hasta(?:\s+el)?|fino\s+al(?:l['’])?|entro(?:\s+il)?|até(?:\s+ao?)?|tot(?:\s+en\s+met)?",
    "before": r"before|prior\s+to|earlier\s+than|vor\s+dem|avant\s+le|antes\s+del|antes\s+de|prima\s+del(?:l['’])?|"
    r"v(?:óó|oo)r",
    "since": r"since|on\s+or\s+after|seit(?:\s+dem)?|depuis\s+le|desde(?:\s+el)?|a\s+partire\s+dal(?:l['’])?|sinds",
    "after": r"after|later\s+than|nach\s+dem|après\s+le|después\s+del|dopo\s+il|depois\s+de|após|na",
    "within": r"(?:(?:in|from|according\s+to)\s+)?(?:the\s+)?(?:articles|stories|coverage|news)\s+"
    r"(?:(?:published|dated|written)\s+)?(?:in|on|from|of)",
}
_TIMED = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{side}>{cue})' for side, cue in _CUES.items())})\s+"
    r"(?:(?:the\s+)?(?:morning|afternoon|evening|night|noon|midday|end)\s+(?:of|on)\s+)?(?:the\s+)?"
    rf"(?P<when>{DAY_OR_MONTH})",
    re.IGNORECASE,
)
# What may follow; in "by the 2 June 2024 attack" the day says which attack.
_ENDS = re.compile(
    r"\s*(?:$|[?.!,;:)(])|\s+(?:who|whom|whose|what|which|where|when|why|how|had|has|have|was|were|is|are|did|does|do|"
    r"been|in|at|on|from|for|by|with|to|according|and|or|but|as|than|there|the|an?|that|it|they|he|she|before|after|"
    r"since)\b"
)
_FREE_ENDS = re.compile(r"\s*(?:$|[?.!,;:)(])|\s+[^\WA-Z_]")
_ENGLISH = re.compile(r"(?:by|as\s|until|till|up\s|no\s|on\s|before|prior|earlier|since|after|later|in\s|from|the|art)")
# "Two days before", "shortly after", "not until": then the day says when something happened.
_LEADS = re.compile(
    r"\b(?:days?|weeks?|months?|years?|hours?|minutes?|shortly|soon|just|long|immediately|right|not|even|the\s+evening|"
    r"the\s+night|the\s+morning|(?:first|worst|most|least|[a-z]{3,}est)(?:\s+\w+){0,2})\s*$",
    re.IGNORECASE,
)
_LEAD_LENGTH = 40
# What is yet to happen is reported of before and after the day: a deadline says nothing of the articles.
_PLANNED = re.compile(
    r"\b(?:will|would|shall|should|must|going\s+to|to\s+be|(?:have|has|had|is|are|was|were)\s+to|due|deadline|"
    r"needs?|can|could|may|might|(?:plan|promis|pledg|vow|aim|hop|want|expect|suppos|schedul|intend|agree|order|demand|"
    r"propos|set|ask|told|tell)\w*(?:\s+\w+){0,3}?\s+to|werden|wird|müssen|muss|sollen|soll|doit|doivent|devra|deve|"
    r"dovrà|debe|deberá|moet|moeten|zal|zullen)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DayLimit:
    """`question[start:end]` limits the days of publication. since, until: inclusive; None: not on that side."""

    start: int
    end: int
    since: date | None
    until: date | None


def names_days(question: str) -> bool:
    """Whether there may be such words in a question."""
    return _TIMED.search(question) is not None


def day_limits(question: str, days: tuple[date, date]) -> list[DayLimit]:
    """The words of a question that limit when articles were published, in order.

    days: the first and the last day of publication in the library. A day without a year is of the one year in which
    there are articles around it; where there are two, it isn't read.

    >>> [limit.until for limit in day_limits("How many had died by 2 June?", (date(2024, 6, 1), date(2024, 6, 3)))]
    [datetime.date(2024, 6, 2)]
    """
    limits = []
    for found in _TIMED.finditer(question):
        stated = read_stated(found["when"]) if _is_plain(question, found) else None
        stretch = _stretch(stated, days) if stated else None
        if stretch:
            limits.append(DayLimit(found.start(), found.end(), *_sides(_cue_of(found), *stretch)))
    return limits


def _cue_of(found: re.Match[str]) -> str:
    return next(side for side in _CUES if found[side])


def _is_plain(question: str, found: re.Match[str]) -> bool:
    """Whether the words can only limit the articles: neither a plan, nor a part of a name, nor of another time."""
    if found["within"]:
        return True
    before, after = question[: found.start()], question[found.end() :]
    if _LEADS.search(before[-_LEAD_LENGTH:]) or _PLANNED.search(before) or _PLANNED.search(after):
        return False
    if found["until"] and is_negated(before):  # "not rescued until" tells when
        return False
    return (_ENDS if _ENGLISH.match(found[0].lower()) else _FREE_ENDS).match(after) is not None


def _stretch(stated: Stated, days: tuple[date, date]) -> tuple[date, date] | None:
    """Its first and last day, where the articles are of about that time."""
    first, last = days
    if stated.year is None:
        years = [stated.stretch(year) for year in range(first.year - 1, last.year + 2)]
        near = [one for one in years if one and _is_near(one, days, _SAME_YEAR)]
        return near[0] if len(near) == 1 else None
    stretch = stated.stretch(stated.year)
    return stretch if stretch and _is_near(stretch, days, _NEAR) else None


def _is_near(stretch: tuple[date, date], days: tuple[date, date], within: int) -> bool:
    """Whether a stretch of days is within so many days of another."""
    (begins, ends), (first, last) = ((one.toordinal(), other.toordinal()) for one, other in (stretch, days))
    return first - within <= ends and begins <= last + within


def _sides(cue: str, first: date, last: date) -> tuple[date | None, date | None]:
    """since and until, by what the words before a stretch of days say. Where they leave it open, nothing more is left
    out than must be: "by May" is until its end."""
    match cue:
        case "until":
            return None, last
        case "before":
            return None, first - _DAY
        case "since":
            return first, None
        case "after":
            return last + _DAY, None
        case _:
            return first, last
