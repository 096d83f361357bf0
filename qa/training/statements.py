"""A question and its answer -> the sentence that says so: ("Who founded X?", "Ada Lun") -> "Ada Lun founded X."

A question that asks for its subject is turned as it stands: the answer takes the question word's place, and no word
changes its form. One that asks for something else ("Who did Ada meet?") is turned where its text tells which word is
the verb: the one whose past form stands there. People worded the questions freely, so that the sentences are true ones
in other words than their source's.
"""

import re
from collections.abc import Sequence
from functools import cache

from qa.language.terms import irregular_verb_forms, words_of
from qa.training.verbs import Verbs

_WHO = re.compile(r"(?:who|what|which one) (?P<rest>(?P<verb>[a-z]+) .+?)\s*\?*$")
_HOW_MANY = re.compile(
    r"how many (?P<rest>(?P<counted>[a-z][\w' -]{2,40}?) (?:was|were|are|is|have been|had been) .+?)\s*\?*$"
)
_BE = frozenset("is are was were".split())
_PERFECT = frozenset("has have had".split())
_DANGLING = frozenset("in on at of by for with to from about into as".split())
_SUBJECT = frozenset("the a an he she it they i you we his her its their this that these those".split())
_ASKED_OF = re.compile(
    r"(?:(?P<what>who|whom|what|how many (?P<counted>[a-z]+))"
    r"|(?P<when>when|where)) (?P<helper>did|does|do|was|were|is|are|will|would|can|could|has|had) (?P<rest>.+?)\s*\?*$"
)
_PLACING = frozenset("in on at by since near during for with until after before to from as into of".split())
_UNDER = frozenset("under within over against through".split())
_DOING = {"did": Verbs.past, "does": Verbs.present}
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


def statement_of_text(question: str, answer: str, text: str, start: int, verbs: Verbs) -> str | None:
    """Return the sentence that a question and its answer make by the words of the text, or None where it tells none.

    start: where in the text the answer stands; a small word before it is taken with it ("in 1990").

    >>> verbs = Verbs({"meet": "meet"}, {"meet": "met"}, {})
    >>> statement_of_text("Who did Ada meet in Orley?", "Tom", "In Orley Ada met Tom.", 17, verbs)
    'Ada met Tom in Orley.'
    """
    answer = answer.strip().rstrip(".,;:")
    asked = question.strip()
    found = _ASKED_OF.match(asked[:1].lower() + asked[1:])
    if found is None or not answer or len(answer.split()) > _LONGEST:
        return None
    split = _subject_and_verb(found["helper"], found["rest"].split(), frozenset(words_of(text)), verbs)
    if split is None:
        return None
    subject, verb, rest = split
    before = text[:start].split()[-1:]
    placed = f"{before[0]} {answer}" if before and before[0] in _PLACING else answer
    if found["when"]:
        return _sentence(" ".join([*subject, *verb, *rest, placed])) if placed != answer else None
    counted = found["counted"]
    told = f"{answer} {counted}" if counted and counted not in answer.lower() else answer
    if rest and (rest[0] == "to" or rest[-1].endswith("ing")):
        return None
    if rest and (rest[-1] in _DANGLING or rest[-1] in _PLACING or rest[-1] in _UNDER):
        return _sentence(" ".join([*subject, *verb, *rest, told]))
    return _sentence(" ".join([*subject, *verb, told, *rest]))


def _subject_and_verb(
    helper: str, rest: Sequence[str], text: frozenset[str], verbs: Verbs
) -> tuple[Sequence[str], Sequence[str], Sequence[str]] | None:
    """The subject, the verb as a sentence has it, and what follows; the text's words tell where the verb stands."""
    for at, word in enumerate(rest[:8]):
        if at == 0 or not word.islower() or rest[at - 1] == "to":
            continue
        if helper in _DOING:
            form = _DOING[helper](verbs, word)
            if form in text:
                return rest[:at], [str(form)], rest[at + 1 :]
        elif helper in _BE or helper in _PERFECT:
            if verbs.is_past(word) and word in text:
                return rest[:at], [helper, word], rest[at + 1 :]
        elif helper != "do" and verbs.past(word) is not None and word in text:
            return rest[:at], [helper, word], rest[at + 1 :]
    return None
