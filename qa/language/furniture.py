"""Whether a sentence is page furniture: it stands in an article's page and reports nothing.

Bylines, credits and what they caption, pointers to other pages, what a reader is asked to do, times, names of a page's
parts. Told by its words and its form, and those of its line. Learned by `qa.training.train_furniture`.
"""

import re
from functools import lru_cache
from pathlib import Path

from qa.language.linear import WORD, LinearClassifier, plain_words, words_and_pairs

WEIGHTS = Path(__file__).with_name("furniture.json")
_TOKEN = re.compile(rf"{WORD}|[|•»→©@#/:()\[\]&—]")
_MOST_WORDS = 40
_MOST_CHARACTERS = 400
_ENDED = re.compile(r"([.!?…:;,)\]])[\"'”’»\s]*$")
_END = 8  # characters in which a line's last mark is looked for
_LENGTHS = (1, 2, 3, 4, 6, 9, 14, 24)  # words
_CAPITALS = (0, 0.2, 0.4, 0.6, 0.8, 0.99)  # share of the words after the first
_SHAPED = 4  # words whose form is seen in their order
_AGAINST = -2.0  # how much its line may count against a sentence: "Read more here." stands in lines that report
_SHORT = 160  # characters up to which a line counts for it: furniture is short, what begins a long line isn't all of it


def is_furniture(sentence: str, line: str) -> bool:
    """Whether a sentence reports nothing. line: the whole line that it stands in.

    "A boat at the pier." may be a report, and is a caption where "Photo: AFP" follows it in its line.

    >>> is_furniture("Sign up for our weekly newsletter", "Sign up for our weekly newsletter")
    True
    >>> is_furniture("The newsletter has 40,000 readers.", "The newsletter has 40,000 readers.")
    False
    """
    own = _score(sentence)
    if line == sentence or own > -_AGAINST or (own <= 0 and len(line) > _SHORT):
        return own > 0  # whatever its line says
    return own + max(_AGAINST, _score(line)) > 0


def signs_of(line: str) -> frozenset[str]:
    """The words and marks of a line's or sentence's first 40 and their pairs, how it ends, and its form.

    Form: how long it is, how many of its words are in capitals, what its first four words look like, and how each of
    these and the first word go with its end.
    """
    found = _TOKEN.findall(line[:_MOST_CHARACTERS])[:_MOST_WORDS]
    # "US" is not "us".
    words = [
        one if len(one) == 2 and one.isupper() else word for one, word in zip(found, plain_words(found), strict=True)
    ]
    ended = _ENDED.search(line[-_END:])
    end = f"end{ended[1] if ended else ''}"
    shapes = [_shape(one) for one in found]
    length = f"words{_place(len(found), _LENGTHS)}"
    later = [shape for shape in shapes[1:] if shape in "Aax"]
    capitals = f"capitals{_place(1 - later.count('x') / len(later), _CAPITALS) if later else '-'}"
    form = [f"form{''.join(shapes[:_SHAPED])}", length, capitals]
    if shapes and set(shapes) <= {"A", "#"}:
        form.append("ALL")
    ends = [f"{one} {end}" for one in (*form, f"^ {words[0]}" if words else "^")]
    return frozenset((*words_and_pairs([*words, end]), *form, *ends))


def _shape(token: str) -> str:
    """How a word looks: "A" in capitals, "a" with one at its beginning, "x" in small letters; "#" a number."""
    if token.islower():
        return "x"  # most are
    if token[0].isdigit():
        return "#"
    if not token[0].isalpha():
        return token
    return ("A" if len(token) > 1 and token.isupper() else "a") if token[0].isupper() else "x"


def _place(value: float, bounds: tuple[float, ...]) -> int:
    return sum(value > bound for bound in bounds)


_score = lru_cache(maxsize=4_096)(LinearClassifier(WEIGHTS, signs_of).score)
