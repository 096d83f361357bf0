"""Whether a sentence is a newspaper's note on its own mistake: "An earlier version of this article said 50."

What such a note says was wrong is no report, and mostly it is all that the sentence says; what is right stands in the
article, or in the sentence after. Learned by `qa.training.train_corrections`.
"""

import re
from functools import lru_cache
from pathlib import Path

from qa.language.linear import WORD, LinearClassifier, plain_words, words_and_pairs

WEIGHTS = Path(__file__).with_name("corrections.json")
_WORD = re.compile(WORD)
_MOST_WORDS = 60


def is_correction(sentence: str) -> bool:
    """Whether a sentence tells of a mistake in its own newspaper.

    >>> is_correction("An earlier version of this article said that 50 people were killed.")
    True
    >>> is_correction("Officials had said earlier that 50 people were killed.")
    False
    """
    return _score(sentence) > 0


def signs_of(sentence: str) -> frozenset[str]:
    """The words of a sentence's first 60, in small letters, and their pairs; "#" is a number."""
    return frozenset(words_and_pairs(plain_words(_WORD.findall(sentence)[:_MOST_WORDS])))


_score = lru_cache(maxsize=4_096)(LinearClassifier(WEIGHTS, signs_of).score)
