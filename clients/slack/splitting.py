"""Slack's limits, and text cut to them: never in a word, a link or an escape. Pure.

What is cut is plain text, before it is escaped, and links are runs of their own (`rich`), so that neither can be cut.
Lengths are counted in UTF-16 code units, the largest of the ways that Slack may count.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

MAX_SECTION = 3_000
"""Of one block."""
MAX_MARKDOWN = 12_000
"""Of the markdown of one call, and of all blocks of one message together, which is less than Slack may take."""
MAX_BLOCKS = 50
MAX_VIEW_BLOCKS = 100
MAX_BUTTON = 75
MAX_VALUE = 2_000
"""Of what a button says, and of what it sends."""

T = TypeVar("T")

_WORDS = re.compile(r"\s*\S+|\s+")


def size(text: str) -> int:
    """How long a text is to Slack.

    >>> size("a🙂")
    3
    """
    return len(text) + sum(character > "\uffff" for character in text)


def pieces(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit`, which give the text when joined; none for an empty one.

    A word that is longer than the limit is cut between characters.

    >>> pieces("one two three", 9)
    ['one two', ' three']
    """
    return list(_packed((part for word in _WORDS.findall(text) for part in _parts(word, limit)), limit))


def shortened(text: str, limit: int) -> str:
    """The beginning of a text, with an ellipsis where something is left out."""
    if size(text) <= limit:
        return text
    first = pieces(text, limit - 1)
    return f"{first[0].rstrip()}…" if first else ""


def grouped(items: Sequence[tuple[T, int]], limit: int, count: int) -> list[list[T]]:
    """Items with their sizes -> groups of at most `count`, together at most `limit`, in order; none where none is."""
    groups: list[list[T]] = []
    room = 0
    for item, weight in items:
        if not groups or weight > room or len(groups[-1]) == count:
            groups.append([])
            room = limit
        groups[-1].append(item)
        room -= weight
    return groups


def _parts(word: str, limit: int) -> Iterable[str]:
    """A word as it is; one that can't fit in its characters."""
    return (word,) if size(word) <= limit else word


def _packed(parts: Iterable[str], limit: int) -> Iterable[str]:
    begun, length = list[str](), 0
    for part in parts:
        weight = size(part)
        if begun and length + weight > limit:
            yield "".join(begun)
            begun, length = [], 0
        begun.append(part)
        length += weight
    if begun:
        yield "".join(begun)
