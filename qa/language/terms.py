"""Words as the answerer compares them: "evacuated" and "evacuation" have one key, and so do "UK" and "British"."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import Stemmer

from qa.language.nations import nation_of
from vectorstore.folding import folded

# "UK's", "15,000" and "U.S" are one word each
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+|[.,]\d+|\.[^\W\d_]\b)*")
_STEMMER = Stemmer.Stemmer("english")
_DECADE = re.compile(r"(?<=^\d{4})s$")  # "the 1950s", and "the 1950's" without its ending
_POSSESSIVE = ("'s", "’s")

# Words that are a country's with a capital, and others without.
_NO_NATIONS = frozenset("chad china guinea jordan polish turkey georgia jersey".split())

STOP_WORDS = frozenset(
    """
    a about after again along away back behind against all also am an and any anyone are around as at be because
    been before being between both but by came can come comes could did do does doing done down during each either
    else ever every for from further gave get gets getting give given gives go goes going got had has have having he
    her here hers herself him himself his how however i if in into is it its itself just kind let lot made make
    makes making many may me might mine more most much must my myself name named no nor not now of off often on once
    one only onto or other others our ours out over own part per put said same say saying says shall she should
    since so some something still such sort taken takes tell than that the their theirs them themselves then there
    these they this those through thus till to too told toward towards type under until up upon us used uses using
    very via was way we well went were what whatever when where whether which while who whoever whom whose why will
    with within without would yes yet you your yours article articles according apparently please mr mrs ms dr
    """.split()
)


@lru_cache(maxsize=65_536)
def key_of(word: str) -> str:
    """What a word is compared by: its nation where it names one ("British" -> "=united kingdom"), else its stem.

    Nations are looked up as written, since "US" is a country and "us" is not. "15,000" and "15000" have one key.
    """
    word = bare(word)
    nation = nation_of(word) or (nation_of(f"{word}.") if "." in word else None)  # "U.S" is found in "U.S. troops"
    if nation is None and word.islower() and word not in _NO_NATIONS:  # "american", as people type it
        nation = nation_of(word.capitalize())
    if nation:
        return f"={nation.casefold()}"
    if word[:1].isdigit():
        return _DECADE.sub("", word).replace(",", "")
    plain = folded(word.replace(".", ""))
    stem: str = _STEMMER.stemWord(_irregular().get(plain, plain))
    return stem


@cache
def _irregular() -> dict[str, str]:
    """ "sent" -> "send": the forms that no stemmer brings back."""
    lines = [*_lines_of("irregular_verbs.txt"), *_lines_of("irregular_nouns.txt")]
    return {form: base for base, *forms in map(str.split, lines) for form in forms}


def irregular_verb_forms() -> list[str]:
    """Return the past forms of irregular verbs: "fell", "taken"."""
    return [form for line in _lines_of("irregular_verbs.txt") for form in line.split()[1:]]


def _lines_of(name: str) -> list[str]:
    """The lines of a word list beside this file, comments left out."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def words_of(text: str) -> list[str]:
    """Return the words of a text as written, in order, stop words too."""
    return _WORD.findall(text)


def pairs_of(text: str) -> list[tuple[str, str]]:
    """Return the words, as written, that have nothing but a space between them, two by two."""
    found = list(_WORD.finditer(text))
    return [(one[0], other[0]) for one, other in pairwise(found) if text[one.end() : other.start()] == " "]


@lru_cache(maxsize=4_096)
def keys_of(text: str) -> tuple[str, ...]:
    """Return the keys of the words of a sentence or so in order, stop words too."""
    return tuple(map(key_of, _WORD.findall(text)))


def content_words(text: str) -> list[str]:
    """Return the words of a text that carry meaning, in order, as written but for a possessive's ending."""
    return [bare(word) for word in _WORD.findall(text) if is_content(word)]


def placed_keys(text: str) -> list[tuple[int, str]]:
    """Return the keys of the words of a text that carry meaning, each with where its word starts."""
    return [(match.start(), key_of(match[0])) for match in _WORD.finditer(text) if is_content(match[0])]


def bare(word: str) -> str:
    """Return a word without the ending of the possessive: "Taliban's" -> "Taliban"."""
    return word[:-2] if is_possessive(word) else word


def is_possessive(word: str) -> bool:
    """Whether a word says whose something is: "Taliban's"."""
    return word.endswith(_POSSESSIVE)


@lru_cache(maxsize=65_536)
def is_content(word: str) -> bool:
    """Whether a word carries meaning: not a stop word. "US" does, "us" does not."""
    if word.isupper() and len(word) > 1 and (nation_of(word) or nation_of(f"{word}.")):
        return True
    folded = word.casefold()
    return folded not in STOP_WORDS and key_of(word) not in STOP_WORDS and not folded.endswith(("n't", "n’t"))


def distinct(items: Iterable[str]) -> tuple[str, ...]:
    """Return the items once each, in the order of their first appearance."""
    return tuple(dict.fromkeys(items))


@cache
def _synonyms() -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for line in _lines_of("synonyms.txt"):
        group = frozenset(key_of(word) for word in line.split())
        for key in group:
            groups[key] = groups.get(key, frozenset()) | group
    return groups


def synonyms_of(key: str) -> frozenset[str]:
    """Return the keys of the words that news reports use for a word, itself included; see synonyms.txt."""
    return _synonyms().get(key, frozenset((key,)))


_NEGATION = re.compile(r"\b(?:not|no|never|none|neither|nor|nobody|nothing|without|cannot)\b|n['’]t\b")


def is_negated(text: str) -> bool:
    """Whether a text says that something is not so."""
    return _NEGATION.search(text.lower()) is not None
