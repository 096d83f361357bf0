"""A question in another language than English -> what it asks for, and its words that must be met. Pure."""

from qa.multilingual.tongue import WORD, Tongue
from qa.question.understand import Asked, Question

_COUNTED = frozenset({Asked.COUNT, Asked.PERCENT, Asked.AMOUNT})


def understand_in(tongue: Tongue, text: str) -> Question:
    """Take a question apart.

    >>> understand_in(tongue_of("de"), "Wie viele Menschen mussten ihre Häuser verlassen?").words
    ('Menschen', 'Häuser', 'verlassen')
    """
    text = text.replace("’", "'")
    asked, after = _kind_of(tongue, text)
    first = WORD.search(text, after)
    focus = first[0] if first and asked in _COUNTED and tongue.is_content(first[0]) else None
    return Question(text, asked, focus, tongue.content_words(text), (), frozenset())


def _kind_of(tongue: Tongue, text: str) -> tuple[Asked, int]:
    """The kind asked for, and where the words that ask for it end: the first ones, of those the longest."""
    found = {asked: match for asked, pattern in tongue.asking.items() if (match := pattern.search(text))}
    telling = [asked for asked in found if asked is not Asked.WHAT]
    if not found:
        return Asked.WHAT, 0
    first = min(telling or found, key=lambda asked: (found[asked].start(), -found[asked].end()))
    return first, found[first].end()
