"""Find durations in English text: "nearly two weeks", "24 to 48 hours", "eight-day", "two-decade-long", "a week"."""

import re
from dataclasses import dataclass

from qa.language.figures import Bound, Kind, Quantity, bound_before, find_quantities


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: `text[start:end]` ("two weeks"), low to high of `unit`, without its bound word.

    unit: "second", "minute", "hour", "day", "week", "fortnight", "month", "year", "decade" or "century".
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    bound: Bound


_UNITS = "second|minute|hour|day|week|fortnight|month|year|decade|century"
_COUNTED = re.compile(rf"(?:.*[ \u00a0])?(?P<unit>{_UNITS}|centurie)s?(?P<tail>-[^ ]*)?")
_SINGLE = re.compile(rf"\b(?:[Aa]n?|(?P<half>[Hh]alf an?))[ \u00a0](?P<unit>{_UNITS})(?![^\W_])")
# "a week" after other words is a rate ("twice a week") or no length at all.
_BEFORE_SINGLE = frozenset(["about", "after", "all", "almost", "around", "barely", "for", "half", "in", "just", "last"])
_BEFORE_SINGLE |= {"lasted", "lasting", "lasts", "nearly", "of", "over", "spent", "spending", "spend", "take", "taken"}
_BEFORE_SINGLE |= {"takes", "than", "took", "under", "until", "wait", "waited", "within", "with"}


def find_durations(text: str, quantities: tuple[Quantity, ...] | None = None) -> tuple[Duration, ...]:
    """All durations of a text in order. quantities: the text's figures, where the caller has them already.

    "a week" is one week; ages ("21 years old", "21-year-old") and rates ("ten a day", "twice a week") are left out.
    """
    found = []
    for figure in find_quantities(text) if quantities is None else quantities:
        duration = _of_figure(text, figure)
        if duration is not None:
            found.append(duration)
    found += _single(text)
    return tuple(sorted(found, key=_start))


def _start(duration: Duration) -> int:
    return duration.start


def _of_figure(text: str, figure: Quantity) -> Duration | None:
    """The duration that a figure makes with what it counts; an age is none."""
    if figure.kind is not Kind.NUMBER or figure.counted is None:
        return None
    match = _COUNTED.fullmatch(figure.counted)
    if match is None or (match["tail"] or "").startswith("-old") or text.startswith(" old", figure.counted_end):
        return None
    unit = "century" if match["unit"] == "centurie" else match["unit"]
    return Duration(figure.start, figure.counted_end, figure.low, figure.high, unit, figure.bound)


def _single(text: str) -> list[Duration]:
    """ "less than a week", "half an hour"."""
    found = []
    for match in _SINGLE.finditer(text):
        before = text[max(0, match.start() - 32) : match.start()].split()[-4:]
        if before and before[-1].lower() in _BEFORE_SINGLE:
            value = 0.5 if match["half"] else 1.0
            found.append(Duration(match.start(), match.end(), value, value, match["unit"], bound_before(before)))
    return found
