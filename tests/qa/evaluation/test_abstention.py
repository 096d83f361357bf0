import math
from collections.abc import Sequence

import numpy as np
import pytest

from qa.evaluation.abstention import (
    Trials,
    abstained_while_answering,
    area,
    calibration_error,
    points,
    risks,
    roc_area,
    sureness_area,
)


def _trials(
    confidence: Sequence[float],
    right: Sequence[int],
    *,
    answered: Sequence[int] | None = None,
    answerable: Sequence[int] | None = None,
) -> Trials:
    every = [1] * len(confidence)
    return Trials(
        np.array(confidence, np.float64),
        np.array(confidence, np.float64),
        np.array(answered or every, np.bool_),
        np.array(right, np.bool_),
        np.array(right, np.bool_),
        np.array(answerable or every, np.bool_),
    )


def test_the_most_confident_are_covered_first() -> None:
    """Right at .9, wrong at .5, right at .2: the risks are 0/1, 1/2 and 1/3."""
    trials = _trials([0.2, 0.9, 0.5], [1, 1, 0])
    assert risks(trials).tolist() == pytest.approx([0, 1 / 2, 1 / 3])
    assert area(trials) == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)


def test_equal_confidence_gives_the_same_curve_in_any_order() -> None:
    """Of the two at .8 one is wrong, so that each counts a half: 0, .5/2, 1/3."""
    for right in ([1, 0, 1], [1, 1, 0]):
        assert risks(_trials([0.9, 0.8, 0.8], right)).tolist() == pytest.approx([0, 0.25, 1 / 3])


def test_a_refusal_is_covered_last_and_wrong_however_confident() -> None:
    trials = _trials([0.99, 0.3], [0, 1], answered=[0, 1])
    assert risks(trials).tolist() == [0, 0.5]


def test_the_curve_has_its_ends_and_at_most_a_hundred_points() -> None:
    curve = points(_trials(np.linspace(1, 0, 3708).tolist(), [1] * 1854 + [0] * 1854))
    assert len(curve) == 100
    assert curve[0] == (round(1 / 3708, 4), 0.0)
    assert curve[-1] == (1.0, 0.5)
    assert list(curve) == sorted(curve)
    assert points(_trials([0.5], [1])) == ((1.0, 0.0),)


def test_the_area_under_roc_counts_pairs() -> None:
    """(.9, .4) against (.4, .1): three pairs are in order and one is a tie."""
    trials = _trials([0.9, 0.4, 0.4, 0.1], [1] * 4, answerable=[1, 1, 0, 0])
    assert roc_area(trials) == pytest.approx(3.5 / 4)


def test_what_is_refused_while_95_percent_are_answered() -> None:
    """19 of 20 reach .10; of the others, .05 doesn't and .10 does."""
    answerable = [number / 20 for number in range(1, 21)]
    trials = _trials([*(one * 2 for one in answerable), 0.19, 0.2, 0.9], [1] * 23, answerable=[1] * 20 + [0] * 3)
    assert abstained_while_answering(trials) == pytest.approx(1 / 3)


def test_where_a_kind_is_missing_there_is_nothing_to_compare() -> None:
    for answerable in ([1, 1], [0, 0]):
        trials = _trials([0.9, 0.4], [1, 1], answerable=answerable)
        assert math.isnan(roc_area(trials))
        assert math.isnan(abstained_while_answering(trials))


def test_some_of_the_trials() -> None:
    some = _trials([0.9, 0.5, 0.2], [1, 0, 1]).at(np.array([1, 1]))
    assert risks(some).tolist() == [1, 1]


def test_sureness_is_compared_among_what_was_answered_only() -> None:
    """Right at .9 and .4 against wrong at .6: one pair of two; the refusal at .95 counts for nothing."""
    trials = _trials([0.9, 0.4, 0.6, 0.95], [1, 1, 0, 0], answered=[1, 1, 1, 0])
    assert sureness_area(trials) == pytest.approx(1 / 2)


def test_confidence_is_calibrated_where_it_is_the_share_of_right_ones() -> None:
    """Of ten at .75 seven are right: .05 apart; beside one at 1 that is right, it is 10 of 11 parts of that."""
    assert calibration_error(_trials([0.75] * 10, [1] * 7 + [0] * 3)) == pytest.approx(0.05)
    assert calibration_error(_trials([0.75] * 10 + [1.0], [1] * 7 + [0] * 3 + [1])) == pytest.approx(0.5 / 11)


def test_calibration_needs_an_answer() -> None:
    assert math.isnan(calibration_error(_trials([0.5], [0], answered=[0])))
