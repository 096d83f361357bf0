"""Compare a claim, word for word, with a sentence that it is nearly a copy of. Pure.

Models mostly copy: what a copied sentence has in the place of the source's own word is where it may have gone wrong.
"""

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from qa.language.names_compare import same_name
from qa.language.opposites import are_opposite
from qa.language.polarity import is_negation
from qa.language.terms import bare, is_content, key_of, synonyms_of, words_of
from qa.verification.claim_facts import Facts

_MOST_REPLACED = 3  # words in one place
_LIKE_COPIES = 0.6  # share of the claim's words that the source has in the same order


@lru_cache(maxsize=512)
def _replacements(claim: str, main: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]:
    """The words of a claim that stand in the place of others in a source's sentence, if they are otherwise alike.

    Each with the source's words, and with the source's words that follow.
    """
    ours, theirs = words_of(claim), words_of(main)
    blocks = SequenceMatcher(None, [*map(key_of, ours)], [*map(key_of, theirs)], autojunk=False).get_opcodes()
    if sum(end - start for kind, start, end, _, _ in blocks if kind == "equal") < _LIKE_COPIES * len(ours):
        return ()
    return tuple(
        (tuple(ours[start:end]), tuple(theirs[low:high]), " ".join(theirs[high : high + 2]))
        for kind, start, end, low, high in blocks
        if kind != "equal" and end - start <= _MOST_REPLACED and high - low <= _MOST_REPLACED
    )


def replaced(claim: Facts, main: Facts) -> Iterator[str]:
    """What stands in the place of something else in two sentences that are otherwise alike.

    An opposite ("after" for "before", "won" for "lost"), a negation more or less, or another name.
    """
    for ours, theirs, following in _replacements(claim.text, main.text):
        if _is_one_negation(theirs) and not ours:
            yield f"the source says “{theirs[0]} {following}”"
        elif _is_one_negation(ours) and not theirs:
            yield f"the source does not say “{ours[0]}” before “{following}”"
        elif _are_other_names(ours, theirs, claim):
            yield f"where it says “{' '.join(ours)}”, the source says “{' '.join(theirs)}”"
        for word in ours:
            if any(are_opposite(key_of(word), key_of(other)) for other in theirs):
                yield f"the source says the opposite of “{word}”"


def _is_one_negation(words: Sequence[str]) -> bool:
    return len(words) == 1 and is_negation(words[0].lower(), "")


def _are_other_names(ours: Sequence[str], theirs: Sequence[str], claim: Facts) -> bool:
    """Whether a name stands in the place of one that the claim does not have at all."""
    mine, given = ([word for word in side if word[0].isupper() and is_content(word)] for side in (ours, theirs))
    if not mine or not given or any(key_of(word) in claim.keys for word in given):
        return False
    named = {word for name in claim.names for word in words_of(name.text)}
    return named.issuperset(mine) and not same_name(" ".join(mine), " ".join(given))


def substitutions(claim: Facts, main: Facts, unmet: Collection[str]) -> list[str]:
    """Words of a claim in whose place a sentence otherwise like it has another, which may or may not mean the same.

    unmet: the words of the claim that the source does not have.
    """
    found = []
    for ours, theirs, _ in _replacements(claim.text, main.text):
        old = [word for word in theirs if is_content(word) and synonyms_of(key_of(word)).isdisjoint(claim.keys)]
        if old and not set(unmet).isdisjoint(map(bare, ours)):
            found.append(f"where it says “{' '.join(ours)}”, the source says “{' '.join(theirs)}”")
    return found
