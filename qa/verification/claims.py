"""A model's answer -> its claims: one a sentence, with the numbers of the sources that it cites. Pure.

`parse_claims("It fell on Sunday [1]. He left. [2, 7]", known=[1, 2])` gives "It fell on Sunday." with the marker 1, and
"He left." with the marker 2 and the unknown number 7.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vectorstore.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of a model's answer.

    text: as written, without its markers and the mark of a list item ("- ", "2. "), white space normalised.
    markers: the known sources it cites, in order, once each. unknown: the numbers it cites that are no source.
    shared: whether its markers stand behind a sentence that follows it, and are taken to be meant for both.
    """

    text: str
    markers: tuple[int, ...]
    unknown: tuple[int, ...]
    shared: bool = False


class Marker(NamedTuple):
    """A citation as written: `text[start:end]`, with its numbers, those within a range one by one."""

    start: int
    end: int
    numbers: tuple[int, ...]


# Four digits are a year. "[1](https://...)" is a link whose text is a number, and "[1]: " begins a list of links.
_GAP = r"[ \t\u00a0]{0,3}"
_LIST = rf"\d{{1,3}}(?:{_GAP}(?:[-–—‑,;、，]|and|&){_GAP}\d{{1,3}}){{0,15}}"
_BRACKETED = (
    rf"[\[［【]{_GAP}(?:[Ss]ources? |\^|\#)?(?P<list>{_LIST}){_GAP}(?:†[^\[\]［］【】\n]{{0,40}})?[\]］】](?!\()"
)
_HIGH = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# "km²" and "10⁶" are no citations.
_NO_UNIT = rf"(?<![\d{_HIGH}⁻˒])(?<!\b[kcm]m)(?<!\b(?:ft|mi))(?<!\bm)"
_RAISED = rf"{_NO_UNIT}⁽?(?P<raised>[{_HIGH}]{{1,3}}(?:[⁻˒][{_HIGH}]{{1,3}}){{0,15}})⁾?"
_MARKER = re.compile(f"{_BRACKETED}|{_RAISED}")
_CODE = re.compile(r"(?P<fence>```|~~~)[\s\S]*?(?:(?P=fence)|\Z)|(?<!`)`(?!`)[^`\n]*`")
_LINK = re.compile(r"!?\[[^\[\]\n]*\]\([^()\n]*\)|^ {0,3}\[[^\[\]\n]+\]:[ ]", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*•‣◦·+>]|\#{1,6}|\(?\d{1,2}[.)])[ \t]+", re.MULTILINE)
_RANGE = re.compile(r"(\d+)\s*[-–—‑⁻]\s*(\d+)|\d+")
_WIDEST = 20  # of a wider range only the ends count: "[1-999]" is no way to cite everything
_SPACES = " \t\u00a0"
_STOPS = ".,;:!?…。)]}\n"  # and the text's end, which is in every string
_SENTENCE_END = re.compile(r"[.!?…。][)\]”’»\"'*_]*\Z")

# What may be the beginning of a marker, or a whole one that may yet turn out to be a link's text.
_UNFINISHED = re.compile(rf"(?:[\[［【][^\[\]［］【】\n]{{0,200}}[\]］】]?|[⁽{_HIGH}⁻˒]+)\Z")


def parse_claims(answer: str, known: Collection[int]) -> tuple[Claim, ...]:
    """Return the claims of an answer in order: every sentence, list item and heading is one.

    A marker belongs to the sentence that it stands in or right after, be it alone on the next line; one that begins a
    line with other text belongs to what follows it. Sentences without one share that of the next on their line.
    known: the numbers of the sources.
    """
    clean, cited = _taken_out(answer)
    spans = split_sentences(clean)
    if not spans:
        return ()
    starts = [span.start for span in spans]
    numbers: list[dict[int, None]] = [{} for _ in spans]  # ordered sets
    for at, found in cited:
        numbers[max(0, bisect_right(starts, at) - 1)].update(dict.fromkeys(found))
    claims: list[Claim] = []
    for at in range(len(spans) - 1, -1, -1):
        span, own = spans[at], numbers[at]
        text = " ".join(clean[span.start : span.end].split())
        markers = tuple(number for number in own if number in known)
        unknown = tuple(number for number in own if number not in known)
        after = claims[-1] if claims and "\n" not in clean[span.end - 1 : spans[at + 1].start] else None
        if not own and after is not None and after.markers:
            claims.append(Claim(text, after.markers, (), shared=True))
        else:
            claims.append(Claim(text, markers, unknown))
    return tuple(reversed(claims))


def find_markers(text: str) -> tuple[Marker, ...]:
    """All markers of a text in order; those in code and in Markdown links are none.

    >>> [marker.numbers for marker in find_markers("A [1-3]. B.[4][2021] `x[5]` [6](https://example.org) C²")]
    [(1, 2, 3), (4,), (2,)]
    """
    spared = sorted(found.span() for pattern in (_CODE, _LINK) for found in pattern.finditer(text))
    starts = [start for start, _ in spared]
    markers = []
    for match in _MARKER.finditer(text):
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or spared[before][1] <= match.start():
            markers.append(Marker(*match.span(), tuple(_numbers(match["list"] or match["raised"]))))
    return tuple(markers)


def _numbers(listed: str) -> Iterator[int]:
    """ "1, 3-5" -> 1, 3, 4, 5."""
    plain = unicodedata.normalize("NFKC", listed.replace("⁻", "-"))
    for match in _RANGE.finditer(plain):
        if match[1] is None:
            yield int(match[0])
            continue
        low, high = sorted((int(match[1]), int(match[2])))
        yield from range(low, high + 1) if high - low < _WIDEST else (low, high)


def _taken_out(answer: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """The answer without markers and list items' marks, and where in it which numbers were cited."""
    marks = find_markers(answer)
    edits: list[tuple[int, int, tuple[int, ...]]] = [(item.start(), item.end(), ()) for item in _ITEM.finditer(answer)]
    starts = {mark.start for mark in marks}
    clean, at = "", 0
    cited = []
    for start, end, numbers in sorted([*edits, *marks]):
        between = answer[at:start]
        if not numbers:
            clean += f"{between}\n"
            at = end
            continue
        clean = (clean + between).rstrip(_SPACES)
        cited.append((len(clean), numbers))
        at = _after_spaces(answer, end)
        if at not in starts:
            clean += _in_place_of_marker(clean, answer[at : at + 1], spaced=at > end)
    return clean + answer[at:], cited


def _in_place_of_marker(before: str, following: str, *, spaced: bool) -> str:
    """What stands in the place of a marker and the spaces around it.

    A stop with a marker after it does end a sentence, whatever it looks like ("in the U.S. [1] Troops ..."), so that a
    paragraph's end is put there.
    """
    if not before or before[-1] == "\n" or following in _STOPS:
        return ""
    if _SENTENCE_END.search(before[-8:]) and not following.islower():
        return "\n\n"
    return " " if spaced or following.isalnum() else ""


def _after_spaces(text: str, at: int) -> int:
    while text[at : at + 1] and text[at] in _SPACES:
        at += 1
    return at


class MarkerStream:
    """Makes a streamed answer safe to show: no piece ends within a marker.

    `feed` returns what may be shown by now, `flush` what is left at the end; together they are the text that was fed,
    however it was cut: feeding "It fell [", "1", "]." gives "It fell ", "", "[1].".
    """

    def __init__(self) -> None:
        self._held = ""

    def feed(self, delta: str) -> str:
        """Take the next piece of the answer, and return what can be shown of what is there."""
        text = self._held + delta
        unfinished = _UNFINISHED.search(text, max(0, len(text) - 256))
        shown = text[: unfinished.start()] if unfinished else text
        self._held = text[len(shown) :]
        return shown

    def flush(self) -> str:
        """Return what was held back: the answer is at its end."""
        held, self._held = self._held, ""
        return held
