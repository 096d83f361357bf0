"""What reads: a question and windows of text in, the spans that may answer it out, each with its score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an article to read. header: what stands before it and can't answer, as the title; may be empty."""

    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """`window.text[start:end]` may answer. score: its log-odds against "not in this window"."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one window. spans: best first, none overlapping a better one. here: log-odds that it answers."""

    spans: tuple[Found, ...]
    here: float


class Reader(Protocol):
    """The seam: what reads for the answerer, and for the verifier."""

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """Read each window beside the question; what comes of one does not depend on the others."""
        ...
