"""Tell which words of a sentence are said not to be so: "was not a mandatory evacuation". Pure, and rough.

A negation holds for the words after it, up to a clause's end or the first preposition after a word that carries
meaning: in "No one was hurt in the evacuation" it is "hurt" that is denied.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from qa.language.terms import is_content, key_of

_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|[,;:!?().—–]")  # a quotation mark ends no clause
_NEGATIONS = frozenset(["not", "no", "never", "none", "neither", "nor", "nobody", "nothing", "without", "cannot"])
_NEGATIONS |= {"hardly", "barely", "scarcely"}
# These deny what follows them, and say so themselves.
_DENIALS = frozenset(map(key_of, "fail refuse deny decline unable avoid prevent lack unlikely impossible".split()))
_NO_NEGATION = frozenset(["only", "just", "least", "merely", "more", "less", "fewer", "later", "doubt", "but"])
_CLAUSE_WORDS = frozenset(
    ["but", "although", "though", "while", "whereas", "because", "however", "and", "when", "after"]
)
_CLAUSE_WORDS |= {"before", "if", "unless", "until", "since", "so", "which", "who"}
_PREPOSITIONS = frozenset(["in", "at", "on", "from", "by", "with", "for", "of", "about", "over", "under", "during"])
_PREPOSITIONS |= {"as", "through", "into", "against", "to", "than", "within", "among", "between"}


class Polarities(NamedTuple):
    """Which words of a text are said not to be so, by their keys.

    signs: for each word that carries meaning, whether it is negated: both, where it stands there both ways.
    heads: the words that a negation falls on first, "mandatory" in "not a mandatory evacuation".
    """

    signs: dict[str, frozenset[bool]]
    heads: frozenset[str]


@lru_cache(maxsize=4096)
def polarities(text: str) -> Polarities:
    """Tell which words of a text are negated."""
    signs: dict[str, frozenset[bool]] = {}
    heads: set[str] = set()
    tokens = _TOKEN.findall(text)
    negated = reached = False
    for at, token in enumerate(tokens):
        lower = token.lower()
        if not token[0].isalnum() or lower in _CLAUSE_WORDS or (reached and lower in _PREPOSITIONS):
            negated = reached = False
        elif is_negation(lower, tokens[at + 1].lower() if at + 1 < len(tokens) else ""):
            negated, reached = True, False
        elif is_content(token):
            key = key_of(token)
            signs[key] = signs.get(key, frozenset()) | {negated}
            if negated and not reached:
                heads.add(key)
            if key in _DENIALS:
                negated, reached = not negated, False
            else:
                reached = True
    return Polarities(signs, frozenset(heads))


def is_negation(word: str, following: str) -> bool:
    """Whether a word negates what follows it: "not", "didn't"; but "no more than" and "not only" do not. Lower case."""
    if word in _NEGATIONS:
        return following not in _NO_NEGATION
    return word.endswith(("n't", "n’t"))


@lru_cache(maxsize=4096)
def denials(text: str) -> tuple[int, frozenset[str]]:
    """How many words of a text say that something is not so ("not", "never"), and the keys of those like "refused"."""
    words = [token.lower() for token in _TOKEN.findall(text)]
    plain = sum(is_negation(word, following) for word, following in zip(words, [*words, ""][1:], strict=True))
    return plain, frozenset(map(key_of, words)) & _DENIALS
