"""A question and its answer -> the sentence that says so: ("Who founded X?", "Ada Lun") -> "Ada Lun founded X."

Only questions that ask for their subject are turned, for there the answer takes the question word's place and no word
changes its form. People worded them freely, so that the sentences are true ones in other words than their source's.
"""

import re
from collections.abc import Sequence
from functools import cache

from qa.language.terms import irregular_verb_forms

_WHO = re.compile(r"(?:who|what|which one) (?P<rest>(?P<verb>[a-z]+) .+?)\s*\?*$")
_HOW_MANY = re.compile(
    r"how many (?P<rest>(?P<counted>[a-z][\w' -]{2,40}?) (?:was|were|are|is|have been|had been) .+?)\s*\?*$"
)
_BE = frozenset("is are was were".split())
_PERFECT = frozenset("has have had".split())
_DANGLING = frozenset("in on at of by for with to from about into as".split())
_SUBJECT = frozenset("the a an he she it they i you we his her its their this that these those".split())
_LONGEST = 12  # words of an answer that is put in a question word's place


def statement(question: str, answer: str) -> str | None:
    """Return the sentence that a question and its answer make, or None where it doesn't ask for its subject.

    >>> statement("Who founded the hospital?", "Ada Lun"), statement("Who did Ada meet?", "Tom")
    ('Ada Lun founded the hospital.', None)
    >>> statement("How many people were evacuated?", "15,000")
    '15,000 people were evacuated.'
    """
    answer = answer.strip().rstrip(".,;:")
    if not answer or len(answer.split()) > _LONGEST:
        return None
    asked = question.strip()
    asked = asked[:1].lower() + asked[1:]
    if counted := _HOW_MANY.match(asked):
        rest = counted["rest"]
        holds = counted["counted"].split()[0].lower() in answer.lower()
        return _sentence(answer + (rest[len(counted["counted"]) :] if holds else f" {rest}"))
    found = _WHO.match(asked)
    if found is None or not _asks_for_subject(found["rest"].split()):
        return None
    return _sentence(f"{answer} {found['rest']}")


def _asks_for_subject(rest: Sequence[str]) -> bool:
    """Whether what follows the question word begins with its verb, and no subject comes after that."""
    verb, after, last = rest[0], rest[1], rest[-1]
    if verb in _BE or verb in _PERFECT:
        named = after in _SUBJECT or after[:1].isupper()
        inverted = verb in _PERFECT or last in _DANGLING or last.endswith(("ed", "ing")) or last in _irregular()
        return not (named and inverted)
    return verb.endswith("ed") or verb in _irregular() or (verb.endswith("s") and verb != "does" and len(verb) > 3)


@cache
def _irregular() -> frozenset[str]:
    return frozenset(irregular_verb_forms()) - {"did", "do", "done"}


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
