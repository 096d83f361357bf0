"""Who does what to whom, where a question says so: "Sunak replaced Truss" does not tell who replaced Sunak. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.language.names import find_names
from qa.language.names_compare import without_titles
from qa.language.nations import is_nation
from qa.language.terms import irregular_verb_forms, is_content, key_of, keys_of, synonyms_of

_TOKEN = re.compile(r"\w+(?:['’.-]\w+)*|[^\w\s]")
_AUXILIARY = frozenset("did does do has have had will would could can".split())
_BE = frozenset("is are was were be been being gets got".split())
_BESIDE_VERB = _AUXILIARY | _BE | frozenset("also then later finally eventually recently officially to".split())
_RELATIVE = frozenset("who which that".split())
_OVER = frozenset(("over", "against"))
_BEFORE_OBJECT = frozenset("the a an former".split()) | _OVER
_PREPOSITIONS = frozenset("in at on of from to with for near by after before since during under over".split())
# Who loses is beaten, and who dies may be killed: these are done the other way round.
_REVERSED = frozenset(map(key_of, ("lose", "loss", "die", "death", "dead", "fatality", "perish", "kill")))
_ENDINGS = ("ed", "s", "ing")
_PAST = frozenset(irregular_verb_forms())
_OWNING = frozenset(("'s", "’s"))
_WORDS_TO_BY = 5  # "evacuated from Afghanistan by"


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done, by the keys of its verbs. doer, done_to: those of who does it, and to whom, by name; or empty."""

    verbs: frozenset[str]
    doer: frozenset[str]
    done_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Item:
    """A word, in lower case, or a name, by its keys: of a word those are empty. owner: those of "Gass's", a word."""

    word: str
    name: frozenset[str] = frozenset()
    owner: frozenset[str] = frozenset()


def read_deed(question: str) -> Deed | None:
    """Return what a question says to be done by or to a name, or None.

    >>> deed = read_deed("How many people did Gass evacuate?")
    >>> sorted(deed.verbs & {"evacu"}), sorted(deed.doer), sorted(deed.done_to)
    (['evacu'], ['gass'], [])
    """
    items = [item for item in _items(question) if item.word not in {"the", "also"}]
    for place in range(1, len(items) - 1):
        before, here, after = items[place - 1 : place + 2]
        if before.word in _AUXILIARY and here.name and _is_verb(after):
            return _deed(after, here.name, _name_at(items, place + 2))
        if here.word == "by" and after.name and _is_verb(before) and not _is_verb(_item_at(items, place + 2)):
            return _deed(before, after.name, _name_at(items, place - 2))
        if place == 1 and before.word == "who" and _is_verb(here) and after.name:
            return _deed(here, frozenset(), after.name)
    return None


def is_done_otherwise(deed: Deed, sentence: str) -> bool:
    """Whether a sentence says what is done, and each time by another or to another than the question does."""
    items = list(_items(sentence))
    told = [_differs(deed, items, place) for place in range(len(items)) if _is_done(deed, items, place)]
    return bool(told) and all(told)


def _is_done(deed: Deed, items: Sequence[_Item], place: int) -> bool:
    """Whether a place says that the deed is done: "confessed", "to confess", but not "confession"."""
    word = items[place].word
    if key_of(word) not in deed.verbs:
        return False
    if word.endswith(_ENDINGS) or word in _PAST:
        return True
    return _item_at(items, place - 1).word == "to" or _item_at(items, place + 1).word in _OVER


def _differs(deed: Deed, items: Sequence[_Item], place: int) -> bool:
    """Whether what is done at a place is done by or to another; False where the sentence does not say it by name."""
    before, passive = _before(items[:place])
    by = _doer_after(items[place + 1 :])
    if (passive or by) and not items[place].word.endswith("ing"):
        doer, done_to, around = by, before, items[:place]
    else:
        after = [item for item in items[place + 1 : place + 3] if item.word not in _BEFORE_OBJECT]
        doer, done_to, around = before, after[0].name if after else frozenset(), items[place + 1 :]
    known = items[:place] if any(map(is_nation, deed.doer)) and any(map(is_nation, doer)) else items
    if deed.doer and doer and deed.doer.isdisjoint(_names_of(known)):
        return True
    if deed.doer & done_to and not deed.done_to & done_to and (doer or not passive):
        return True
    return bool(deed.done_to and done_to) and deed.done_to.isdisjoint(_names_of(around))


def _names_of(items: Sequence[_Item]) -> frozenset[str]:
    return frozenset().union(*(item.name | item.owner for item in items))


def _before(items: Sequence[_Item]) -> tuple[frozenset[str], bool]:
    """The name right before a verb, and whether something is done to it."""
    rest = list(items)
    passive = False
    while rest and rest[-1].word in _BESIDE_VERB:
        passive = rest.pop().word in _BE or passive
    if rest and rest[-1].word in _RELATIVE:
        rest.pop()
        if rest and rest[-1].word == ",":
            rest.pop()
    if rest and _is_verb(rest[-1]) and any(map(is_nation, _item_at(rest, len(rest) - 2).name)):
        rest.pop()  # "Russian bombers" are Russia's
    if not rest or _item_at(rest, len(rest) - 2).word in _PREPOSITIONS:
        return frozenset(), passive
    return rest[-1].name, passive


def _doer_after(items: Sequence[_Item]) -> frozenset[str]:
    """The name after "by", where it follows within the clause."""
    for place, item in enumerate(items[:_WORDS_TO_BY]):
        if item.word == "by":
            return next((one.name for one in items[place + 1 : place + 3] if one.word not in {"the", "a"}), frozenset())
        if item.word and not item.word[0].isalnum():
            break
    return frozenset()


def _deed(verb: _Item, doer: frozenset[str], done_to: frozenset[str]) -> Deed:
    key = key_of(verb.word)
    return Deed((synonyms_of(key) - _REVERSED) | {key}, doer, done_to)


def _is_verb(item: _Item) -> bool:
    return item.word[:1].isalpha() and is_content(item.word)


def _name_at(items: Sequence[_Item], place: int) -> frozenset[str]:
    return _item_at(items, place).name


def _item_at(items: Sequence[_Item], place: int) -> _Item:
    return items[place] if 0 <= place < len(items) else _Item("")


def _items(text: str) -> Iterator[_Item]:
    """The words and names of a text, in order. A name that owns something is only a word."""
    names = iter((*find_names(text), None))
    name = next(names)
    for token in _TOKEN.finditer(text):
        while name and token.start() >= name.end:
            name = next(names)
        if not name or token.start() < name.start:
            yield _Item(token[0].lower())
        elif token.end() >= name.end:
            keys = frozenset(keys_of(without_titles(name.text)))
            owns = text[name.end : name.end + 2] in _OWNING
            yield _Item(token[0].lower(), owner=keys) if owns else _Item("", keys)
