"""What is known of a language besides its stems: how it asks, and its words that carry no meaning.

One JSON file a language, in `tongues/`; its numbers, months and days are babel's (see `figures` and `dates`).
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TypedDict

import Stemmer

from qa.question.understand import Asked
from vectorstore.folding import folded
from vectorstore.languages import ENGLISH, NAMES

OTHERS = tuple(language for language in NAMES if language != ENGLISH)
WORD = re.compile(r"[^\W_]+(?:[.,\u00a0\u202f]\d+)*")
_KINDS = {
    "count": Asked.COUNT,
    "percent": Asked.PERCENT,
    "amount": Asked.AMOUNT,
    "duration": Asked.DURATION,
    "who": Asked.WHO,
    "when": Asked.WHEN,
    "where": Asked.WHERE,
    "why": Asked.WHY,
    "what": Asked.WHAT,
}


class _Words(TypedDict):
    """What a file of `tongues/` holds."""

    asking: dict[str, list[str]]
    reasons: list[str]
    places: list[str]
    scales: dict[str, float]
    percent: str
    stop: list[str]


class Tongue:
    """A language other than English.

    asking: for each kind of thing the words that ask for it. reasons, places: what stands before a reason, before a
    place. scales: the words for thousands and millions. percent: the word for it.
    """

    def __init__(self, language: str, words: _Words) -> None:
        self.language = language
        self.asking = {_KINDS[kind]: _any(phrases) for kind, phrases in words["asking"].items()}
        self.reasons = _any(words["reasons"])
        self.places = _any(words["places"])
        self.scales = words["scales"]
        self.percent = words["percent"]
        self._stop = frozenset(folded(word) for word in words["stop"])
        self._stemmer = Stemmer.Stemmer(NAMES[language].lower())

    def key(self, word: str) -> str:
        """What a word is compared by: its stem, without case and diacritics; of a number its digits alone."""
        if word[0].isdigit():
            return re.sub(r"[^\d]", "", word)
        stem: str = self._stemmer.stemWord(folded(word))
        return stem

    def is_content(self, word: str) -> bool:
        """Whether a word carries meaning."""
        return len(word) > 1 and folded(word) not in self._stop

    def keys(self, text: str) -> frozenset[str]:
        """The keys of all words of a text."""
        return frozenset(map(self.key, WORD.findall(text)))

    def content_words(self, text: str) -> tuple[str, ...]:
        """The words of a text that carry meaning, as written, once each."""
        return tuple(dict.fromkeys(word for word in WORD.findall(text) if self.is_content(word)))


@cache
def tongue_of(language: str) -> Tongue:
    """The tongue of an ISO 639-1 tag, one of `OTHERS`."""
    path = Path(__file__).with_name("tongues") / f"{language}.json"
    return Tongue(language, json.loads(path.read_text(encoding="utf-8")))


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of some phrases, the longest first."""
    ordered = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in ordered)})(?!\w)", re.IGNORECASE)
