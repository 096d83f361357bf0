"""Tell where a source says the contrary of a claim: denied, by an opposite word, or of somebody else. Pure, and rough.

Every check looks at one or two sentences of a source that bear the claim out best otherwise, and says nothing where
it can't tell: what it finds is a reason to drop the claim.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from qa.language.names_compare import looks_like_person, same_name
from qa.language.nations import nation_of
from qa.language.opposites import are_opposite, opposites_of
from qa.language.polarity import Polarities, denials, polarities
from qa.language.terms import key_of, synonyms_of
from qa.verification.claim_facts import Facts
from qa.verification.near_copies import replaced
from qa.verification.roles import SAYING, Act, acts_of


def contradictions(
    claim: Facts, window: Sequence[Facts], main: Facts, persons: Sequence[str], publishers: Sequence[str] = ()
) -> list[str]:
    """What in a window of a source speaks against a claim, in words; empty where nothing does.

    main: the sentence of the window that meets most of the claim. persons: the names of the sources, by which a bare
    "Wallace" is known to be a person. publishers: who published the sources, and is nobody that they speak of.
    """
    checks = (
        _denied(claim, window),
        _opposed(claim, window),
        replaced(claim, main),
        _of_somebody_else(claim, main, persons, publishers),
        _changed_over(claim, window, persons, publishers),
    )
    return [problem for check in checks for problem in check]


def _merged(window: Sequence[Facts]) -> Polarities:
    signs: dict[str, frozenset[bool]] = {}
    heads: set[str] = set()
    for sentence in window:
        found = polarities(sentence.text)
        heads |= found.heads
        for key, both in found.signs.items():
            signs[key] = signs.get(key, frozenset()) | both
    return Polarities(signs, frozenset(heads))


def _denied(claim: Facts, window: Sequence[Facts]) -> Iterator[str]:
    """Words that the claim affirms and the source denies, or the other way round.

    Where they deny a word together, what else is said either way is taken for the same denial in other words. Where the
    other does not have the word that the denial falls on, it may say the same without denying: "keeps its stake" for
    "would not sell its stake".
    """
    said, given = polarities(claim.text), _merged(window)
    negations, denied = denials(claim.text)
    others = [denials(sentence.text) for sentence in window]
    if any(denied & theirs for _, theirs in others):
        return
    found = []
    for key, signs in said.signs.items():
        theirs = _signs_of(key, given)
        if True in signs & theirs and negations <= sum(count for count, _ in others):
            return
        if theirs and signs.isdisjoint(theirs):
            found.append(key)
    by_head = any(_signs_of(head, given) for head in said.heads) or any(_signs_of(head, said) for head in given.heads)
    if found and by_head:
        verb = "affirms" if True in said.signs[found[0]] else "denies"
        yield f"the source {verb} what it says of “{_as_written(claim, found[0])}”"
    elif negations > sum(count + len(words) for count, words in others) and not _by_opposites(said.signs, given.signs):
        yield "it denies what the source does not deny"


def _signs_of(key: str, given: Polarities) -> frozenset[bool]:
    """Whether a word, or a synonym where it is not there itself, is negated in a text; empty where neither is there."""
    own = given.signs.get(key)
    if own is not None:
        return own
    return frozenset().union(*(given.signs.get(other, frozenset()) for other in synonyms_of(key)))


def _by_opposites(said: Mapping[str, frozenset[bool]], given: Mapping[str, frozenset[bool]]) -> bool:
    """Whether the claim denies what the source has the opposite of: "did not rise" where that says "fell"."""
    denied = [key for key, signs in said.items() if True in signs]
    return any(are_opposite(key, other) for key in denied for other in given)


def _opposed(claim: Facts, window: Sequence[Facts]) -> Iterator[str]:
    """Words of the claim in whose place the source has an opposite."""
    keys = frozenset().union(*(sentence.keys for sentence in window))
    said, given = polarities(claim.text).signs, _merged(window).signs
    for key, signs in said.items():
        if not keys.isdisjoint(synonyms_of(key)):
            continue
        for other in opposites_of(key) & keys or {other for other in keys if are_opposite(key, other)}:
            if not signs.isdisjoint(given.get(other, frozenset((False,)))):
                yield f"the source says the opposite of “{_as_written(claim, key)}”"
                return


def _as_written(claim: Facts, key: str) -> str:
    return next((word for word in claim.content if key_of(word) == key), key)


_PRONOUN = re.compile(r"\b(?:he|she|they|we|i|it|his|her|their|who)\b", re.IGNORECASE)


def _of_somebody_else(claim: Facts, main: Facts, persons: Sequence[str], publishers: Sequence[str]) -> Iterator[str]:
    """A person of the claim who is not in the sentence that bears it out, where that names another person instead."""
    named = (name.text for name in claim.names if not _share_name([name.text], publishers))
    ours = [name for name in named if _is_person(name, persons)]
    theirs = [name for name in main.names if _is_person(name.text, persons)]
    if not ours or not theirs or any(same_name(a, b.text) for a in ours for b in theirs):
        return
    if all(a in main.text for a in ours) or _PRONOUN.search(main.text, 0, theirs[0].start):
        return
    yield f"the source says that of {theirs[0].text}, not of {ours[0]}"


def _is_person(name: str, persons: Sequence[str]) -> bool:
    return looks_like_person(name) or any(looks_like_person(known) and same_name(known, name) for known in persons)


def _changed_over(
    claim: Facts, window: Sequence[Facts], persons: Sequence[str], publishers: Sequence[str]
) -> Iterator[str]:
    """Acts of the claim that the source tells of others, or the other way round."""
    given = [act for sentence in window for act in acts_of(sentence.text)]
    for act in acts_of(claim.text):
        if act.verb == SAYING and _share_name(act.doer.names, publishers):
            continue
        same = [other for other in given if other.verb == act.verb]
        if same and all(_is_reverse(act, other) or _has_other_doer(act, other, persons) for other in same):
            yield f"the source does not have the same doing it to the same (“{act.verb.lstrip('=')}”)"
            return


def _is_reverse(act: Act, other: Act) -> bool:
    """Whether who does it in the one is whom it is done to in the other."""
    doer, theirs = act.doer.keys, other.doer.keys
    if not doer or not doer.isdisjoint(theirs) or _share_name(act.doer.names, other.doer.names):
        return False
    if not doer.isdisjoint(other.further.keys) and not act.further.keys.isdisjoint(theirs):
        return True
    # Who does it may not be said there ("they"), or be somebody else; without an object it is no act upon another.
    return bool(act.done_to.keys) and doer <= other.further.keys and act.verb != SAYING


def _share_name(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(same_name(a, b) for a in some for b in others)


def _has_other_doer(act: Act, other: Act, persons: Sequence[str]) -> bool:
    """Whether both name who does it, both persons or both countries, and no name is the same."""
    mine, theirs = act.doer.names, other.doer.names
    if not mine or not theirs or _share_name(mine, theirs):
        return False
    both_persons = all(any(_is_person(name, persons) for name in side) for side in (mine, theirs))
    return both_persons or all(all(nation_of(name) for name in side) for side in (mine, theirs))
