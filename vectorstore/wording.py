"""How closely texts meet the wording of a question: how many of its words they have, and which of them side by side.

Case and diacritics don't count, as in the lexical index, whose stems the question's words are.

All texts are searched as one string, by Python's own search: it is done for every question, for the best candidates.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vectorstore.folding import folded

Shares = NDArray[np.float32]
_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]

_WORD = re.compile(r"[^\W_]+")
_SHORTEST_STEM = 3
_PUNCTUATION = 0x2000  # where the curly quotes are, and no letters of English


@dataclass(frozen=True, slots=True)
class Wording:
    """A question's words.

    weights: its telling words' stems, each with its weight. stem: makes a stem of a word in lower case.
    pairs: its words two by two, in lower case, where only white space is between them and one of them tells; under the
    stem of that word, each with where the word begins in it.

    "How many US troops left?", where only {"troop": 2} tells, has {"troop": [("us troops", 3), ("troops left", 0)]}.
    """

    weights: Mapping[str, float]
    stem: Callable[[str], str]
    pairs: Mapping[str, Sequence[tuple[str, int]]]

    @classmethod
    def of(cls, question: str, weights: Mapping[str, float], stem: Callable[[str], str]) -> "Wording":
        """The wording of a question."""
        lowered = folded(question)
        pairs: dict[str, list[tuple[str, int]]] = {}
        for left, right in pairwise(_WORD.finditer(lowered)):
            if lowered[left.end() : right.start()].isspace():
                pair = f"{left[0]} {right[0]}"
                for word, at in ((left[0], 0), (right[0], len(left[0]) + 1)):
                    if (stemmed := stem(word)) in weights:
                        if (pair, at) not in pairs.setdefault(stemmed, []):
                            pairs[stemmed].append((pair, at))
                        break
        return cls(weights, stem, pairs)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How closely n texts meet a question's wording; all (n,), from 0 to 1.

    sentence, whole: how much of its words, by weight, the best sentence and all of the text have; none counts twice.
    pairs: how many of its pairs stand in the text as they do in the question.
    """

    sentence: Shares
    whole: Shares
    pairs: Shares


def compare(texts: Sequence[str], wording: Wording) -> Likeness:
    """Hold texts against a question's wording.

    Sentences are told simply, by a stop before white space: one cut too soon ("the U.S. army") has a little less.

    With weights {"troop": 2, "kabul": 1, "left": 1}, "Troops left. Kabul fell." has 3/4 in a sentence, and 1 in all; of
    the pairs "us troops" and "troops left" it has 1/2.
    """
    joined, starts = _joined(texts)
    found = [_places(joined, word, wording.stem) for word in wording.weights]
    places = np.array([place for some in found for place in some], np.int64)
    words = np.repeat(np.arange(len(found)), [len(some) for some in found])
    holders = _holders(starts, places)
    sentences = np.searchsorted(_sentence_ends(joined), places)
    worth = np.array(list(wording.weights.values())) / (sum(wording.weights.values()) or 1.0)
    sentence, whole = np.zeros((2, len(texts)), np.float32)
    np.maximum.at(sentence, holders, _worths(sentences, words, worth)[sentences])
    whole[holders] = _worths(holders, words, worth)[holders]
    return Likeness(
        sentence, whole, _pair_shares(joined, starts, dict(zip(wording.weights, found, strict=True)), wording)
    )


def _joined(texts: Sequence[str]) -> tuple[str, _Ints]:
    """The texts without case and diacritics as one string, a line break before each; and where each begins in it."""
    lowered = [folded(text) for text in texts]
    lengths = np.array([len(text) + 1 for text in lowered], np.int64)
    return "\n" + "\n".join(lowered), np.cumsum(lengths) - lengths + 1


def _holders(starts: _Ints, places: Sequence[int] | _Ints) -> _Ints:
    """Which of the texts each place is in."""
    return np.searchsorted(starts, places, side="right") - 1


def _places(joined: str, stemmed: str, stem: Callable[[str], str]) -> list[int]:
    """Where the words of a stem begin. A stem is a beginning of its words, but for its last letter ("countri")."""
    shortened = stemmed.endswith("i") and len(stemmed) > _SHORTEST_STEM
    beginning = stemmed[:-1] if shortened else stemmed
    found = []
    at = joined.find(beginning)
    while at >= 0:
        if not joined[at - 1].isalnum() and (word := _WORD.match(joined, at)) and stem(word[0]) == stemmed:
            found.append(at)
        at = joined.find(beginning, at + len(beginning))
    return found


def _pair_shares(joined: str, starts: _Ints, places: Mapping[str, Sequence[int]], wording: Wording) -> Shares:
    """How many of the pairs each text has: looked for only where the telling word of a pair stands."""
    shares = np.zeros(len(starts), np.float32)
    every = [(pair, at, places[word]) for word, pairs in wording.pairs.items() for pair, at in pairs]
    for pair, at, some in every:
        begins = [place - at for place in some if joined.startswith(pair, max(0, place - at))]
        alone = [begin for begin in begins if not joined[begin - 1].isalnum()]
        shares[_holders(starts, alone)] += 1 / len(every)
    return shares


def _worths(units: _Ints, words: _Ints, worth: _Floats) -> _Floats:
    """What the words in each unit are worth together, by the unit's number, each word counted once."""
    distinct = np.flatnonzero(np.bincount(units * len(worth) + words))
    of, which = np.divmod(distinct, max(1, len(worth)))
    return np.bincount(of, weights=worth[which]).astype(np.float64)


def _sentence_ends(joined: str) -> _Ints:
    """Where sentences end, ascending: at a line break, or a stop before white space or what closes a quotation."""
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    following = codes[1:]
    stops = (codes == ord(".")) | (codes == ord("?")) | (codes == ord("!"))
    stops[:-1] &= (following < ord("0")) | (following > _PUNCTUATION)
    return np.flatnonzero(stops | (codes == ord("\n")))
