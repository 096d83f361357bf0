"""What a sentence states that can be checked: its figures, dates, names and quotations, with its words. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from qa.language.dates import DateMention, find_dates
from qa.language.durations import Duration, find_durations
from qa.language.figures import Quantity, find_quantities
from qa.language.names import Name, find_names
from qa.language.numerals import Numeral, find_numerals
from qa.language.outcomes import Outcomes, outcomes_possible, without_verb
from qa.language.quotations import Quotation, find_quotations
from qa.language.terms import distinct, is_content, key_of, words_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states. keys: of all its words; content: its words that carry meaning, as written, once each.

    outcomes: for each figure, what may have become of the people it counts; empty where nothing is told.
    numerals: all of them, those in names and dates too ("Boeing 737"). codes: every run of digits as written, without
    the commas of thousands, for what is no figure ("COVID-19", "17:30").
    """

    text: str
    quantities: tuple[Quantity, ...]
    outcomes: tuple[Outcomes, ...]
    durations: tuple[Duration, ...]
    dates: tuple[DateMention, ...]
    names: tuple[Name, ...]
    quotations: tuple[Quotation, ...]
    numerals: tuple[Numeral, ...]
    codes: frozenset[str]
    words: frozenset[str]
    content: tuple[str, ...]
    keys: frozenset[str]


_MARKUP = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+|^\s*(?:[-•‣◦·+>]|#{1,6})\s+")
_CODE = re.compile(r"\d+(?:[.,:]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def plain(claim: str) -> str:
    """The sentence without Markdown's emphasis and a list item's mark."""
    return " ".join(_MARKUP.sub("", claim).split())


@lru_cache(maxsize=4096)
def facts_of(text: str, published: date | None) -> Facts:
    """Return what a text states. published: when it appeared, which tells what "Friday" was; None for a claim."""
    words = words_of(text)
    quantities = find_quantities(text)
    return Facts(
        text=text,
        quantities=quantities,
        outcomes=tuple(outcomes_possible(text, list(map(without_verb, quantities)))),
        durations=find_durations(text, quantities),
        dates=find_dates(text, published),
        names=find_names(text),
        quotations=find_quotations(text),
        numerals=tuple(find_numerals(text)),
        codes=frozenset(codes_of(text)),
        words=frozenset(words),
        content=distinct(word for word in words if is_content(word)),
        keys=frozenset(map(key_of, words)),
    )


def codes_of(text: str) -> list[str]:
    """All runs of digits: "17:30", "15,000" as 15000."""
    return _CODE.findall(_THOUSANDS.sub("", text))


def stray_numbers(facts: Facts) -> list[str]:
    """The numbers of a text, as written, that are neither in a figure nor in a date: "COVID-19", "5pm"."""
    taken = [(one.start, one.end) for one in facts.quantities] + [(one.start, one.end) for one in facts.dates]

    def is_taken(start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in taken)

    found = [match[0] for match in _CODE.finditer(facts.text) if not is_taken(*match.span())]
    words = [one for one in facts.numerals if not is_taken(one.start, one.end)]
    return found + [
        facts.text[one.start : one.end]
        for one in words
        if one.high != 1.0 and not any(letter.isdigit() for letter in facts.text[one.start : one.end])
    ]
