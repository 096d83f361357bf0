"""Whether a sentence is a newspaper's note on its own mistake: "An earlier version of this article said 50."

What such a note says was wrong is no report, and mostly it is all that the sentence says; what is right stands in the
article, or in the sentence after. Learned by `qa.training.train_corrections`.
"""

import json
import re
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

WEIGHTS = Path(__file__).with_name("corrections.json")
_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?|\d+")
_MOST_WORDS = 60


def is_correction(sentence: str) -> bool:
    """Whether a sentence tells of a mistake in its own newspaper.

    >>> is_correction("An earlier version of this article said that 50 people were killed.")
    True
    >>> is_correction("Officials had said earlier that 50 people were killed.")
    False
    """
    return _is_correction(sentence)


def signs_of(sentence: str) -> frozenset[str]:
    """The words of a sentence's first 60, in small letters, and their pairs; "#" is a number."""
    words = ["#" if word[0].isdigit() else word.lower().replace("’", "'") for word in _WORD.findall(sentence)]
    words = ["^", *words[:_MOST_WORDS]]
    return frozenset((*words[1:], *map(" ".join, pairwise(words))))


@lru_cache(maxsize=4_096)
def _is_correction(sentence: str) -> bool:
    weights = _weights()
    return sum(weights.get(sign, 0.0) for sign in signs_of(sentence)) + weights[""] > 0


@cache
def _weights() -> dict[str, float]:
    found: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found
