"""A linear classifier of sentences: the signs that are seen in one, and a learned weight for each.

What signs a sentence has is each classifier's own; what they mostly are, words and pairs of words, is here. The weights
are learned by `qa.training.linear`.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

BIAS = ""  # the sign of every sentence
WORD = r"[^\W\d_]+(?:['’][a-z]+)?|\d+"


def plain_words(found: Iterable[str]) -> list[str]:
    """Words in small letters; "#" is a number.

    >>> plain_words(["Don’t", "50"])
    ["don't", '#']
    """
    return ["#" if word[0].isdigit() else word.lower().replace("’", "'") for word in found]


def words_and_pairs(words: Sequence[str]) -> list[str]:
    """The words, and each with the one before it; "^" is before the first.

    >>> words_and_pairs(["it", "rained"])
    ['it', 'rained', '^ it', 'it rained']
    """
    return [*words, *map(" ".join, pairwise(("^", *words)))]


def total(weights: Mapping[str, float], signs: Iterable[str]) -> float:
    """The sum of the weights of a sentence's signs, the bias among them."""
    return sum([weights[sign] for sign in signs if sign in weights], weights[BIAS])


@dataclass(frozen=True)
class LinearClassifier:
    """Weights in a file, read when they are first asked for, and what sees a sentence's signs."""

    path: Path
    signs_of: Callable[[str], frozenset[str]]

    @cached_property
    def _weights(self) -> dict[str, float]:
        found: dict[str, float] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    def score(self, sentence: str) -> float:
        """The sum of the weights of a sentence's signs: above 0 for what was learned to be told."""
        return total(self._weights, self.signs_of(sentence))
