"""The stretches of a sentence that may be read as an answer by themselves."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qa.short_answer.tokens import CLASS_OF, POSSESSIVE, is_word, lowered

Places = NDArray[np.intp]

LONGEST_PHRASE = 12  # words; what is longer must end where a clause does
LONGEST_CLAUSE = 30
_NO_START = frozenset(
    """
    of and or but nor which who whom that than is are was were be been has have had will would can could may might shall
    should must do does did
    """.split()
)
_NO_END = frozenset(
    """
    the a an of in at on by to from for with and or but nor as that which who whom is are was were be been has have had
    will would can could may might its their his her this these not than into such very more most between
    """.split()
)
# Of the closed classes only these answer alone.
_ALONE = frozenset("all many one they most several both no".split())
_CLAUSE_ENDS = frozenset([",", ".", ";", ")", "and", "which", "because", "?", '"', "”", "but", "while"])
_STOPS = frozenset(".;?!:")
_OPENING = frozenset("([“")
_CLOSING = frozenset(")]”")


def find_stretches(tokens: Sequence[str]) -> Places:
    """Return the first and the last word of each stretch that may answer, (n, 2), in order.

    None begins or ends with a word that hangs on another ("of", "the"), crosses a full stop or opens a bracket or
    quotation that it does not close.
    """
    count = len(tokens)
    lowers = list(map(lowered, tokens))
    begins = np.array([_may_begin(lower) for lower in lowers], bool)
    ends = np.array(
        [(is_word(lower) and lower not in _NO_END) or lower in _CLOSING or lower in '"%°' for lower in lowers], bool
    )
    single = np.array([lower not in CLASS_OF or lower in _ALONE for lower in lowers], bool)
    clause = np.array([*(lower in _CLAUSE_ENDS for lower in lowers[1:]), True], bool)
    depth = np.cumsum([0, *((word in _OPENING) - (word in _CLOSING) for word in tokens)])
    quotes = np.cumsum([0, *(word == '"' for word in tokens)]) % 2
    firsts, lasts = np.triu_indices(count)
    near = lasts - firsts < LONGEST_CLAUSE
    firsts, lasts = firsts[near], lasts[near]
    length = lasts - firsts + 1
    good = (
        begins[firsts]
        & ends[lasts]
        & (lasts < np.array(_stops(tokens, depth), np.intp)[firsts])
        & (depth[lasts + 1] == depth[firsts])
        & (quotes[lasts + 1] == quotes[firsts])
        & ((length > 1) | single[lasts])
        & ((length <= LONGEST_PHRASE) | clause[lasts])
    )
    return np.stack([firsts[good], lasts[good]], axis=1)


def _may_begin(lower: str) -> bool:
    return (is_word(lower) or lower in '“"‘') and lower not in _NO_START and lower not in POSSESSIVE


def _stops(tokens: Sequence[str], depth: Places) -> list[int]:
    """For each token the place before which a stretch that begins there must end: a stop, or what closes too much."""
    stops = [0] * len(tokens)
    stop, closed_at = len(tokens), dict[int, int]()
    for place in range(len(tokens) - 1, -1, -1):
        level = int(depth[place])
        if tokens[place] in _STOPS:
            stop = place
        elif tokens[place] in _CLOSING:
            closed_at[level] = place
        stops[place] = min(stop, closed_at.get(level, stop))
    return stops
