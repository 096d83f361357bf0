"""Sentences with exact offsets.

sentencex finds the ends of sentences within a run of text ("Gen. Sir Nick", "the U.S. Army" and "3.5m" end none, and
a quotation of several sentences stays whole). What it isn't told is which line breaks matter, and that is decided here:

- A line break ends a sentence: a headline, a caption, "READ MORE: ..." and a list item stand alone.
- Except where the sentence runs on: the next line starts with a lower-case letter; or the text is hard-wrapped and the
  line is full, that is, the next line's first word would not have fitted within (nine tenths of) the text's width.
- A text is hard-wrapped if it has a paragraph of three lines or more, the widest of 30 to 120 characters, all of them
  full but the last, and at least one that starts with a lower-case letter. The text's width is the widest such line.
- Nothing runs on into a list item or a heading.
- A row of a table is a sentence, and so is an item of a list that is introduced (see `rows`).
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from vectorstore.records import Span
from vectorstore.rows import rows_of

_Line = tuple[int, str]  # where it starts in the text, and its characters, trimmed

_ITEM = re.compile(r"\||(?:[-*•‣◦·+>]|#{1,6}|\(?(?:\d{1,3}|[A-Za-z])[.)])\s")
_WRAP_WIDTHS = range(30, 121)
_FEWEST_WRAPPED_LINES = 3
_FULL = 0.9  # people who break lines by hand don't fill them to the last character
# sentencex pairs quotation marks in quadratic time, so it gets at most this many characters at once.
_WINDOW = 4_000
# sentencex takes UTF-8, which has no lone surrogates; it panics on white space of several bytes between an initial and
# its full stop ("Harry S\u00a0. Truman"); and the line breaks within a block mean no more than a space.
_NOT_PLAIN = re.compile(r"[\n\r\v\f\x1c-\x1e\ud800-\udfff]|[^\S\x00-\x7f]")
# What closes a quotation or a parenthesis belongs to the sentence before it, even after a space.
_CLOSING = re.compile(r"[”’»)\]}\"']+(?=\s|$)")


def split_sentences(text: str, start: int = 0, end: int | None = None, *, language: str = "en") -> tuple[Span, ...]:
    """Cut a text, or `text[start:end]` of it, into its sentences, in order, without overlap.

    language: an ISO 639-1 tag, whose rules are followed.

    Every span is trimmed of white space (NBSP included) and not empty; together they hold every character that is not
    white space. Linear in the length of the text, whatever it holds.

    >>> text = "He met Mr. B. of the U.S. Army. Why?"
    >>> [text[s.start : s.end] for s in split_sentences(text)]
    ['He met Mr. B. of the U.S. Army.', 'Why?']
    """
    end = len(text) if end is None else end
    spans: list[Span] = []
    at = start
    for row in rows_of(text):
        if start <= row.start and row.end <= end:
            spans += [*_split(text, at, row.start, language), Span(row.start, row.end)]
            at = row.end
    return (*spans, *_split(text, at, end, language))


def _split(text: str, first: int, last: int, language: str) -> Iterator[Span]:
    """The sentences of a stretch without rows."""
    text = text[first:last]
    for start, end in _blocks(text):
        at = start
        for cut in (*_cuts(text, start, end, language), end):
            piece = text[at:cut]
            left, right = cut - len(piece.lstrip()), at + len(piece.rstrip())
            if left < right:
                yield Span(first + left, first + right)
                at = cut


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text within which line breaks mean nothing."""
    paragraphs = list(_paragraphs(text))
    width = max(map(_wrap_width, paragraphs), default=0)
    for lines in paragraphs:
        start = lines[0][0]
        for (at, line), (following_at, following) in pairwise(lines):
            if not _runs_on(line, following, width):
                yield start, at + len(line)
                start = following_at
        at, line = lines[-1]
        yield start, at + len(line)


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    """The runs of lines that are not blank."""
    lines: list[_Line] = []
    at = 0
    for raw in text.splitlines(keepends=True):
        line = raw.strip()
        if line:
            lines.append((at + len(raw) - len(raw.lstrip()), line))
        elif lines:
            yield lines
            lines = []
        at += len(raw)
    if lines:
        yield lines


def _wrap_width(lines: list[_Line]) -> int:
    """The width in characters to which a paragraph is hard-wrapped, 0 where it isn't."""
    if len(lines) < _FEWEST_WRAPPED_LINES:
        return 0
    width = max(len(line) for _, line in lines)
    wrapped = (
        width in _WRAP_WIDTHS
        and any(line[0].islower() for _, line in lines[1:])
        and all(_is_full(line, following, width) for (_, line), (_, following) in pairwise(lines))
    )
    return width if wrapped else 0


def _runs_on(line: str, following: str, width: int) -> bool:
    """Whether a sentence may go on from a line into the following one. width: of the text, 0 if it isn't wrapped."""
    if _ITEM.match(following):
        return False
    return following[0].islower() or (len(line) <= width and _is_full(line, following, width))


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width * _FULL


def _cuts(text: str, start: int, end: int, language: str) -> Iterator[int]:
    """Where, within a block, one sentence ends and the next begins; ascending."""
    last = start
    while start < end:
        stop = min(start + _WINDOW, end)
        found = [start + boundary["start_index"] for boundary in _boundaries(text[start:stop], language)][1:]
        if stop < end and not found:
            found = [_after_last_space(text, start, stop)]
        for at in found:
            closing = _CLOSING.match(text, at, end)
            cut = closing.end() if closing else at
            if last < cut < end:
                yield cut
                last = cut
        # What may go on past the window is looked at again, at the start of the next one.
        start = found[-1] if stop < end else end


def _boundaries(window: str, language: str) -> list[dict[str, int]]:
    if _NOT_PLAIN.search(window):
        window = _NOT_PLAIN.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else " ", window)
    return get_sentence_boundaries(language, window)  # type: ignore[no-any-return]


def _after_last_space(text: str, start: int, stop: int) -> int:
    """Where the last word of a stretch begins that has only one sentence; its end if it is only one word."""
    words = text[start:stop].rsplit(maxsplit=1)
    return stop - len(words[1]) if len(words) > 1 and not text[stop - 1].isspace() else stop
