"""Letters without case and diacritics, for searching: "Orbath" finds "Orbáth". Pure."""

import re
import unicodedata
from functools import cache

_MARKS = re.compile("[\u0300-\u036f]")
_WHOLE = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ħ": "h",
}
# Latin and Greek: where marks make other letters, as in Cyrillic й, they count.
_FOLDED = re.compile("[\u00df-\u024f\u0300-\u036f\u0386-\u03ce\u1e00-\u1fff]")


def folded(text: str) -> str:
    """A text in lower case, accents left out; of another length, so its offsets are its own.

    >>> folded("Orbáth, Łódź and Straße")
    'orbath, lodz and strasse'
    """
    text = text.lower()
    if text.isascii() or not _FOLDED.search(
        text
    ):  # most English is not, and has none: a search folds hundreds of texts
        return text
    if _MARKS.search(text):
        text = unicodedata.normalize("NFC", text)
    for letter in set(_FOLDED.findall(text)):
        text = text.replace(letter, _plain(letter))
    return text


@cache
def _plain(letter: str) -> str:
    """A letter without its marks; there are some 1,500 of them."""
    return _WHOLE.get(letter) or _MARKS.sub("", unicodedata.normalize("NFD", letter))
