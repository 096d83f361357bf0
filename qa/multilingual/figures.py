"""Figures as other languages write them: "2.300 Menschen", "1 250,5 millions", "42 %", "dos mil", "zwei". Pure."""

import re
from collections.abc import Iterator
from functools import cache

from text_to_num import text2num

from qa.language.figures import Bound, Kind, Quantity
from qa.multilingual.dates import months_of
from qa.multilingual.tongue import WORD, Tongue

_SPACES = " \u00a0\u202f\u2009"
_LONGEST_RUN = 4  # words of a number
_SHORTEST_WORD = 3  # letters; shorter ones are articles and pronouns
_CURRENCIES = {"€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "dollar": "USD", "dollars": "USD"}
_CURRENCIES |= {"dólares": "USD", "dollari": "USD", "£": "GBP", "pfund": "GBP", "livres": "GBP", "libras": "GBP"}
_CURRENCIES |= {"sterline": "GBP", "pond": "GBP", "franken": "CHF", "francs": "CHF", "franchi": "CHF", "yen": "JPY"}
_YEARS = range(1800, 2101)
_BESIDE = re.compile(rf"[{_SPACES}](?:d['’]|di |de )?")
_NOT_DIGITS = re.compile(r"\D")


def find_figures(text: str, tongue: Tongue) -> list[Quantity]:
    """All figures of a text in order, without overlaps; offsets are code points into it. Years and days are none."""
    numerals = [*_in_digits(text, tongue), *_in_words(text, tongue)]
    found: list[Quantity] = []
    for start, end, value in sorted(numerals):
        if not found or start >= found[-1].end:
            found.append(_figure(text, start, end, value, tongue))
    return found


def _in_digits(text: str, tongue: Tongue) -> Iterator[tuple[int, int, float]]:
    for match in _pattern(tongue.language).finditer(text):
        whole = float(_NOT_DIGITS.sub("", match["whole"]))
        value = whole + (float(f"0.{match['part']}") if match["part"] else 0.0)
        if match["whole"].isdigit() and not match["part"] and value in _YEARS:
            continue
        if _is_day(text, match.end(), tongue):
            continue
        yield match.start(), match.end(), value


def _is_day(text: str, end: int, tongue: Tongue) -> bool:
    """Whether a number is the day of a date, or part of a time."""
    return _after_day(tongue.language).match(text, end) is not None


def _in_words(text: str, tongue: Tongue) -> Iterator[tuple[int, int, float]]:
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        for last in range(min(at + _LONGEST_RUN, len(words)), at, -1):
            run = text[words[at].start() : words[last - 1].end()]
            value = _value_of(run.lower(), tongue.language)
            if value is not None:
                yield words[at].start(), words[last - 1].end(), value
                at = last - 1
                break
        at += 1


def _value_of(run: str, language: str) -> float | None:
    """The value of a number in words, from 2 on: "one" is an article in most languages."""
    if len(run) < _SHORTEST_WORD or any(map(str.isdigit, run)):
        return None
    try:
        value = float(text2num(run, language))
    except ValueError:
        return None
    return value if value > 1 else None


def _figure(text: str, start: int, end: int, value: float, tongue: Tongue) -> Quantity:
    """A numeral with what follows it: its magnitude, percent or currency, and what it counts."""
    scale = _word_at(text, end)
    if scale and (factor := tongue.scales.get(scale[1].lower())):
        value, end = value * factor, scale[0]
    unit, kind, counted, counted_end = None, Kind.NUMBER, None, end
    if percent := re.compile(rf"[{_SPACES}]?%|[{_SPACES}]{tongue.percent}\b", re.IGNORECASE).match(text, end):
        unit, kind, end = "%", Kind.PERCENT, percent.end()
        counted_end = end
    elif sign := re.compile(rf"[{_SPACES}]?[€$£]").match(text, end):
        unit, kind, end = _CURRENCIES[sign[0].strip(_SPACES)], Kind.MONEY, sign.end()
        counted_end = end
    elif following := _word_at(text, end):
        if currency := _CURRENCIES.get(following[1].lower()):
            unit, kind, end, counted_end = currency, Kind.MONEY, following[0], following[0]
        elif tongue.is_content(following[1]) and not following[1][0].isdigit():
            counted, counted_end = following[1], following[0]
    return Quantity(start, end, value, value, kind, Bound.EXACT, unit, counted, counted_end)


def _word_at(text: str, end: int) -> tuple[int, str] | None:
    """The word after a place, "of" left out, and where it ends."""
    beside = _BESIDE.match(text, end)
    word = WORD.match(text, beside.end()) if beside else None
    return (word.end(), word[0]) if word else None


@cache
def _pattern(language: str) -> re.Pattern[str]:
    from babel.numbers import get_decimal_symbol, get_group_symbol  # 30 ms, and English needs none of it

    decimal, group = get_decimal_symbol(language), get_group_symbol(language)
    groups = re.escape(f"{group}{_SPACES}'’".replace(decimal, ""))
    return re.compile(
        rf"(?<![\w.,/:-])(?P<whole>\d{{1,3}}(?:[{groups}]\d{{3}})+(?!\d)|\d+)(?:[{re.escape(decimal)}](?P<part>\d+))?"
        r"(?![\w/:]|[.,-]\d)"
    )


@cache
def _after_day(language: str) -> re.Pattern[str]:
    return re.compile(rf"\.?[{_SPACES}](?:de )?(?:{'|'.join(months_of(language))})\b|[{_SPACES}](?:Uhr|uhr|h\b)")
