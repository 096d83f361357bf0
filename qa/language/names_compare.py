"""Tell whether two names are one person's, place's or organisation's, and whether a name looks like a person's."""

import re
from functools import lru_cache

from qa.language.nations import nation_of
from qa.language.word_lists import listed
from vectorstore.folding import folded

_TITLES = listed("titles")  # "Defence Secretary Ben Wallace" is "Ben Wallace"
_NO_PERSONS = listed("no persons")
_HONOURS = frozenset(["jr", "sr", "ii", "iii", "iv", "mp", "mep", "kc", "qc", "obe", "mbe", "cbe"])
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[\w&]+(?:['’]\w+)*")


def looks_like_person(name: str) -> bool:
    """Whether a name has a person's title ("Mr", "General Sir") or shape: two to four words, none an office's."""
    tokens = _TOKEN.findall(_without_place(name))
    lowers = [token.lower() for token in tokens]
    if nation_of(name) is not None or not tokens or "of" in lowers:
        return False
    rest = [lower for lower in lowers if lower not in _TITLES]
    if not rest or any(lower in _NO_PERSONS for lower in rest):
        return False
    if len(rest) < len(tokens):
        return lowers[-1] not in _TITLES and len(rest) <= 4
    if any(nation_of(token) is not None for token in tokens) or any(token[0].isdigit() for token in tokens):
        return False
    return 2 <= len(tokens) <= 4 and not any(
        token.isupper() and len(token) > 2 and "." not in token for token in tokens
    )


def same_name(a: str, b: str) -> bool:
    """Whether two names can be one: "Mr Wallace" = "Ben Wallace" = "Defence Secretary Ben Wallace".

    Titles are left aside; what is left of the shorter must stand in the longer and end it, initials standing for given
    names. Countries are told by any of their words ("US" = "American"), abbreviations by their letters ("MoD").
    """
    if a == b:
        return True
    nation = nation_of(_bare(a))
    if nation is not None or nation_of(_bare(b)) is not None:
        return nation == nation_of(_bare(b))
    shorter, longer = sorted((_tokens(a), _tokens(b)), key=len)
    if not shorter or not longer:
        return False
    if shorter[-1] != longer[-1]:
        return _abbreviates(a, b) or _abbreviates(b, a)
    rest = list(longer)
    return all(_taken(token, rest) for token in shorter)


def _taken(token: str, rest: list[str]) -> bool:
    """Take the token, or what it is the initial of, out of the rest; False where it isn't there."""
    for at, other in enumerate(rest):
        if token == other or ((len(token) == 1 or len(other) == 1) and token[0] == other[0]):
            del rest[at]
            return True
    return False


def _abbreviates(short: str, long: str) -> bool:
    """Whether `short` is made of the initials of `long`: "MoD", "AFP", "U.N."."""
    letters = short.replace(".", "")
    words = _TOKEN.findall(long)
    if len(letters) < 2 or " " in letters or not letters[0].isupper() or letters.istitle() or len(words) < 2:
        return False
    every = "".join(word[0] for word in words)
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return letters.lower() in (every.lower(), capitals.lower())


def without_titles(name: str) -> str:
    """A name without the titles before it; the whole of one that is nothing but titles.

    >>> without_titles("Sen. Raphael Warnock"), without_titles("Prime Minister")
    ('Raphael Warnock', 'Prime Minister')
    """
    rest = next((token for token in _TOKEN.finditer(name) if token[0].lower() not in _TITLES), None)
    return name[rest.start() :] if rest else name


def _without_place(name: str) -> str:
    """A titled person's name without what follows it: "Rep. Raul Grijalva of Arizona"."""
    person, of, _ = name.partition(" of ")
    words = _TOKEN.findall(person)
    titled = of and words and words[0].lower() in _TITLES and words[-1].lower() not in _TITLES | _NO_PERSONS
    return person if titled else name


def _bare(name: str) -> str:
    return name.removeprefix("the ").removeprefix("The ")


@lru_cache(maxsize=4096)
def _tokens(name: str) -> tuple[str, ...]:
    """The words that tell whose name it is, folded, without titles; all of them where there are only titles."""
    tokens = [_folded(token) for token in _TOKEN.findall(_bare(_without_place(name)))]
    told = tuple(token for token in tokens if token not in _TITLES and token not in _HONOURS)
    return told or tuple(tokens)


def _folded(token: str) -> str:
    nation = nation_of(token)
    if nation is not None:
        return nation.lower()
    return folded(token.replace(".", ""))
