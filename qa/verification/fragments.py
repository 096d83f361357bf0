"""A claim that is no sentence is read with the question that it answers. Pure."""

import re

from qa.language.terms import irregular_verb_forms, words_of

_MOST_WORDS = 8
_VERB = re.compile(
    r"\b(?:am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should)\b"
    r"|\w(?:n['’]t|['’](?:s|re|ve|ll|d))\b|\w{2,}ed\b",
    re.IGNORECASE,
)


def is_fragment(text: str) -> bool:
    """Whether a claim is a few words without a verb: "800 to 1,100.", "The French."

    >>> is_fragment("Between 800 and 1,100 Afghans."), is_fragment("Ben Wallace resigned.")
    (True, False)
    """
    words = words_of(text)
    if len(words) > _MOST_WORDS or _VERB.search(text):
        return False
    lower = {word for word in words if word.islower()}
    return lower.isdisjoint(irregular_verb_forms()) and not _may_be_present(words)


def _may_be_present(words: list[str]) -> bool:
    """Whether a word inside, written small and ending in "s", may be a verb: "Gass leads the Taliban"."""
    return any(word.islower() and word.endswith("s") and not word.endswith("ss") for word in words[1:-1])


def as_told(claim: str, question: str | None) -> str:
    """What a claim says: a fragment says it in reply to its question.

    >>> as_told("800 to 1,100.", "How many Afghans were left behind?")
    'How many Afghans were left behind? 800 to 1,100.'
    """
    return f"{question} {claim}" if question and is_fragment(claim) else claim
