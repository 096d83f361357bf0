"""Text that is safe to show: an article may say anything, and none of it may steer what shows it. Pure."""

import re
import unicodedata

_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
_KEPT = "\n\t"
_BREAK = re.compile(r" *[\t\n\r\v\f\x85\u2028\u2029]+ *")


def clean(text: str) -> str:
    r"""Make text safe to show: control characters and the like become visible escapes.

    >>> clean("red: \x1b[31m")
    'red: \\x1b[31m'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def line(text: str) -> str:
    """`clean`, on one line: a line break and the blanks around it become one blank."""
    return clean(_BREAK.sub(" ", text).strip(" "))


def _shown(character: str) -> str:
    if character in _KEPT:
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Cs", "Zl", "Zp"} or unicodedata.bidirectional(character) in _BIDI:
        return character.encode("unicode_escape").decode("ascii")
    return character
