"""Who holds an office, by what a sentence says: "Florida Gov. Ron DeSantis", "Ashraf Ghani, the president". Pure.

A sentence may name the office, whose it is and a person, and give the office to nobody, or to somebody else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from qa.language.names import Name
from qa.language.names_compare import looks_like_person
from qa.language.terms import bare, is_content, is_possessive, key_of, words_of
from qa.language.word_lists import listed

_HEADS = frozenset(map(key_of, listed("offices")))
_TITLES = listed("titles") | listed("offices")
_OTHER_HOLDERS = listed("other holders")
_LOOSE = listed("loose before offices") | _OTHER_HOLDERS
_SHORT = {"gov": "governor", "sen": "senat", "rep": "repres", "amb": "ambassador"}
_CHIEF = ("chief", "execut")
_CEO = "ceo"

_ASKED = re.compile(
    r"\W*(?:who(?:['’]s|\s+(?P<verb>is|was|are|were))|what(?:['’]s|\s+(?:is|was))\s+the\s+names?\s+of)\s+"
    r"(?:(?:currently|now|still|also)\s+)?"
    r"(?:(?:named|elected|appointed|chosen|made|sworn\s+in)\s+(?:as\s+)?)?(?:the\s+)?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[\w&]+(?:[.'’-]\w+)*['’]?|\S")
_OF = frozenset(("of", "for", "to", "at"))
_END_OF_OFFICE = frozenset(
    """
    about after ahead and as at before by during for from has have in into is nor of on or since than that to until was
    were when where which while who whom whose with currently now today again there
    """.split()
)
_END_OF_OWNER = _END_OF_OFFICE - {"of"}
_STOPS = _OF | _END_OF_OFFICE
_LINKS = frozenset(("the", "a", "an", "its", "his", "her", "their", "our", "and"))
_IS = frozenset(("is", "was", "became", "as", "remains", "been"))
_BEFORE, _AFTER = 90, 110  # characters around a name in which its office may stand
_WORDS_BEFORE, _WORDS_AFTER = 8, 12
_LONGEST_OWNER = 6  # words
_PLAIN = 1  # how many other words may stand before an office: "Iowa's popular" governor


@dataclass(frozen=True, slots=True)
class Office:
    """An office whose holder is asked for, by the keys of its words.

    head: what its holder is ("secretary"). kind: which of them ("defence"). owners: whose ("uk", "apple"). other:
    whether a former or another holder is asked for, a deputy, say.
    """

    head: str
    kind: frozenset[str]
    owners: frozenset[str]
    other: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a sentence, without titles: `sentence[start:end]`.

    fit: 1 where the sentence gives them the office asked for, .9 or .8 where it doesn't say whose it is (.9 where it
    speaks of the one asked about), below .45 where it gives them another one or none.
    """

    start: int
    end: int
    fit: float


def read_office(question: str) -> Office | None:
    """Return the office whose holder a question asks for, or None.

    >>> office = read_office("Who is the governor of Texas?")
    >>> office.head, sorted(office.owners)
    ('governor', ['texa'])
    """
    opening = _ASKED.match(question)
    if not opening:
        return None
    tokens = list(takewhile(_is_word, _TOKEN.findall(question[opening.end() :])))
    phrase = list(takewhile(lambda token: token.lower() not in _END_OF_OFFICE, tokens))
    rest = tokens[len(phrase) :]
    owner = list(takewhile(lambda token: token.lower() not in _END_OF_OWNER, rest[1:])) if _begins_owner(rest) else []
    keys = _keys(phrase)
    if not keys or keys[-1] not in _HEADS:
        return None
    told = [token for token in (*phrase, *owner) if is_content(token) and (token[0].isupper() or token not in _LOOSE)]
    holders = frozenset(key_of(token) for token in phrase if token.lower() in _OTHER_HOLDERS)
    named = frozenset(_keys(told)) - {keys[-1]} - holders
    kind = named & _TITLE_KEYS
    return Office(keys[-1], kind | holders, named - kind, bool(holders))


def find_holders(office: Office, sentence: str, names: Sequence[Name]) -> Iterator[Holder]:
    """Yield the persons among a sentence's names, with how far it gives them an office. names: in their order."""
    keys = frozenset(_keys(words_of(sentence)))
    for name in names:
        start = _without_titles(name)
        person = sentence[start : name.end].partition(" of ")[0]
        if not looks_like_person(f"Mr {person}" if start > name.start else person):
            continue
        one = Name(name.start, start + len(person), sentence[name.start : start + len(person)])
        fits = [_fit(office, own, keys) for own in _offices_of(office, sentence, one, start)]
        yield Holder(start, one.end, max(fits, default=_NONE))


_TITLE_KEYS = frozenset(map(key_of, _TITLES))
_HOLDS, _AROUND, _OPEN, _NONE = 1.0, 0.9, 0.8, 0.4
ANOTHER = 0.3  # how a person fits who holds such an office elsewhere, or another one


def _fit(office: Office, own: Sequence[str], sentence: frozenset[str]) -> float:
    """How far a person's office is the one asked for. own: its words, and those of whose it is."""
    keys = frozenset(_keys(own))
    if not office.kind <= keys:
        return ANOTHER
    if not office.other and any(token.lower() in _OTHER_HOLDERS for token in own):
        return ANOTHER
    if office.owners <= keys:
        return _HOLDS
    if any(_is_owner(token) and key_of(token) not in office.owners for token in own):
        return ANOTHER
    return _AROUND if not office.owners.isdisjoint(sentence) else _OPEN


def _is_owner(token: str) -> bool:
    """Whether a word says whose an office is: a name that is part of no title, and no party."""
    return token[:1].isupper() and token.lower().rstrip(".") not in _TITLES | _LOOSE and is_content(token)


def _offices_of(office: Office, sentence: str, name: Name, start: int) -> Iterator[list[str]]:
    """The phrases by which a sentence gives a name an office of this head: their words.

    start: where the person's own name starts within the name.
    """
    titles = words_of(sentence[name.start : start])
    before = _tokens(sentence[max(0, name.start - _BEFORE) : name.start])[-_WORDS_BEFORE:]
    if office.head in _keys(titles):  # "Florida Gov. Ron DeSantis"
        yield [*_leading(before), *titles]
    elif not titles and (told := _office_before(office, before)):  # "the governor of Texas, Greg Abbott"
        yield told
    after = _tokens(sentence[name.end : name.end + _AFTER])[:_WORDS_AFTER]
    if told := _office_after(office, after):  # "Ashraf Ghani, the president of Afghanistan"
        yield told


def _office_before(office: Office, tokens: Sequence[str]) -> list[str]:
    words = tokens[:-1] if tokens[-1:] == [","] else list(tokens)
    for place in range(len(words) - 1, -1, -1):
        if not _is_word(words[place]):
            break
        if _ends_in(office.head, words[: place + 1]):
            owner = words[place + 1 :]
            if owner and not (_begins_owner(owner) and all(map(_may_own, owner[1:]))):
                break
            first = place - (office.head == _CEO and key_of(words[place]) != _CEO)
            return [*_leading(words[:first]), *words[first:]]
    return []


def _office_after(office: Office, tokens: Sequence[str]) -> list[str]:
    if not tokens or (tokens[0] not in {",", "("} and tokens[0].lower() not in _IS):
        return []
    words = list(takewhile(_is_word, tokens[1:]))
    while words and words[0].lower() in _IS | _LINKS | {"who", "has"}:
        words = words[1:]
    plain = 0
    for place, word in enumerate(words):
        plain += not (_may_lead(word) or _joins(words, place))
        if plain > _PLAIN or word.endswith("ing") or (word.lower() in _STOPS and not _joins(words, place)):
            break
        if _ends_in(office.head, words[: place + 1]):
            rest = words[place + 1 :]
            rest = rest[1:] if rest[:1] == ["officer"] else rest
            owner = takewhile(lambda token: token.lower() not in _END_OF_OWNER, rest[1:]) if _begins_owner(rest) else ()
            return [*words[: place + 1], *list(owner)[:_LONGEST_OWNER]]
    return []


def _leading(tokens: Sequence[str]) -> list[str]:
    """The words right before an office that belong to it: "Florida's Republican" governor, "Amazon founder and" CEO."""
    first = len(tokens)
    while first and (_may_lead(tokens[first - 1]) or _joins(tokens, first - 1)):
        first -= 1
    return list(tokens[first:])


def _may_lead(token: str) -> bool:
    """Whether a word may stand before an office as a part of it, or as whose it is."""
    return token[:1].isupper() or is_possessive(token) or token.lower() in _TITLES | _LOOSE | {"founder"}


def _joins(tokens: Sequence[str], place: int) -> bool:
    """Whether an "and" stands between two offices of one person: "founder and CEO"."""
    return tokens[place] == "and" and place > 0 and tokens[place - 1].lower() in _TITLES | {"founder"}


def _without_titles(name: Name) -> int:
    """Where the person's own name starts: after the last title, or at the name's start."""
    start = name.start
    for token in re.finditer(r"[\w.'’&-]+", name.text):
        if token[0].lower().rstrip(".") in _TITLES and name.start + token.end() < name.end:
            start = name.start + token.end() + 1
    return start


def _ends_in(head: str, words: Sequence[str]) -> bool:
    return _keys(words[-3:])[-1:] == [head]


def _begins_owner(tokens: Sequence[str]) -> bool:
    return bool(tokens) and tokens[0].lower() in _OF


def _may_own(token: str) -> bool:
    """Whether a word may be of the name of whose an office is: "of the Bank of England"."""
    return token[:1].isupper() or token in {"the", "of", "and", "for", "&"}


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _is_word(token: str) -> bool:
    return token[0].isalnum()


def _keys(words: Sequence[str]) -> list[str]:
    """The keys of words; "chief executive officer" is the CEO, and "Gov." the governor."""
    keys: list[str] = []
    for word in words:
        key = key_of(bare(word).rstrip("."))
        key = _SHORT.get(key, key)
        if (*keys[-1:], key) == _CHIEF:
            keys[-1] = _CEO
        elif not (key == "offic" and keys[-1:] == [_CEO]):
            keys.append(key)
    return keys
