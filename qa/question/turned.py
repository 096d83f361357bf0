"""A question put the other way round by what a sentence says: an opposite, names exchanged, or what was not done. Pure.

"Why did Dovan approve the bill?" by "Dovan vetoed the bill" gives "Why did Dovan vetoed the bill?": whoever reads it
needs no right form. Where that is answered, and the question as it was put isn't, it takes something for granted that
is not so (`qa/answering/contradicted.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from qa.language.names import find_names
from qa.language.opposites import are_opposite
from qa.language.terms import is_content, is_negated, key_of, keys_of, synonyms_of, words_of

_HELPER = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|can|could|did|does|do|should|must|may|might)\b", re.IGNORECASE
)
_NOT_DONE = re.compile(
    r"\b(?:(?:\w+n['’]t|\w+ not|never)(?: be)?|may|might|could|would|should|(?:hop\w+|plan\w*|want\w*|try|tried|"
    r"threaten\w*|expected|asked|vow\w*|promis\w+|refus\w+|fail\w*|declin\w+|unable|yet) to) (?P<verb>[a-z]+)\b"
)
_OF_PLANS = re.compile(r"\b(?:will|would|can|could|may|might|should|must)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_NAMES = 2
_NAMING = (" the ", " a ", " an ", "'s ", "’s ")  # what follows them is a thing, and nothing that is said of one


class Turn(StrEnum):
    """How a question was put the other way round; undone: as what is only planned or possible, or was not done."""

    OPPOSITE = "opposite"
    EXCHANGED = "exchanged"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Turned:
    """A question put the other way round, and how."""

    text: str
    turn: Turn


def turned_by(question: str, sentence: str, around: str = "") -> Iterator[Turned]:
    """Put a question the other way round, in each way that a sentence gives cause for.

    around: what stands beside the sentence, where names may stand too.

    >>> [one.text for one in turned_by("Why did the price fall?", "The price rose again.")]
    ['Why did the price rose?']
    """
    yield from (Turned(text, Turn.OPPOSITE) for text in _by_opposites(question, sentence))
    yield from (Turned(text, Turn.EXCHANGED) for text in _by_names(question, f"{around} {sentence}"))
    yield from (Turned(text, Turn.UNDONE) for text in _by_what_is_not_done(question, sentence))


def taken_for_granted(question: str) -> str:
    """What a question says beside what it asks, as words that a sentence may bear out.

    >>> taken_for_granted("Why did the mayor sign the bill?"), taken_for_granted("Who signed the bill?")
    ('the mayor sign the bill.', 'signed the bill.')
    """
    helper = _HELPER.search(question)
    said = question[helper.end() :] if helper else " ".join(question.split()[1:])
    return f"{said.strip().rstrip('?').strip()}."


def exchange(text: str, one: str, other: str) -> str | None:
    """Put each of two names in the other's place; None where they stand as one, or one in the other."""
    if one in other or other in one or f"{one} and {other}" in text or f"{other} and {one}" in text:
        return None
    return text.replace(one, "\0").replace(other, one).replace("\0", other)


def _by_opposites(question: str, sentence: str) -> Iterator[str]:
    """An opposite that the sentence has, in the place of a word that it has neither itself nor in other words."""
    said: dict[str, str] = {}
    for word in words_of(sentence):
        said.setdefault(key_of(word), word)
    for found in _WORD.finditer(question):
        key = key_of(found[0])
        known = key in said or not synonyms_of(key).isdisjoint(said)
        if known or not _is_said(found, question):
            continue
        for other, word in said.items():
            if are_opposite(key, other):
                yield f"{question[: found.start()]}{word}{question[found.end() :]}"


def _by_names(question: str, text: str) -> Iterator[str]:
    """Its two names, both of which the text has, each in the other's place; of more, some pair fits by chance."""
    keys = frozenset(keys_of(text))
    names = dict.fromkeys(name.text for name in find_names(question))
    if len(names) == _NAMES and not any(keys.isdisjoint(keys_of(name)) for name in names):
        exchanged = exchange(question, *names)
        yield from [exchanged] if exchanged else []


def _by_what_is_not_done(question: str, sentence: str) -> Iterator[str]:
    """What is asked of as done, with what the sentence says before it, where that is planned, possible or denied."""
    if _OF_PLANS.search(question) or _NOT_DONE.search(question) or is_negated(question):
        return
    asked = {key_of(found[0]): found for found in _WORD.finditer(question)}
    for told in _NOT_DONE.finditer(sentence):
        found = asked.get(key_of(told["verb"]))
        if found and _is_said(found, question):
            yield f"{question[: found.start()]}{told[0]}{question[found.end() :]}"


def _is_said(found: re.Match[str], question: str) -> bool:
    """Whether a word says something of a thing, and does not name one: not "father" in "who was the father of"."""
    return is_content(found[0]) and not question[: found.start()].lower().endswith(_NAMING)
