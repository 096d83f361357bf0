from itertools import pairwise

import pytest

from qa.reading.reader import Window
from qa.reading.trained import TrainedReader

QUESTION = "Who founded the hospital?"
WINDOWS = [
    Window("", "Ada Lun founded the hospital in Orley in 1990. It has 40 beds."),
    Window("A ferry sinks.", "Four people were saved by a trawler on Monday."),
    Window("", ""),
    Window("Orley", " ".join(f"In {year} the council of Orley met twice." for year in range(1950, 2010))),
]


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    return TrainedReader()


def test_the_words_that_answer_are_found(reader: TrainedReader) -> None:
    (reading, other) = reader.read(QUESTION, WINDOWS[:2])
    best = reading.spans[0]
    assert WINDOWS[0].text[best.start : best.end] == "Ada Lun"
    assert best.score > 0 > other.spans[0].score
    assert reading.here > other.here


def test_a_masked_statement_is_a_question(reader: TrainedReader) -> None:
    (reading,) = reader.read("[MASK] founded the hospital.", WINDOWS[:1])
    assert WINDOWS[0].text[reading.spans[0].start : reading.spans[0].end] == "Ada Lun"


def test_a_window_reads_the_same_in_any_company_and_on_two_threads(reader: TrainedReader) -> None:
    alone = [TrainedReader().read(QUESTION, [window])[0] for window in WINDOWS]
    together, on_two = reader.read(QUESTION, WINDOWS * 4), TrainedReader(threads=2).read(QUESTION, WINDOWS)
    assert together == alone * 4
    for one, other in zip(alone, on_two, strict=True):
        assert [(span.start, span.end) for span in one.spans] == [(span.start, span.end) for span in other.spans]
        assert one.here == pytest.approx(other.here, abs=1e-3)


def test_spans_are_the_windows_own_and_do_not_overlap(reader: TrainedReader) -> None:
    for window, reading in zip(WINDOWS, reader.read(QUESTION, WINDOWS), strict=True):
        assert all(0 <= span.start < span.end <= len(window.text) for span in reading.spans)
        ordered = sorted(reading.spans, key=lambda span: span.start)
        assert all(one.end <= other.start for one, other in pairwise(ordered))
        assert list(reading.spans) == sorted(reading.spans, key=lambda span: -span.score)


def test_an_empty_window_answers_nothing(reader: TrainedReader) -> None:
    assert reader.read(QUESTION, [WINDOWS[2]])[0].spans == ()
    assert reader.read(QUESTION, []) == []
