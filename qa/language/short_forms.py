"""Names in short and in full as one: "EU" and "European Union", "US" and "United States". Pure."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from qa.language.nations import nation_of
from qa.language.terms import bare, key_of

_LINKS = frozenset(["of", "for", "the", "and", "on", "in"])
_RUN = re.compile("C(?:l?C)*")  # of capitalised words, with a link between two of them at most
_LONGEST = 6  # words
_LONGEST_RUN = 12  # words; what is longer is a headline, or shouted
_LEAST_INITIALS = 3  # "Eastern Ukraine" is not the EU; the country table has those of two letters
_LEAST = 5  # letters, from which on one more, one less or another is taken for a slip


def name_keys(words: Sequence[str]) -> Iterator[str]:
    """The keys that a text's names have besides those of their words: a run of capitalised words has its country's, and
    its initials' ("+eu"); a word of capitals is a short form itself ("^eu").

    >>> sorted(name_keys("the World Health Organization and the United States".split()))
    ['+who', '=united states']
    """
    shape = "".join(["C" if word[:1].isupper() else "l" if word in _LINKS else "." for word in words])
    for run in _RUN.finditer(shape):
        for part in range(run.start(), run.end(), _LONGEST_RUN):
            yield from _keys_of_run(tuple(words[part : min(run.end(), part + _LONGEST_RUN)]))


def other_keys(name: Sequence[str]) -> frozenset[str]:
    """The keys by which a text may speak of a name of the question in another form: in short, or in full.

    >>> sorted(other_keys(["World", "Health", "Organization"])), sorted(other_keys(["WHO"]))
    (['^who'], ['+who'])
    """
    keys = frozenset(name_keys(name))
    if len(name) == 1:
        return frozenset(f"+{key[1:]}" for key in keys if key[0] == "^")
    return frozenset(f"^{key[1:]}" if key[0] == "+" else key for key in keys if key[0] != "^")


@lru_cache(maxsize=16_384)
def _keys_of_run(run: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of the short forms in a run of capitalised words, and of every stretch of it that may have one."""
    keys = [f"^{short}" for word in run if (short := _short_form(word))]
    for begin in range(len(run) - 1):
        for end in range(begin + 2, min(len(run), begin + _LONGEST) + 1):
            stretch = run[begin:end]
            if stretch[0][0].isupper() and stretch[-1][0].isupper():
                short = "".join(word[0] for word in stretch if word not in _LINKS)
                if nation_of(" ".join(stretch)):
                    keys.append(key_of(" ".join(stretch)))
                elif len(short) >= _LEAST_INITIALS and nation_of(short) is None:
                    keys.append(f"+{short.lower()}")
    return tuple(keys)


def _short_form(word: str) -> str | None:
    if word[1:2].islower():  # most words that have a capital at all
        return None
    letters = bare(word).replace(".", "")
    return letters.lower() if letters.isupper() and letters.isalpha() and len(letters) > 1 else None


def is_slip(one: str, other: str) -> bool:
    """Whether two words of five letters or more differ by a single letter that is wrong, missing or too many.

    >>> is_slip("hatmanis", "hartmanis"), is_slip("iran", "iraq")
    (True, False)
    """
    if not -1 <= len(one) - len(other) <= 1 or (one[:1] != other[:1] and one[-1:] != other[-1:]):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST or one == other or not (one + other).isalpha():
        return False
    same = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]
