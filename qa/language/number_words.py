"""Find numbers written in words: "fifteen thousand", "two and a half million", "half a dozen", "twenty-first".

`find_number_words("a dozen of the fifteen thousand")` gives the values 12 and 15,000.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from text_to_num import text2num


class NumberWord(NamedTuple):
    """`text[start:end]` in words.

    low, high: its value, or from and to where it tells only a magnitude ("hundreds").
    scale: what of it its last word makes: 1e6 in "five million".
    """

    start: int
    end: int
    low: float
    high: float
    ordinal: bool
    scale: float = 1.0


_SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_SMALL += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty"]
_SMALL += ["forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
LARGE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_IRREGULAR = {"first": "one", "second": "two", "third": "three", "fifth": "five", "eighth": "eight", "ninth": "nine"}
_IRREGULAR["twelfth"] = "twelve"
# Each ordinal with its cardinal: "twentieth" with "twenty".
_ORDINALS = _IRREGULAR | {
    f"{word.removesuffix('y')}{'ieth' if word.endswith('y') else 'th'}": word
    for word in [*_SMALL[1:], *LARGE]
    if word not in _IRREGULAR.values()
}
# A plural without a number tells an order of magnitude; the upper ends are generous, since writers are.
_VAGUE = {
    "dozens": (24.0, 200.0),
    "scores": (40.0, 200.0),
    "hundreds": (200.0, 1e3),
    "thousands": (2e3, 1e5),
    "tens of thousands": (2e4, 1e5),
    "hundreds of thousands": (2e5, 1e6),
    "millions": (2e6, 1e9),
    "tens of millions": (2e7, 1e8),
    "hundreds of millions": (2e8, 1e9),
    "billions": (2e9, 1e12),
    "tens of billions": (2e10, 1e11),
    "hundreds of billions": (2e11, 1e12),
}
_SEVERAL = 2.0, 10.0  # how often "several thousand" and "a few thousand" take the thousand
_TWELVES = LARGE | {"dozen": 12.0}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

# A number is looked for only where one of these words is, which is quicker than trying the pattern everywhere.
_CUES = frozenset([*_SMALL, *_TWELVES, *_ORDINALS, *(words.split()[0] for words in _VAGUE)])
_FEW = frozenset(["several", "few"])
_CUES |= {"half", "quarter", *_FEW}
_WORD = re.compile("[a-z]+")
_LARGE_WORD = "|".join(LARGE)
_SMALL_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_ELEMENT = rf"(?:(?:{_SMALL_WORD})\b|(?:{_LARGE_WORD})\b(?:\ and(?=\ (?:{_SMALL_WORD})\b))?)"
_NUMBER = re.compile(
    rf"""(?:
      (?P<vague>(?:(?:tens|hundreds)\ of\ )?(?:thousands|millions|billions)|hundreds|dozens|scores(?=\ of\b))
    | (?:several|few)\ (?P<several_of>dozen|{_LARGE_WORD})(?!-)
    | (?P<piece>half|quarter\ of)\ an?\ (?P<piece_of>dozen|{_LARGE_WORD})
    | (?P<parts>one|two|three|four|five|seven|nine)[ -](?P<part>third|quarter|fourth|fifth|sixth|eighth|tenth)s?
    | (?P<half_of>half)(?=\ (?:of|the|its|their)\b) | (?P<part_of>third|quarter|fifth|tenth)(?=\ of\b)
    | (?:(?P<dozens>{_SMALL_WORD})[ -])?(?P<dozen>dozen)
    | (?P<run>{_ELEMENT}(?:[ \u00a0-]{_ELEMENT})*)
        (?P<half_more>\ and\ a\ half(?:\ (?P<scale>{_LARGE_WORD}))?)?(?:[ -](?P<tail>{_ORDINAL}))?
    | (?P<ordinal>{_ORDINAL})
    )(?![^\W_])""",
    re.VERBOSE,
)


def find_number_words(text: str) -> Iterator[NumberWord]:
    """The numbers in words, in order. A run that is no number ("twenty twenty-one", "two three") is left out."""
    lower = text.lower()
    if _CUES.isdisjoint(_WORD.findall(lower)):
        return
    if len(lower) != len(text):  # "İ" in lower case is two characters, which would move every offset after it
        lower = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    at = 0
    for start in [word.start() for word in _WORD.finditer(lower) if word[0] in _CUES]:
        match = _NUMBER.match(lower, start) if start >= at and _is_word_start(lower, start) else None
        if match is not None:
            at = match.end()
            found = _number(lower, match)
            if found is not None:
                yield found


def is_magnitude(words: str) -> bool:
    """Whether a number in words tells a mere magnitude, and no range: "hundreds", "several thousand"."""
    lower = words.lower()
    return lower in _VAGUE or not _FEW.isdisjoint(_WORD.findall(lower))


def _is_word_start(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return not (
        before.isalnum() or before in ("_", "'", "’") or (before == "-" and text[start - 2 : start - 1].isalnum())
    )


def _number(text: str, match: re.Match[str]) -> NumberWord | None:
    """The number that a match makes, with the article before it: "a hundred", "a dozen", "a third of"."""
    start, end = match.span()
    if match["vague"]:
        return NumberWord(start, end, *_VAGUE[match["vague"]], False)
    article = _article_before(text, start)
    if match["several_of"]:
        least, most = (times * _TWELVES[match["several_of"]] for times in _SEVERAL)
        return NumberWord(start - article, end, least, most, False)
    ordinal = bool(match["ordinal"] or match["tail"])
    value: float | None
    if match["piece"]:
        value = _TWELVES[match["piece_of"]] / _PARTS[match["piece"].split()[0]]
        start -= article
    elif match["part"]:
        value = _cardinal(match["parts"]) / _PARTS[match["part"]]
    elif match["half_of"]:
        value = 0.5
    elif match["part_of"]:
        if article:
            value, start = 1 / _PARTS[match["part_of"]], start - article
        else:  # "the third of May", but no figure in "the last quarter of"
            ordinal = match["part_of"] in _ORDINALS
            value = float(_PARTS[match["part_of"]]) if ordinal else None
    elif match["dozen"]:
        value, start = 12.0 * _cardinal(match["dozens"] or "one"), start - (0 if match["dozens"] else article)
    elif match["ordinal"]:
        value = _cardinal(_ORDINALS[match["ordinal"]])
    else:
        value, start = _run(match), start - (article if match["run"].startswith(tuple(LARGE)) else 0)
    scale = 1.0 if ordinal else LARGE.get(text[start:end].rsplit(None, 1)[-1], 1.0)
    return None if value is None else NumberWord(start, end, value, value, ordinal, scale)


def _article_before(text: str, start: int) -> int:
    """How many characters an "a " or "an " before takes; 0 where there is none."""
    for article in ("a ", "an "):
        if text.endswith(article, 0, start) and not text[: start - len(article)][-1:].isalnum():
            return len(article)
    return 0


def _run(match: re.Match[str]) -> float | None:
    """The value of a run such as "six million three hundred thousand", "two and a half million" or "fifty-first"."""
    words = match["run"].replace("\u00a0", " ").replace("-", " ")
    if match["tail"]:
        words = f"{words} {_ORDINALS[match['tail']]}"
    try:
        value = _cardinal(words)
    except ValueError:
        return None
    if match["half_more"]:
        value = (value + 0.5) * LARGE.get(match["scale"] or "", 1.0)
    return value


def _cardinal(words: str) -> float:
    return float(text2num(words, "en"))
