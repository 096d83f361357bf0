"""What goes to the terminal: an article may say anything, and none of it may steer the terminal."""

import re
import sys
import unicodedata
from io import TextIOWrapper

from rich.console import Console
from rich.text import Text

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


def standard_output() -> Console:
    """A console for stdout: colour on a terminal only, and text as it is, neither wrapped, cut nor taken for markup."""
    _never_fail(sys.stdout)
    return Console(file=sys.stdout, soft_wrap=True, highlight=False, markup=False, emoji=False)


def standard_error() -> Console:
    """The same for stderr."""
    _never_fail(sys.stderr)
    return Console(file=sys.stderr, soft_wrap=True, highlight=False, markup=False, emoji=False)


def complain(message: str) -> None:
    """An error on stderr, a line for each of its lines."""
    console = standard_error()
    for part in message.splitlines() or [""]:
        console.print(Text.assemble(("qa: ", "bold red"), clean(part)))


def write_json(document: bytes) -> None:
    """One JSON document on stdout, in UTF-8 whatever the locale is. C1 controls, which JSON allows, are escaped."""
    text = document.decode("utf-8")
    safe = "".join(f"\\u{ord(c):04x}" if "\x7f" <= c <= "\x9f" else c for c in text) if not text.isascii() else text
    sys.stdout.flush()
    sys.stdout.buffer.write(safe.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def _shown(character: str) -> str:
    if character in _KEPT:
        return character
    category = unicodedata.category(character)
    if category in {"Cc", "Cs", "Zl", "Zp"} or unicodedata.bidirectional(character) in _BIDI:
        return character.encode("unicode_escape").decode("ascii")
    return character


def _never_fail(stream: object) -> None:
    """What the locale's encoding lacks becomes a question mark, not an error."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
