"""The lines of a PDF's pages -> the text as it was written: without what stands on every page, lines joined. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

_EDGE_LINES = 2  # at the head and the foot of a page, among which a running head is
_FULL = 0.75  # of the usual length of a line: one as long goes on in the next
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?\W*", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\u00a0]+")
_HYPHENATED = re.compile(r"(?P<head>[^\W\d_]+)[-\u2010\u00ad]$")
_BROKEN = re.compile(r"\w[-\u2010\u00ad]$")
_GOES_ON = re.compile(r"[^\W\d_]+")


def joined(pages: Sequence[str]) -> str:
    """The text of pages, each given as its lines: a paragraph is one line, with a blank line after it.

    Rows of a table stay lines. What is at the head or foot of most pages goes, and so do page numbers there; a word
    that was broken at the end of a line is whole again.

    >>> joined(["The fire bri-\\ngade left."])
    'The fire brigade left.'
    """
    running = _running([_lines(page) for page in pages])
    lines = [line for page in pages for line in _without_edges(page, running)]
    usual = _usual_length(lines)
    words = Counter(re.findall(r"[^\W\d_]+[-\u2010][^\W\d_]+", " ".join(lines).lower()))
    paragraphs: list[str] = [""]
    full = False
    for line in lines:
        if not line:
            full = False
        elif _is_row(line):
            if _is_row(paragraphs[-1].rpartition("\n")[2]):
                paragraphs[-1] += f"\n{line}"
            else:
                paragraphs.append(line)
            full = False
        elif full or _BROKEN.search(paragraphs[-1]):
            paragraphs[-1] = _continued(paragraphs[-1], line, words)
            full = len(line) >= _FULL * usual
        else:
            paragraphs.append(line)
            full = len(line) >= _FULL * usual
    return "\n\n".join(filter(None, paragraphs))


def _lines(page: str) -> list[str]:
    return [_SPACES.sub(" ", line).strip() for line in page.splitlines()]


def _is_row(line: str) -> bool:
    """Whether a line is a row of a table (see `pdf_tables`), which no other line goes on in."""
    return line.startswith("| ") and line.endswith(" |")


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """What stands at the edge of most of at least three pages, its digits aside."""
    seen = Counter(edge for page in pages for edge in {_DIGITS.sub("#", line) for line in _edges(page)})
    return {edge for edge, times in seen.items() if times >= 3 and times * 2 > len(pages)}


def _edges(page: Sequence[str]) -> list[str]:
    written = [line for line in page if line]
    return written[:_EDGE_LINES] + written[-_EDGE_LINES:]


def _without_edges(page: str, running: set[str]) -> list[str]:
    lines = _lines(page)
    places = [place for place, line in enumerate(lines) if line]
    for place in {*places[:_EDGE_LINES], *places[-_EDGE_LINES:]}:
        line = lines[place]
        if _DIGITS.sub("#", line) in running or _PAGE_NUMBER.fullmatch(line):
            lines[place] = ""
    while lines and not lines[0]:  # a page's end is no paragraph's
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return lines


def _usual_length(lines: Sequence[str]) -> int:
    """The length that nine of ten lines don't exceed."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _continued(before: str, line: str, words: Counter[str]) -> str:
    """Two lines as one: a hyphen that parted a word goes, one that the text has elsewhere stays."""
    broken, rest = _HYPHENATED.search(before), _GOES_ON.match(line)
    if broken is None or rest is None:
        return before + line if _BROKEN.search(before) else f"{before} {line}"
    compound = f"{broken['head']}-{rest[0]}".lower()
    if before[-1] != "\u00ad" and (words[compound] or not rest[0][0].islower()):
        return before + line
    return before[:-1] + line
