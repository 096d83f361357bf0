"""What a question wants, word by word: how it asks, for what kind of thing, and what stands around the asking word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from qa.language.terms import is_content, key_of
from qa.question import Asked, Question
from qa.short_answer.tokens import POSSESSIVE, WORD, Floats, is_open, is_past

_ASKING = frozenset("who whom whose what which when where why how".split())
_AUXILIARY = frozenset(
    "is are was were be been do does did has have had will would can could may might should must 's".split()
)
_DO = frozenset("do does did".split())
_BEFORE_NOUN = frozenset("the a an one his its their".split())
_COUNTING = frozenset("many much long far old large big tall high fast often".split())
_KINDS = frozenset("type types kind kinds sort sorts form forms name names".split())
_NAMING = frozenset("called named known name term termed".split())
_NO_VERB_AFTER = frozenset("the a an of in by on at for with and".split())
_IMPLIED = {"who": "person", "whom": "person", "when": "year", "where": "place"}
WAYS = (
    "what_noun", "what_be", "what_do", "what_verb", "which", "who", "whom", "whose", "when", "where", "why", "how",
    "how_many", "none",
)  # fmt: skip
_NOUNS = {
    name: frozenset(words.split())
    for name, words in {
        "date": "year date day month century decade time period era when",
        "person": "who person leader king emperor president author scientist mathematician engineer inventor man woman "
        "researcher professor player founder philosopher general ruler minister",
        "place": "where country city state location region place area province island continent town river nation "
        "building",
        "body": "company organization group institution university team agency party band network tribe church dynasty "
        "court army",
        "number": "number percentage percent amount population rate size many much",
        "name": "name title word term called phrase acronym nickname",
        "kind": "type kind sort form class example category style",
        "reason": "reason cause purpose goal why",
        "thing": "process method system law theory disease event war battle treaty directive policy article principle",
    }.items()
}
_NOUN_OF = {word: name for name, words in _NOUNS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question as the choice of its short answer sees it; places count its words.

    words: as written, marks too. asking: the place of the word that asks, -1 where none does. after: where what follows
    the asking phrase begins ("what year | did"). focus: the noun that names the kind of thing ("year"). content: the
    places of the words that carry meaning; keys: their keys. verb: the place of what seems its verb. every: the keys of
    all words. left, right: the keys of the two words before and after the asking phrase. signs: all of it in numbers.
    """

    question: Question
    words: Sequence[str]
    asking: int
    after: int
    focus: str | None
    content: Sequence[int]
    keys: Mapping[str, int]
    verb: int | None
    every: frozenset[str]
    left: Sequence[str]
    right: Sequence[str]
    signs: Floats = field(repr=False)


def want(question: Question) -> Wanted:
    """Read what a question wants."""
    words = [match.group() for match in WORD.finditer(question.text)]
    lowers = [word.lower() for word in words]
    asking = next((place for place, lower in enumerate(lowers) if lower in _ASKING), -1)
    way, focus, kind_of = _way_of(lowers, asking)
    after = (focus if focus is not None and way in ("what_noun", "which", "how_many") else asking) + 1
    named = words[focus] if focus is not None else _IMPLIED.get(way)
    content = [place for place, word in enumerate(words) if is_open(lowers[place]) and is_content(word)]
    keys: dict[str, int] = {}
    for place in content:
        keys.setdefault(key_of(words[place]), place)
    spoken = [word for word in words[after : after + 2] if word[0].isalnum()]
    noun = noun_of(named) if named else None
    signs = [
        *(way == one for one in WAYS),
        *(question.asked is one for one in Asked),
        *(noun == one for one in _NOUNS),
        kind_of,
        named is not None,
        asking == 0,
        asking > len(words) * 0.6,
        len(content) / 10,
        not _NAMING.isdisjoint(lowers),
        named is not None and named.endswith("s"),
        way == "what_be" and focus is None,
    ]
    return Wanted(
        question=question,
        words=words,
        asking=asking,
        after=after,
        focus=named,
        content=content,
        keys=keys,
        verb=_verb_of(lowers, way, asking, after, content),
        every=frozenset(key_of(word) for word in words if word[0].isalnum()),
        left=[key_of(word) for word in words[max(0, asking - 2) : max(0, asking)]],
        right=[key_of(word) for word in spoken],
        signs=np.array(signs, np.float32),
    )


def _way_of(lowers: Sequence[str], asking: int) -> tuple[str, int | None, bool]:
    """How a question asks, the place of the noun that names the kind of thing, and whether it says "what kind of"."""
    if asking < 0:
        return "none", None, False
    word, place = lowers[asking], asking + 1
    following = lowers[place] if place < len(lowers) else ""
    if word == "how":
        return ("how_many", _plural_end(lowers, place + 1), False) if following in _COUNTING else ("how", None, False)
    if word not in ("what", "which"):
        return word, None, False
    if following in _DO:
        return "what_do", None, False
    if following in _AUXILIARY:
        return "what_be", _named_after_be(lowers, place + 1), False
    noun = _noun_end(lowers, place)
    if noun is None:
        return ("what_verb" if word == "what" else "which"), None, False
    if noun == place and _is_verb(lowers, place):
        return "what_verb", None, False
    kind_of = lowers[noun] in _KINDS and lowers[noun + 1 : noun + 2] == ["of"]
    if kind_of:
        noun = _noun_end(lowers, noun + 2) or noun
    return ("what_noun" if word == "what" else "which"), noun, kind_of


def _noun_end(lowers: Sequence[str], place: int) -> int | None:
    """The place of the last noun of the phrase that begins at a place: of "year" in "year was it"."""
    last = None
    while place < len(lowers) and is_open(lowers[place]) and not (last is not None and is_past(lowers[place])):
        last, place = place, place + 1
    return last


def _plural_end(lowers: Sequence[str], place: int) -> int | None:
    """The same for what is counted: its last noun in the plural, where it has one ("protestants live")."""
    end = _noun_end(lowers, place)
    if end is None:
        return None
    return next((at for at in range(end, place - 1, -1) if re.fullmatch(r"\w{2,}[^\Ws]s", lowers[at])), end)


def _named_after_be(lowers: Sequence[str], place: int) -> int | None:
    """The place of the noun in "what is the name of", "what was Watt's partner"."""
    last = None
    while place < len(lowers) and (
        is_open(lowers[place]) or lowers[place] in _BEFORE_NOUN or lowers[place] in POSSESSIVE
    ):
        if is_open(lowers[place]):
            last = place
        place += 1
    return last


def _is_verb(lowers: Sequence[str], place: int) -> bool:
    """Whether the word right after "what" seems to be a verb: "what caused", "what leads to"."""
    word = lowers[place]
    present = word.endswith("s") and not word.endswith("ss")
    return is_past(word) or (present and lowers[place + 1 : place + 2] in (["the"], ["a"], ["an"], ["to"]))


def _verb_of(lowers: Sequence[str], way: str, asking: int, after: int, content: Sequence[int]) -> int | None:
    """The place of what seems to be the main verb."""
    places = [place for place in content if place >= after]
    if not places:
        return None
    following = lowers[after] if after < len(lowers) else ""
    if way in ("who", "what_verb", "what_noun", "which") and following not in _AUXILIARY:
        return places[0]
    if way == "what_do" or following in _DO:
        found = None
        for place in places:
            if lowers[place - 1] not in _NO_VERB_AFTER and place > asking + 2:
                found = place
            elif found is not None:
                break
        return places[-1] if found is None else found
    return next((place for place in places if is_past(lowers[place]) or lowers[place].endswith("ing")), None)


def noun_of(word: str) -> str | None:
    """Which kind of thing a noun names."""
    lower = word.lower()
    singular = lower[:-3] + "y" if lower.endswith("ies") else lower.removesuffix("s")
    return _NOUN_OF.get(lower) or _NOUN_OF.get(singular)
