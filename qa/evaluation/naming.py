"""Whether words name an answer. Pure.

Text and answer are normalised much as SQuAD's script does it (case, punctuation and articles don't count), then the
answer's words must stand in the text in a row: "11" is not in "2011". It departs from that script where it would find
what isn't there, or miss what is: decimals, currency signs and "%" stay with their numbers ("$5" is neither in "June 5"
nor in "$5.50"), "per cent" is "%", "six" is 6, a possessive is its name, and a compound is read as one word and as
several ("COVID-19").
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_PERCENT = re.compile(r"(?<=\d)\s*(?:%|per\s?cent\b|percent\b)")
_CURRENCY = re.compile(r"([$€£¥])\s*(?=\d)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_HYPHENS = "-/‐‑"
_BREAKS = "–—―…|•"
_POINT, _SIGNS = "\ue000", "$€£¥%"  # a decimal point is kept as a character that no text has
_ARTICLES = frozenset(("a", "an", "the"))
_AND = " & "
# What newspapers write out; "one" isn't here, which is a pronoun as well.
_DIGITS = {
    word: str(number)
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), start=2)
}

Span = tuple[int, int]
Words = tuple[str, ...]


def named(text: str, golds: Sequence[Sequence[str]], wrong: Sequence[str] = ()) -> tuple[bool, ...]:
    """Return for each answer whether the text names it, in any of its spellings.

    An answer that only stands within a longer wrong one isn't named: "Football" in "American football".

    >>> named("About 15,000 people left.", [["15,000", "fifteen thousand"], ["600"]])
    (True, False)
    """
    return tuple(any(_stands(text, spelling, wrong) for spelling in group) for group in golds)


def wrong_named(text: str, wrong: Sequence[str], golds: Sequence[Sequence[str]]) -> bool:
    """Return whether the text names a wrong answer other than within a right one that is as long."""
    right = [spelling for group in golds for spelling in group]
    return any(_stands(text, spelling, right, as_long=True) for spelling in wrong)


def spellings(answer: str) -> tuple[str, ...]:
    """Return an answer, and it without the quotation marks around it, where it has some.

    >>> spellings("“Squid Game”")
    ('“Squid Game”', 'Squid Game')
    """
    bare = answer.strip().strip("\"'“”‘’«»").strip()
    return (answer,) if bare == answer or not bare else (answer, bare)


def says_anything(answer: str) -> bool:
    """Return whether an answer has words to look for."""
    return bool(_words(answer, joined=True))


def _stands(text: str, answer: str, others: Sequence[str], *, as_long: bool = False) -> bool:
    """Whether an answer stands in a text outside of the others that are longer (or as long).

    Of "New Jersey & Oregon" the whole must stand there, or all of its parts, in any order.
    """
    parts = answer.split(_AND)
    for joined in (True, False):
        if _free(text, answer, others, joined, as_long):
            return True
        if len(parts) > 1 and all(_free(text, part, others, joined, as_long) for part in parts):
            return True
    return False


def _free(text: str, answer: str, others: Sequence[str], joined: bool, as_long: bool) -> bool:
    sought = _without_articles(_words(answer, joined=joined))
    words = _words(text, joined=joined)
    if not sought:  # "A", as in a class: then articles are words like others
        return any(_spans(words, _words(answer, joined=joined)))
    words = _without_articles(words)
    found = list(_spans(words, sought))
    if not found:
        return False
    taken: list[Span] = []
    for other in others:
        other_words = _without_articles(_words(other, joined=joined))
        if len(other_words) > len(sought) or (as_long and len(other_words) == len(sought)):
            taken += _spans(words, other_words)
    return any(not any(start <= first and last <= end for start, end in taken) for first, last in found)


def _spans(words: Words, sought: Words) -> Iterator[Span]:
    """Where words stand in a row, as (first, after the last)."""
    size = len(sought)
    if size:
        for start in range(len(words) - size + 1):
            if words[start : start + size] == sought:
                yield start, start + size


@lru_cache(maxsize=4096)
def _words(text: str, *, joined: bool) -> Words:
    """The words of a text, normalised. joined: a compound is one word."""
    text = unicodedata.normalize("NFC", text).casefold().replace("&", " and ")
    text = _CURRENCY.sub(r" \1", _PERCENT.sub("%", text))
    text = _POSSESSIVE.sub("", text)
    text = _DECIMAL.sub(_POINT, _THOUSANDS.sub("", text))
    words = "".join(_kept(character, joined=joined) for character in text).split()
    return tuple(_DIGITS.get(word, word) for word in words)


def _without_articles(words: Words) -> Words:
    return tuple(word for word in words if word not in _ARTICLES)


def _kept(character: str, *, joined: bool) -> str:
    if character in _BREAKS or (character in _HYPHENS and not joined):
        return " "
    if character in _SIGNS or character == _POINT:
        return character
    return "" if unicodedata.category(character)[0] in "PS" else character
