"""In which language a text is written: of an article when it is taken in, and of a question when it is asked.

Most is English, which its small words tell; for the rest py3langid is asked, whose model takes half a second to load.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
NAMES = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "pt": "Portuguese",
    "nl": "Dutch",
}
"""The languages whose words are stemmed and whose questions are understood, by their ISO 639-1 tags."""

_LOOKED_AT = 600  # characters of an article
_SHORTEST = 20  # letters of an article, below which nothing is told
_SURE = 0.9
_SURE_OF_A_QUESTION = 0.5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# None of these is a word of another of the languages.
_ENGLISH_WORDS = frozenset("the and to with that from by his which said for been their they".split())
_ENGLISH_SHARE = 0.08
_ASKING = frozenset(
    "the how what who whom whose which when where why did does many much of and there they people".split()
)


def language_of_article(text: str, stated: str | None = None) -> str | None:
    """The language of an article as its text tells it: an ISO 639-1 tag, of whatever language; else what is stated.

    stated: what the article says of itself; it counts where it says more ("pt-BR"), or the text tells nothing.
    """
    found = _of_text(text[:_LOOKED_AT])
    return stated if stated and found in (None, base_of(stated)) else found


def language_of_question(text: str) -> str | None:
    """Which of `NAMES` a question is asked in; None where its words don't tell, as "Kabul 2021".

    >>> language_of_question("Wie viele Menschen mussten ihre Häuser verlassen?")
    'de'
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if not _ASKING.isdisjoint(words):
        return ENGLISH
    if not words:
        return None
    language, chance = _among_ours().classify(text)
    return language if chance >= _SURE_OF_A_QUESTION else None


def base_of(tag: str | None) -> str | None:
    """The language of a tag: "pt-BR" is "pt"."""
    return re.split("[-_]", tag, maxsplit=1)[0].lower() if tag else None


def _of_text(text: str) -> str | None:
    words = [word.lower() for word in _WORD.findall(text)]
    if sum(word in _ENGLISH_WORDS for word in words) > _ENGLISH_SHARE * len(words):
        return ENGLISH
    if sum(map(len, words)) < _SHORTEST:
        return None
    language, chance = _among_all().classify(text)
    return language if chance >= _SURE else None


@cache
def _among_all() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # 0.6 s, and most texts don't need it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _among_ours() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(NAMES))
    return identifier
