"""What a text says became of the people that a figure counts: "killing all 132 on board" tells of deaths, and so do
"62 storm-related deaths" and "the death toll has risen to 37"; "17 other people injured" does not.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qa.language.figures import Quantity
from qa.language.persons import is_person, outcomes_of
from qa.language.terms import words_of
from qa.language.word_lists import listed

Outcomes = frozenset[int]
_NONE: Outcomes = frozenset()
_HEDGES = frozenset(
    """
    a about all almost an another approximately around as at close dozens estimated everyone few fewer first further
    just least less many more most nearly over roughly several some than the to total up upwards of other
    """.split()
)
_FARTHEST = 80  # characters before a figure that are looked at
# What stands between those counted and their verb: "on board have since been", "others were also".
_BEFORE_VERB = r"""
    also are aboard be been being confirmed feared found had has have in\s+all in\s+total is later left on\s+board
    others? presumed reported since to was were who will \w+ly
    """.split()
# Of what a verb does to others its subject is no figure: "two gunmen killed 19 pupils".
_NO_OBJECT = (
    r"(?!\s+(?:\d|(?:at\s+least|more\s+than|about|some|nearly|two|three|four|five|six|seven|eight|nine|ten)\b))"
)
_VERB = rf"\s++(?!and\b)(\w++){_NO_OBJECT}"  # "killing 15 people and injuring several": of several
_VERBS = re.compile(rf"(?:\s++(?:{'|'.join(_BEFORE_VERB)})\b)*+{_VERB}(?:(?:\s++and\b)?+{_VERB})?+")
# "the death toll in the city has risen to", "the number of injured people is"
_REACHES = "at hit hits is of passed passes reached reaches stands to topped tops was were".split()
_TOLL = re.compile(
    r"\b(?:(?P<noun>toll|deaths|fatalities|injuries|arrests|detentions|evacuations)|(?:number|total|count)\b)"
    rf"(?P<rest>(?:\s++[\w’'-]++){{0,7}}?)\s+(?:{'|'.join(_REACHES)})\s*$"
)
_LINKS = frozenset((" and ", ", ", ", and "))
_FURTHER = listed("further people")


def without_verb(quantity: Quantity) -> Quantity:
    """The figure without a verb that was read as a part of what it counts: "17 people" of "17 people injured"."""
    noun, _, last = (quantity.counted or "").rpartition(" ")
    *_, person = noun.split(" ")
    if (is_person(person) and outcomes_of([last])) or (person == "people" and not is_person(last)):
        return replace(quantity, counted=noun, counted_end=quantity.counted_end - len(last) - 1)
    return quantity


def outcomes_told(sentence: str, quantities: Sequence[Quantity]) -> list[Outcomes]:
    """Return for each figure what is said to have become of those it counts; empty where nothing is.

    Figures in a list share it: "killed 19 pupils and two teachers".
    """
    told = [_told(sentence, quantity) for quantity in quantities]
    for (here, one), (there, other) in pairwise(enumerate(quantities)):
        if sentence[one.counted_end : other.start] in _LINKS:
            told[there] = told[there] or told[here]
            told[here] = told[here] or told[there]
    return told


def outcomes_possible(sentence: str, quantities: Sequence[Quantity]) -> list[Outcomes]:
    """Return for each figure what may have become of those it counts; empty where `outcomes_told` tells nothing.

    That is what is told of it, and what else is said beside it and told of no other figure: both of "15 missing people
    were found dead", and of "five men were arrested on Monday and charged".
    """
    told = outcomes_told(sentence, quantities)
    return [
        mine | (outcomes_of(_beside(sentence, quantities, at)) - _NONE.union(*told[:at], *told[at + 1 :]))
        if mine
        else mine
        for at, mine in enumerate(told)
    ]


def _beside(sentence: str, quantities: Sequence[Quantity], at: int) -> list[str]:
    """What a figure counts, and the words on both sides up to the next figure, but for what is told of further people.

    That is all before it where those come first ("many were killed and 15 injured"), and their verb where they are its
    object ("killed 15 and injured several").
    """
    one = quantities[at]
    start = quantities[at - 1].counted_end if at else 0
    end = quantities[at + 1].start if at + 1 < len(quantities) else len(sentence)
    before, after = (words_of(part.lower()) for part in (sentence[start : one.start], sentence[one.counted_end : end]))
    while before and before[-1] in _HEDGES:
        before.pop()
    if not _FURTHER.isdisjoint(before):
        before = []
    first = next((place for place, word in enumerate(after) if word in _FURTHER), None)
    if first is not None:
        after = after[: max(0, first - 1)]
    return [*words_of(one.counted or ""), *before, *after]


def verbs_after(sentence: str, quantity: Quantity) -> tuple[str, ...]:
    """The two words where the verb stands whose subject a figure counts: "shot dead" after "132 on board were"."""
    match = _VERBS.match(sentence, quantity.counted_end)
    return tuple(filter(None, match.groups())) if match else ()


def _told(sentence: str, quantity: Quantity) -> Outcomes:
    """What the counted words say, else the verb after them, else the one before, else the toll that is a figure."""
    counted = outcomes_of(words_of(quantity.counted or ""))
    if counted:
        return counted
    told = outcomes_of(verbs_after(sentence, quantity))
    if told:
        return told
    before = sentence[max(0, quantity.start - _FARTHEST) : quantity.start]
    return _told_before(before) or (_NONE if quantity.counted else _told_by_toll(before))


def _told_before(before: str) -> Outcomes:
    """The outcome of the word right before a figure and its hedges: "killing at least "."""
    words = before.split()
    while words and words[-1].lower() in _HEDGES:
        words.pop()
    return outcomes_of(words[-1:]) if words and words[-1].isalpha() else _NONE


def _told_by_toll(before: str) -> Outcomes:
    """The outcome counted by what has reached a figure: "the death toll has risen to ", "the number of injured is "."""
    hedged = before.split()
    while hedged and hedged[-1].lower() in _HEDGES - {"to", "at", "of"}:
        hedged.pop()
    match = _TOLL.search(re.split(r"[,;:]", " ".join(hedged))[-1])
    if match is None:
        return _NONE
    noun = "deaths" if match["noun"] == "toll" else match["noun"]
    return outcomes_of([noun] if noun else match["rest"].split())
