"""The reader that the package brings: a small transformer, fine-tuned by `qa.training.train_reader`."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from tokenizers import Encoding

from qa.reading.encoder import Encoder, Floats
from qa.reading.reader import Found, Reader, Reading, Window

FOLDER = Path(__file__).with_name("model")
_SPANS = 4  # of a window
_LONGEST = 24  # word pieces of a span
_KEPT = 4_096  # windows of questions asked again
_LIKELY = 20  # starts that are looked at, and ends


class TrainedReader:
    """all-MiniLM-L6-v2 with a start, an end and a "here" read off its pieces. Thread-safe; loaded when first asked."""

    def __init__(self, folder: Path = FOLDER, *, threads: int = 1) -> None:
        self._encoder = Encoder(folder, threads=threads)
        self._read = lru_cache(maxsize=_KEPT)(self._read_one)

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """Read each window beside the question, each by itself."""
        return [self._read(question, window) for window in windows]

    def _read_one(self, question: str, window: Window) -> Reading:
        text = f"{window.header} {window.text}" if window.header else window.text
        ((pieces, told),) = self._encoder.read_pieces([(question, text)])
        return _reading(window, pieces, told)


def _reading(window: Window, pieces: Encoding, told: Floats) -> Reading:
    """told: (t, 3), the start, the end and "here" of each piece; the first piece stands for nowhere."""
    before = len(window.header) + 1 if window.header else 0
    places = [
        at
        for at, (text, (start, _)) in enumerate(zip(pieces.sequence_ids, pieces.offsets, strict=True))
        if text == 1 and start >= before
    ]
    nowhere = float(told[0, 0] + told[0, 1])
    spans: list[Found] = []
    for score, first, last in _ranked(told, np.array(places, np.int64)):
        start, end = pieces.offsets[first][0] - before, pieces.offsets[last][1] - before
        if all(end <= one.start or one.end <= start for one in spans):
            spans.append(Found(start, end, score - nowhere))
        if len(spans) == _SPANS:
            break
    return Reading(tuple(spans), float(told[0, 2]))


def _ranked(told: Floats, places: np.ndarray) -> Iterator[tuple[float, int, int]]:
    """Score, first and last piece of the spans between likely starts and likely ends, best first."""
    starts = places[np.argsort(-told[places, 0], kind="stable")[:_LIKELY]]
    ends = places[np.argsort(-told[places, 1], kind="stable")[:_LIKELY]]
    scores = told[starts, 0][:, None] + told[ends, 1][None]
    length = ends[None] - starts[:, None]
    fit = (length >= 0) & (length < _LONGEST)
    rows, columns = np.nonzero(fit)
    order = np.argsort(-scores[rows, columns], kind="stable")
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        yield float(scores[row, column]), int(starts[row]), int(ends[column])


@cache
def packaged() -> Reader:
    """The reader that the package brings; one for the process."""
    return TrainedReader()
