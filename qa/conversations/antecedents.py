"""What "it" and "they" stand for: what was asked about, or what was cited for an answer. Pure."""

import re
from collections.abc import Sequence

from qa.conversations.pointing import persons_in
from qa.language.dates import find_dates
from qa.language.names import find_names
from qa.language.nations import nation_of
from qa.language.terms import content_words, keys_of, words_of
from qa.question.understand import NUMERIC, understand
from qa.records import Exchange

_THING = re.compile(r"\b(?:it|its)\b", re.IGNORECASE)
_THINGS = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
# "is it true that", "it is thought": that "it" stands for nothing.
_EMPTY = re.compile(r"\bit\b\s+(?:is\s+|was\s+)?(?:true|thought|said|possible|likely|clear|that)\b", re.IGNORECASE)
_LONGEST = 5  # words of what is put in a pronoun's place


def resolved(question: str, before: Sequence[Exchange]) -> str:
    """The question with the first "it" or "they" replaced by what it stands for, where the last exchange tells.

    >>> asked = Exchange("How many US troops were sent?", "How many US troops were sent?", "", "3,000 US troops")
    >>> resolved("when do they arrive?", [asked])
    'when do US troops arrive?'
    """
    last = before[-1]
    pronoun = _THINGS.search(question)
    told = _things(last) if pronoun else None
    if not pronoun and not _EMPTY.search(question):
        pronoun = _THING.search(question)
        told = _thing(last) if pronoun else None
    if not (pronoun and told) or set(keys_of(told)) <= set(keys_of(question)):
        return question
    owner = "" if pronoun[0].lower() not in {"its", "their"} else "'" if told.endswith("s") else "'s"
    return f"{question[: pronoun.start()]}{told}{owner}{question[pronoun.end() :]}"


def _things(last: Exchange) -> str | None:
    """What was counted, in the question or in what was cited for it: "US troops", never how many."""
    asked = understand(last.outside)
    if asked.asked not in NUMERIC:
        return None
    return asked.focus or _uncounted(last.short_answer or "")


def _thing(last: Exchange) -> str | None:
    """The one name that the question has, a person's or a nation's apart; else the one that answered it."""
    for text in (last.outside, last.short_answer or ""):
        persons = persons_in(f"x {text}")
        names = [name.text for name in find_names(f"x {text}")]
        things = [name for name in names if nation_of(name) is None and name not in persons]
        if len(things) == 1 and len(words_of(things[0])) <= _LONGEST and not find_dates(things[0], None):
            return things[0]
    return None


def _uncounted(short: str) -> str | None:
    """The words of a short answer without its figure: "15,000 people" -> "people"."""
    words = [word for word in words_of(short) if word[0].isalpha()]
    return " ".join(words) if content_words(short) and 0 < len(words) < len(words_of(short)) <= _LONGEST else None
