import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.judge import Floats
from qa.reading.reader import Found
from qa.reading.weighing import WEIGHTS, assured, ranked
from qa.reading.windows import NOT_READ, Read


def shares(read: list[Read], judged: list[float], others: list[bool] | None = None) -> Floats:
    alike = np.ones(len(read), np.float32)
    return ranked(read, alike, np.array(judged, np.float32), np.array(others or [False] * len(read)))


LOGS = st.floats(-12, 12)
READ = st.builds(Read, LOGS, LOGS, st.just(Found(0, 1, 0.0)))


@given(st.lists(st.tuples(READ, st.floats(0.01, 1)), min_size=1, max_size=16))
def test_ranks_sum_to_one(given_: list[tuple[Read, float]]) -> None:
    told = shares([read for read, _ in given_], [judged for _, judged in given_])
    assert float(told.sum()) == pytest.approx(1, abs=1e-4)


def test_a_better_span_and_a_better_word_rank_higher() -> None:
    assert shares([Read(2.0, 0.0, None), Read(-2.0, 0.0, None)], [0.5, 0.5]).argmax() == 0
    assert shares([NOT_READ, NOT_READ], [0.1, 0.9]).argmax() == 1


def test_what_speaks_of_another_ranks_lower() -> None:
    assert shares([NOT_READ, NOT_READ], [0.5, 0.5], [True, False]).argmax() == 1


@given(READ, st.floats(0, 1))
def test_confidence_is_a_chance(read: Read, judged: float) -> None:
    assert 0 <= assured(read, judged) <= 1


def test_confidence_rises_with_what_was_read() -> None:
    assert assured(Read(0.0, 3.0, None), 0.5) > assured(Read(0.0, 0.0, None), 0.5) > assured(NOT_READ, 0.5)
    assert assured(Read(0.0, 0.0, None), 0.9) > assured(Read(0.0, 0.0, None), 0.1)
    assert WEIGHTS.bias < 0
