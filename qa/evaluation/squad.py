"""Exact match and F1 of an answer as SQuAD 2.0's evaluation script defines them, and whether a text holds it. Pure.

Rajpurkar, Jia and Liang, "Know What You Don't Know: Unanswerable Questions for SQuAD", ACL 2018.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def normalised(answer: str) -> str:
    """Return an answer in lower case, without punctuation (ASCII's), articles and surplus white space, in that order.

    >>> normalised("The U.S. Army,  an   army")
    'us army army'
    """
    return " ".join(_ARTICLES.sub(" ", answer.lower().translate(_PUNCTUATION)).split())


def exact_match(answer: str | None, spellings: Sequence[str]) -> float:
    """Return 1 where a short answer is one of the gold ones once both are normalised, else 0; 0 without an answer."""
    if answer is None:
        return 0.0
    return float(normalised(answer) in {normalised(spelling) for spelling in _golds(spellings)})


def f1(answer: str | None, spellings: Sequence[str]) -> float:
    """Return the best F1 of the words that a short answer shares with one of the gold ones; 0 without an answer.

    >>> f1("in the 10th century", ["10th century", "1066"])
    0.8
    """
    if answer is None:
        return 0.0
    return max(words_f1(normalised(answer).split(), normalised(spelling).split()) for spelling in _golds(spellings))


def _golds(spellings: Sequence[str]) -> Sequence[str]:
    """The gold answers that hold a word once they are normalised; where none does, that there is no answer."""
    return [spelling for spelling in spellings if normalised(spelling)] or [""]


def words_f1(answer: Sequence[str], gold: Sequence[str]) -> float:
    """Return the F1 of the normalised words of an answer against a gold one's; of nothing against nothing it is 1."""
    shared = (Counter(answer) & Counter(gold)).total()
    return 2 * shared / (len(answer) + len(gold)) if shared else float(not answer and not gold)
