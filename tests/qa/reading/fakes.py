"""A reader whose mind is known."""

from collections.abc import Mapping, Sequence

from qa.reading.reader import Found, Reading, Window


class FakeReader:
    """Marks given words wherever they stand, each with its score. windows: what it was given to read."""

    def __init__(self, marks: Mapping[str, float], here: float = 0.0) -> None:
        self.marks = marks
        self.here = here
        self.windows: list[Window] = []

    def read(self, _question: str, windows: Sequence[Window]) -> list[Reading]:
        self.windows += windows
        return [self._reading(window.text) for window in windows]

    def _reading(self, text: str) -> Reading:
        spans = [
            Found(text.index(words), text.index(words) + len(words), score)
            for words, score in self.marks.items()
            if words in text
        ]
        return Reading(tuple(sorted(spans, key=lambda one: -one.score)), self.here)
