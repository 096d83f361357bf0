"""An article's text, cut into the passages that are embedded, indexed and found."""

import re
from collections.abc import Iterator

from vectorstore.records import Span
from vectorstore.sentences import split_sentences

# A run of characters without white space counts as a word for every 40 characters of it, so that no passage is huge.
_WORD = re.compile(r"\S{1,40}")
# A last passage shorter than this share of a full one is joined to the one before it: it would say too little alone.
_SMALLEST_TAIL = 0.25


def cut_passages(text: str, words: int = 180, language: str = "en") -> tuple[Span, ...]:
    """Cut a text into passages of whole sentences, in order, without overlap.

    words: how many a passage has at most (the last one up to a quarter more); at least 1. A sentence longer than that
    is cut between words, a word of more than 40 characters between characters. language: an ISO 639-1 tag, whose rules
    tell sentences. Each span starts and ends on a character that is not white space, and every such character is in
    exactly one of them; a blank text has none. The same text always gives the same passages.

    >>> [(span.start, span.end) for span in cut_passages("One two. Three four. Five.", words=4)]
    [(0, 26)]
    """
    if words < 1:
        raise ValueError("a passage has at least one word")
    passages: list[tuple[Span, int]] = []
    start, end, held = 0, 0, 0
    for span, count in _pieces(text, words, language):
        if held and held + count > words:
            passages.append((Span(start, end), held))
            held = 0
        if not held:
            start = span.start
        end = span.end
        held += count
    if held:
        passages.append((Span(start, end), held))
    if len(passages) > 1 and passages[-1][1] <= words * _SMALLEST_TAIL:
        (before, _), (tail, count) = passages[-2:]
        passages[-2:] = [(Span(before.start, tail.end), count)]
    return tuple(span for span, _ in passages)


def _pieces(text: str, words: int, language: str) -> Iterator[tuple[Span, int]]:
    """The sentences of a text with their number of words, those of too many words in several pieces."""
    for sentence in split_sentences(text, language=language):
        found = [match.span() for match in _WORD.finditer(text, sentence.start, sentence.end)]
        for first in range(0, len(found), words):
            some = found[first : first + words]
            yield Span(some[0][0], some[-1][1]), len(some)
