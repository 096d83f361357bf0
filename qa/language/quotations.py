"""Find quotations in a sentence, and tell whether a text holds one letter for letter. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks: `text[start:end]`, the marks left out.

    parts: what must stand in the source, in that order: an ellipsis or a bracketed insertion ("[the Taliban]") parts
    them. Normalised, the stop or comma at its end left out, since some styles put their own there.
    """

    start: int
    end: int
    parts: tuple[str, ...]


# A straight or a curly single mark is an apostrophe within a word, and at a word's end when nothing opened before it.
_QUOTED = re.compile(
    r"[“„«](?P<double>[^“”„«»]+)[”»“]|\"(?P<straight>[^\"]+)\""
    r"|(?<![\w’'])[‘](?P<single>(?:[^‘’]|’(?=\w))+)’(?!\w)|(?<![\w'])'(?P<plain>(?:[^']|'(?=\w))+)'(?!\w)"
)
_OMISSION = re.compile(r"\s*(?:\.\s?\.\s?\.+|…|\[[^\[\]]*\])\s*")
_EDGES = " .,;:!?-"
_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„«»\"‘’‚‛`´'", "'"),
        **dict.fromkeys("-–—‐‑‒―−", "-"),
        "\u00a0": " ",
        "\u202f": " ",
        "\u00ad": "",
        "\u200b": "",
    }
)


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of a text in order, without overlaps. One that nothing closes is none."""
    found = []
    for match in _QUOTED.finditer(text):
        group = match.lastgroup or 0
        parts = tuple(filter(None, (normalised(part).strip(_EDGES) for part in _OMISSION.split(match[group]))))
        if parts:
            found.append(Quotation(*match.span(group), parts))
    return tuple(found)


def holds(text: str, quotation: Quotation) -> bool:
    """Whether a text holds the quotation's words letter for letter; only its first letter may differ in case.

    Quotation marks, dashes and white space are alike however they are written; words are whole ones.

    >>> holds("He spoke of a “security\\nvacuum” there.", find_quotations('"Security vacuum," he said.')[0])
    True
    """
    plain, at = normalised(text), 0
    for part in quotation.parts:
        found = re.compile(rf"(?<!\w){_either_case(part[0])}{re.escape(part[1:])}(?!\w)").search(plain, at)
        if found is None:
            return False
        at = found.end()
    return True


def _either_case(letter: str) -> str:
    return f"[{letter.lower()}{letter.upper()}]" if letter.isalpha() else re.escape(letter)


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """The text with one kind of quotation mark and dash, and single spaces."""
    return " ".join(text.translate(_SAME).split())
