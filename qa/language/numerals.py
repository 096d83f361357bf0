"""Find numerals in English text, in digits and in words, with their values; what they count is not looked at here.

`find_numerals("$15.5m for fifteen thousand")` gives two, of the values 15,500,000 (unit "USD") and 15,000 (no unit).
Left out because they are no amounts: clock times, telephone numbers, codes ("COVID-19", "G7", "9/11"), decades.
"""

import math
import re
from typing import NamedTuple

from qa.language.number_words import LARGE, find_number_words


class Numeral(NamedTuple):
    """A numeral as written: `text[start:end]`, with its currency sign, magnitude, percent sign and currency word.

    low, high: its value, differing only in words that tell the magnitude ("hundreds").
    scale: what of it the magnitude word makes (1e6 in "15 million"), so that "5 to 10 million" can share it.
    unit: "%", an ISO 4217 code, or None. plain: bare digits, which may be a year or a part of a name.
    """

    start: int
    end: int
    low: float
    high: float
    scale: float
    unit: str | None
    ordinal: bool
    plain: bool


_SCALES = {**LARGE, "dozen": 12.0, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "k": 1e3, "m": 1e6}
_SCALES |= {"mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12}

_SIGNS = {"£": "GBP", "$": "USD", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS"}
_SIGNS |= {"US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD"}
_CODES = ("USD", "EUR", "GBP", "JPY", "CHF", "CNY", "INR", "AUD", "CAD", "RUB")
_CURRENCIES = {"dollar": "USD", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "rupee": "INR", "rouble": "RUB"}
_CURRENCIES |= {"ruble": "RUB", "sterling": "GBP", "pound": "GBP", "franc": "CHF"}
_ABROAD = {"australian": "AUD", "canadian": "CAD"}

# Where a numeral may begin: it opens with a plain set of characters, by which the regex engine skips the rest.
_CUE = re.compile(r"[0-9$£€¥₹₽₩₺₪](?:(?<=[$£€¥₹₽₩₺₪])|(?<![\w/#@&$£€¥].)(?<![^\W\d_][-–].)(?<![0-9][.,:].))")
_NO_AMOUNT = re.compile(
    r"""
      [0-9]+(?:[-–/.][0-9]+){2,}(?![0-9])                                 # 2021-08-13, 13.08.2021, 555-123-4567
    | [0-9]{1,2}[:.][0-9]{2}[ ]?(?:[ap]\.?m\b|(?:GMT|BST|UTC|ET|EST|EDT|PST|PDT|CET)\b)
    | [0-9]+:[0-9]{2}(?::[0-9]{2})?(?![0-9])                              # 17:30
    | [0-9]{1,2}[ ]?(?:[ap]\.?m\b|o['’]clock\b)                           # 5pm
    | [0-9]{4}[ ]?(?:GMT|BST|UTC|EST|EDT|CET)\b
    | [0-9]+/[0-9]+                                                       # 9/11, 24/7
    | 0[0-9]+(?:[ -][0-9]+)*(?![.0-9])                                    # 0800 123 4567, 007
    | [0-9]{1,4}s\b                                                       # the 1990s, his 20s
    """,
    re.VERBOSE,
)
_PHONE = re.compile(r"\+[0-9][0-9 ()-]{6,20}[0-9]|\([0-9]{3,5}\)[ ]?[0-9]{3,4}[ -]?[0-9]{3,4}")
_NUMBER = re.compile(
    r"""(?P<sign>[$£€¥₹₽₩₺₪])?(?(sign)[ \u00a0]?)
    (?P<digits>[0-9]{1,3}(?:[,\u00a0\u202f\u2009][0-9]{3})+(?![0-9])(?:\.[0-9]+)?
             | [0-9]{1,3}(?:,[0-9]{2})+,[0-9]{3}(?![0-9])                 # 1,50,000
             | [0-9]+(?:\.[0-9]+)?)
    (?:(?P<ordinal>st|nd|rd|th)(?![^\W_]) | (?P<mark>[KkMmBb]|mn|mln|bn|tn|trn)(?![^\W_]) | (?![^\W_]))""",
    re.VERBOSE,
)
_BEFORE_SIGN = re.compile(rf"(?:US|AU?|CA?|NZ|HK|S)\Z|(?:{'|'.join(_CODES)})[ \u00a0]?\Z")
_SCALE_WORD = rf"(?:{'|'.join(LARGE)}|mn|mln|bn|tn|trn|lakhs?|crores?|dozen|m)(?![^\W_])"
# Pounds are money by the million and where they are called sterling, else they may be a weight.
_SUFFIX = re.compile(
    rf"""(?:[ \u00a0-](?P<scale>{_SCALE_WORD}))?
    (?:(?P<percent>[ \u00a0]?%|[ \u00a0-]per[ ]?cent(?:age[ -]points?)?(?![^\W_]))
      |[ \u00a0-](?:(?:(?P<country>U\.?S\.?|American|Australian|Canadian|Swiss|British)\ )?
          (?P<name>dollar|euro|yuan|rupee|rouble|ruble|franc|yen|sterling|pound(?=s?\ sterling)
            |(?:(?<=[mb]illion[ \u00a0-])|(?<=trillion[ \u00a0-])|(?<=[bm]n\ ))pound)s?(?:\ sterling)?
          |(?P<code>{"|".join(_CODES)}))(?![^\W_]))?""",
    re.VERBOSE | re.IGNORECASE,
)
# "the 100m final", "a 10k race": a length, not millions or thousands.
_LENGTH = re.compile(
    r"\ (?:race|final|freestyle|sprint|hurdles|relay|run|butterfly|backstroke|breaststroke|high|tall|long|deep|wide|"
    r"above|below|away|from|swim|champion)\b"
)
_NOT_DIGITS = re.compile("[^0-9.]")


def find_numerals(text: str) -> list[Numeral]:
    """All numerals of a text, in order and without overlaps."""
    digits = _all_in_digits(text)
    words = [
        Numeral(word.start, word.end, word.low, word.high, 1.0, None, True, False)
        if word.ordinal
        else _with_suffix(text, word.start, word.end, word.low, word.high, None, word.scale)
        for word in find_number_words(text)
    ]
    if not words:
        return digits
    numerals: list[Numeral] = []
    # The "million" of "15 million" comes once more as a word, and is dropped; so is that of "DOZEN MILLION".
    for numeral in sorted(digits + words):
        if not numerals or numeral.start >= numerals[-1].end:
            numerals.append(numeral)
    return numerals


def _all_in_digits(text: str) -> list[Numeral]:
    found: list[Numeral] = []
    at = 0
    for cue in _CUE.finditer(text):
        start = cue.start()
        if start < at:
            continue
        skipped = (start and text[start - 1] in "+(" and _PHONE.match(text, start - 1)) or _NO_AMOUNT.match(text, start)
        match = None if skipped else _NUMBER.match(text, start)
        numeral = _in_digits(text, match) if match is not None else None
        if numeral is not None:
            found.append(numeral)
        end = skipped or match
        at = numeral.end if numeral is not None else end.end() if end else at
    return found


def _in_digits(text: str, match: re.Match[str]) -> Numeral | None:
    sign, digits, ordinal, mark = match.group("sign", "digits", "ordinal", "mark")
    start, end = match.span()
    value = float(_NOT_DIGITS.sub("", digits))
    if not math.isfinite(value) or (mark and not sign and mark in "KkMm" and _LENGTH.match(text, end)):
        return None
    if ordinal:
        return Numeral(start, end, value, value, 1.0, None, True, False)
    scale = _SCALES[mark.lower()] if mark else 1.0
    unit = _SIGNS[sign] if sign else None
    before = _BEFORE_SIGN.search(text, max(0, start - 4), start) if start and sign in (None, "$") else None
    if before is not None and (sign is None) == (before[0].strip() in _CODES):
        start = before.start()
        unit = _SIGNS[before[0] + "$"] if sign else before[0].strip()
    numeral = _with_suffix(text, start, end, value * scale, value * scale, unit, scale)
    return numeral._replace(plain=numeral.end == end and unit is None and not mark and digits.isdigit())


def _with_suffix(
    text: str, start: int, end: int, low: float, high: float, unit: str | None, scale: float = 1.0
) -> Numeral:
    """Take in what follows the digits or words: a magnitude, a percent sign, a currency's name."""
    match = _SUFFIX.match(text, end)
    if match is None or match.end() == end:
        return Numeral(start, end, low, high, scale, unit, False, False)
    more = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
    if match["percent"]:
        unit = "%"
    elif match["code"]:
        unit = match["code"].upper()
    elif match["name"]:
        name, country = match["name"].lower(), (match["country"] or "").lower()
        unit = _ABROAD.get(country, _CURRENCIES[name])
    return Numeral(start, match.end(), low * more, high * more, scale * more, unit, False, False)
