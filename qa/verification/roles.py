"""Who does what to whom in a sentence, as far as the order of its words tells. Pure, and rough.

`acts_of("Ghani was praised by Biden")` gives one act: praise, by Biden, of Ghani.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from qa.language.names import find_names
from qa.language.terms import irregular_verb_forms, is_content, key_of


@dataclass(frozen=True, slots=True)
class Side:
    """What stands on one side of a verb: its names, and the keys of its words that carry meaning."""

    names: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Act:
    """A verb with who does it and to whom; a passive's sides are changed over.

    done_to: what follows up to a preposition; further: all that follows, up to the clause's end.
    """

    verb: str
    doer: Side
    done_to: Side
    further: Side


@dataclass(frozen=True, slots=True)
class _Tokens:
    words: list[str]
    lowers: list[str]
    names: dict[int, str]  # by the token that begins them
    verbs: list[int]


SAYING = "=say"
SAYING_KEYS = frozenset(
    map(
        key_of,
        """say tell warn add argue insist announce declare state claim explain note stress caution remark reply suggest
        report acknowledge promise pledge describe fear hope think believe predict""".split(),
    )
)
_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[,;:!?().“”\"—–]")
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "get", "got"])
_HELPERS = _BE | frozenset(["has", "have", "had", "will", "would", "not", "also", "never", "to", "may", "could", "can"])
_ADVERBS = frozenset(["not", "also", "never", "already", "now", "still"])
_HELPERS |= {"should", "must", "might", "do", "does", "did"} | _ADVERBS
# A verb in its plain form, or in "-ing", follows one of these.
_BEFORE_PLAIN = frozenset(
    ["will", "would", "can", "could", "may", "might", "must", "should", "to", "did", "does", "do"]
)
_STARTS = frozenset(["start", "started", "began", "begin", "kept", "stopped"])
_BEFORE_ING = _BE | _STARTS
_NO_VERBS = frozenset(["need", "indeed", "hundred", "speed", "seed", "feed", "deed", "breed", "united", "red", "bed"])
_DETERMINERS = frozenset(["the", "a", "an", "its", "their", "his", "her", "our", "my"])
_ENDS = frozenset(
    [";", ":", "(", ")", "—", "–", "but", "while", "whereas", "because", "although", "that", "who", "which"]
)
_PREPOSITIONS = frozenset(["in", "at", "on", "from", "by", "with", "for", "of", "about", "over", "under", "during"])
_PREPOSITIONS |= {"as", "through", "into", "against", "to", "than", "within", "among", "between", "after", "before"}
_REACH = 12  # tokens on either side


@lru_cache(maxsize=4096)
def acts_of(text: str) -> tuple[Act, ...]:
    """The acts of a sentence, in order."""
    tokens = _tokens(text)
    acts: list[Act] = []
    for place, at in enumerate(tokens.verbs):
        low = max(0, at - _REACH, tokens.verbs[place - 1] + 1 if place else 0)
        high = min(len(tokens.words), at + 1 + _REACH, *tokens.verbs[place + 1 : place + 2])
        acts.append(_act(tokens, at, low, high, acts[-1] if acts else None))
    return tuple(acts)


def _tokens(text: str) -> _Tokens:
    found = list(_TOKEN.finditer(text))
    words = [token[0] for token in found]
    lowers = [word.lower() for word in words]
    by_start = {name.start: name.text for name in find_names(text)}
    names = {at: by_start[token.start()] for at, token in enumerate(found) if token.start() in by_start}
    verbs = [at for at, word in enumerate(words) if _is_verb(word, lowers, at)]
    return _Tokens(words, lowers, names, verbs)


@cache
def _irregular() -> frozenset[str]:
    return frozenset([*irregular_verb_forms(), "says", "tells", "warns", "cost", "hit", "put", "cut", "shut"])


def _is_verb(word: str, lowers: list[str], at: int) -> bool:
    lower, before = lowers[at], _word_before(lowers, at)
    if not word[0].islower() or lower in _NO_VERBS or lower in _HELPERS or before in _DETERMINERS:
        return False
    if before in _BEFORE_PLAIN:
        plain = len(lower) > 2 and not lower.endswith("s")  # "to talks" is no verb
        return plain and lower not in _DETERMINERS and lower not in _PREPOSITIONS
    return lower.endswith("ed") or lower in _irregular() or (lower.endswith("ing") and before in _BEFORE_ING)


def _word_before(lowers: list[str], at: int) -> str:
    """The word before a verb, an adverb or a "not" between them left out."""
    while at > 1 and lowers[at - 1] in _ADVERBS:
        at -= 1
    return lowers[at - 1] if at else ""


def _act(tokens: _Tokens, at: int, low: int, high: int, previous: Act | None) -> Act:
    """The act of the verb at `at`, whose neighbours reach from `low` to `high`. previous: the act before it."""
    lowers = tokens.lowers
    low = max([low, *(place + 1 for place in range(low, at) if lowers[place] in _ENDS)])
    high = next((place for place in range(at + 1, high) if lowers[place] in _ENDS), high)
    verb = SAYING if key_of(lowers[at]) in SAYING_KEYS else key_of(lowers[at])
    passive = any(lowers[place] in _BE for place in range(max(low, at - 3), at)) and not lowers[at].endswith("ing")
    before = _side(tokens, _subject(lowers, low, at), at)
    if previous is not None and (lowers[at - 1] in _STARTS or _word_before(lowers, at) == "and"):
        before = previous.done_to if passive else previous.doer
    short = next((place for place in range(at + 1, high) if lowers[place] in _PREPOSITIONS), high)
    if passive or (short == at + 1 < high and lowers[short] == "by"):
        by = next((place for place in range(short, high) if lowers[place] == "by"), high)
        stop = next((place for place in range(by + 1, high) if lowers[place] in _PREPOSITIONS), high)
        doer = _side(tokens, by + 1, stop)
        return Act(verb, doer, before, before)
    after, further = _side(tokens, at + 1, short), _side(tokens, at + 1, high)
    if verb == SAYING and at and not before.names and lowers[at - 1] in (",", "”", '"'):  # "…,” said Mr Wallace
        return Act(verb, after, Side(), Side())
    return Act(verb, before, after, further)


def _subject(lowers: list[str], low: int, at: int) -> int:
    """Where the subject may begin: after "In Kabul,"."""
    if low < at and lowers[low] in _PREPOSITIONS and "," in lowers[low:at]:
        return lowers.index(",", low, at) + 1
    return low


def _side(tokens: _Tokens, start: int, stop: int) -> Side:
    names = tuple(name for place, name in tokens.names.items() if start <= place < stop)
    keys = frozenset(key_of(word) for word in tokens.words[start:stop] if word[0].isalnum() and is_content(word))
    return Side(names, keys)
