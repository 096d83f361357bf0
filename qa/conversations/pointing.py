"""What a question points to that can't be told: whom "he" is, which "this card" is, which of several plans. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.language.names import find_names
from qa.language.names_compare import looks_like_person
from qa.language.terms import content_words, is_content, key_of, keys_of, words_of
from qa.language.word_lists import listed
from qa.records import Exchange

PERSONAL = frozenset("he him his himself she her hers herself".split())
ASKING = frozenset("who whom whose what which when where why how".split())
HELPERS = frozenset(
    "is are was were be been do does did has have had can could will would shall should may might must am isn't aren't "
    "wasn't weren't don't doesn't didn't hasn't haven't can't couldn't won't wouldn't".split()
)
# "Who set out his terms?": whoever did.
_BOUND = re.compile(r"\b(?:who|which)\b.*\b(?:his|himself|her|hers|herself)\b", re.IGNORECASE)
_SUGGESTED = 3
_BACK = 3  # exchanges in which kinds of a thing are looked for
_TELLING = 4  # content words, from which on a question has a topic of its own
# "the loan", "this credit card"; what follows may tell which: "the loan of a friend".
_POINTED = re.compile(
    r"\b(?P<by>the|this|these)[ ]+(?=(?P<thing>[^\W\d_]+(?:[ -][^\W\d_]+){0,4})(?P<owner>['’]s?\b)?)", re.IGNORECASE
)
_TELLS_WHICH = frozenset("of in for from that who whom which whose where when with on by to between about at".split())
_UNNAMED = re.compile(r"\ban?\s+(?:specific|certain|particular)\s+(?!time\b)([a-z]{3,})", re.IGNORECASE)
_SUPPORT = re.compile(r"\b(?:do|does|did|can|could|will|would|should|may|might|must)\s+$", re.IGNORECASE)
_NO_THINGS = frozenset(
    key_of(word)
    for word in "week weekend year month morning afternoon evening night time day decade century season summer winter "
    "autumn spring question topic subject point way case moment information article news story".split()
)
_NO_NOUNS = listed("function")
_TITLES = listed("titles") | listed("offices")

Several = Callable[[str], bool]
"""Whether the articles speak of several such things, and those cited last of none of them."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """What is missing, in a sentence, and up to three questions that may have been meant."""

    missing: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Pointed:
    """A thing that a question points to: "the loan", `question[start:end]`.

    told: what follows tells which ("the loan of a friend").
    """

    start: int
    end: int
    thing: str
    demonstrative: bool
    told: bool


def points_nowhere(question: str) -> Unclear | None:
    """What a first question lacks, which has nothing before it to lean on."""
    words = [word.lower() for word in words_of(question)]
    if words and not any(is_content(word) for word in words_of(question)) and ASKING.intersection(words):
        return Unclear(f"It isn't clear what “{' '.join(words)}” asks about: nothing was asked before. Say of what.")
    pointing = _personal(question)
    if pointing and not find_names(f"x {question}"):
        return Unclear(f"It isn't clear who is meant by “{pointing}”. Name the person.")
    return undemonstrated(question, ())


def undemonstrated(question: str, before: Sequence[Exchange]) -> Unclear | None:
    """Unclear where it speaks of "this credit card", and nobody has spoken of one."""
    known = _known(before)
    for one in _pointed(question):
        met = known.union(keys_of(question[: one.start]))
        if one.demonstrative and key_of(one.thing.split()[-1]) not in met:
            return _which(question[one.start : one.end])
    return None


def one_of_several(question: str, before: Sequence[Exchange]) -> Unclear | None:
    """Unclear where "the plan" may be one of those that answers named ("Trial plan", "Standard plan"): all suggested.

    Not where the question before had already chosen one.
    """
    told = " ".join(one.text for one in before[-_BACK:])
    for one in _pointed(question):
        thing = one.thing
        if one.told or " " in thing or not thing.islower():
            continue
        kind = re.compile(rf"\b((?:[A-Z][\w-]*\s+)+){re.escape(thing)}\b")
        if kind.search(before[-1].question):
            continue
        kinds = dict.fromkeys(match[1].strip() for match in kind.finditer(told))
        named = [f"{name} {thing}" for name in kinds if name.lower() not in _NO_NOUNS]
        if len(named) > 1:
            suggested = tuple(f"{question[: one.start]}the {name}{question[one.end :]}" for name in named[:_SUGGESTED])
            return Unclear(f"It isn't clear which {thing} is meant: {_listed(named)}.", suggested)
    return None


def unmet(question: str, before: Sequence[Exchange], several: Several) -> Unclear | None:
    """Unclear where a question with a topic of its own speaks of "the loan": nobody did, and there are several.

    An article that was cited last and speaks of one tells which ("the airport", after the evacuation of Kabul). So is
    "a specific town" unclear, which isn't named.
    """
    if unnamed := _UNNAMED.search(question):
        return _which(unnamed[0])
    if len(content_words(question)) < _TELLING:
        return None
    known = _known(before)
    for one in _pointed(question):
        plain = one.thing.islower() or _TITLES.issuperset(one.thing.lower().split())
        if plain and not one.told and known.isdisjoint(keys_of(one.thing)) and several(one.thing):
            return _which(question[one.start : one.end])
    return None


def unclear_person(question: str, before: Sequence[Exchange]) -> Unclear | str | None:
    """Who "he" is: the question with the one person of the last exchange, or unclear where there are several or none.

    None where it has no such word, or where somebody was spoken of further back.
    """
    pronoun = _personal(question)
    if pronoun is None or persons_in(f"x {question}"):
        return None
    last = before[-1]
    asked = persons_in(last.question) or persons_in(last.standalone)
    persons = asked or persons_in(last.short_answer or "") or persons_in(last.text)
    if len(persons) == 1:
        return _named(question, pronoun, persons[0])
    if not persons:
        if any(persons_in(f"{one.standalone} {one.text}") for one in before):
            return None
        return Unclear(f"It isn't clear who is meant by “{pronoun}”. Name the person.")
    suggestions = tuple(_named(question, pronoun, person) for person in persons[:_SUGGESTED])
    return Unclear(f"It isn't clear who is meant by “{pronoun}”: {_listed(persons)}.", suggestions)


def _personal(question: str) -> str | None:
    """The first word for a person that the question itself doesn't tell."""
    found = [word for word in map(str.lower, words_of(question)) if word in PERSONAL]
    return found[0] if found and not (_BOUND.search(question) and {"he", "him", "she"}.isdisjoint(found)) else None


def persons_in(text: str) -> list[str]:
    """The persons that a text names, each once, by the fullest of their names."""
    found = dict.fromkeys(name.text for name in find_names(text) if looks_like_person(name.text))
    return [one for one in found if not any(other.endswith(f" {one.split()[-1]}") and other != one for other in found)]


def _pointed(question: str) -> list[_Pointed]:
    """The things that a question points to, each by its words that carry meaning, in order."""
    found = []
    for match in _POINTED.finditer(question):
        words = match["thing"].split()
        length = next((place for place, word in enumerate(words) if not is_content(word)), len(words))
        after = words[length].lower() if length < len(words) else ""
        owns = match["owner"] is not None and length == len(words)
        if not owns and after not in HELPERS and length > 1 and _SUPPORT.search(question[: match.start()]):
            length, after = length - 1, ""  # "did the chain establish"
        words = words[:length]
        last = words[-1].lower() if words else ""
        if not words or key_of(last) in _NO_THINGS or last in _NO_NOUNS or last.endswith("ed"):
            continue
        thing = " ".join(words)
        end = match.start("thing") + len(thing)
        found.append(_Pointed(match.start(), end, thing, match["by"].lower() != "the", after in _TELLS_WHICH))
    return found


def _known(before: Sequence[Exchange]) -> frozenset[str]:
    """The keys of all that was asked, and answered."""
    return frozenset(key for one in before for key in keys_of(f"{one.standalone} {one.text}"))


def _named(question: str, pronoun: str, person: str) -> str:
    """The question with a person in the pronoun's place."""
    owner = pronoun in {"his", "hers"} or (pronoun == "her" and re.search(r"\bher\s+[a-z]", question) is not None)
    return re.sub(rf"\b{pronoun}\b", f"{person}'s" if owner else person, question, count=1, flags=re.IGNORECASE)


def _which(told: str) -> Unclear:
    return Unclear(f"It isn't clear which is meant by “{told}”. Name it.")


def _listed(several: Sequence[str]) -> str:
    return f"{', '.join(several[:-1])} or {several[-1]}"
