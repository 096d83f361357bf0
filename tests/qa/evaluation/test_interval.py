import math

import numpy as np
import pytest
from numpy.typing import NDArray

from qa.evaluation.interval import Title, _whole_titles, bootstrap


def _mean(values: NDArray[np.float64]) -> tuple[float, float, float]:
    return bootstrap(lambda places: float(values[places].mean()), len(values))


def test_the_interval_is_that_of_a_proportion() -> None:
    """Of 400 answers of which half are right, the normal interval is .5 ± 1.96 · sqrt(.25 / 400) = .451 to .549."""
    value, low, high = _mean(np.array([0.0, 1.0] * 200))
    assert value == 0.5
    assert low == pytest.approx(0.451, abs=0.006)
    assert high == pytest.approx(0.549, abs=0.006)


def test_the_same_cases_give_the_same_bounds() -> None:
    values = np.array([0.0, 0.3, 1.0, 0.9, 0.1])
    assert _mean(values) == _mean(values)


def test_cases_that_are_all_alike_leave_no_doubt() -> None:
    assert _mean(np.ones(7)) == (1.0, 1.0, 1.0)


def test_resamples_that_give_no_figure_are_left_out() -> None:
    def of_the_first(places: NDArray[np.intp]) -> float:
        return 0.25 if (places == 0).any() else float("nan")

    assert bootstrap(of_the_first, 3) == (0.25, 0.25, 0.25)


@pytest.mark.filterwarnings("error")
def test_no_resample_gives_a_figure() -> None:
    assert all(math.isnan(figure) for figure in bootstrap(lambda _: float("nan"), 2))


def _titles(*names: object) -> list[Title]:
    return [Title(str(name)) for name in names]


def test_cases_that_come_in_titles_are_drawn_by_whole_titles() -> None:
    """Ten titles of 40 cases, all right or all wrong: as if there were ten cases, .5 ± 1.96 · sqrt(.25 / 10)."""
    values = np.repeat([0.0, 1.0] * 5, 40)
    titles = _titles(*(place // 40 for place in range(400)))
    value, low, high = bootstrap(lambda places: float(values[places].mean()), 400, titles)
    assert value == 0.5
    assert low == pytest.approx(0.19, abs=0.02)
    assert high == pytest.approx(0.81, abs=0.02)


def test_titles_that_are_all_alike_leave_the_doubt_of_the_cases() -> None:
    values = np.array([0.0, 1.0] * 200)
    titles = _titles(*(place // 40 for place in range(400)))
    assert bootstrap(lambda places: float(values[places].mean()), 400, titles) == _mean(values)


@pytest.mark.parametrize("of_a_title", [1, 400])
def test_one_title_and_titles_of_one_case_say_no_more_than_the_cases(of_a_title: int) -> None:
    values = np.repeat([0.0, 1.0], 200)
    titles = _titles(*(place // of_a_title for place in range(400)))
    assert bootstrap(lambda places: float(values[places].mean()), 400, titles) == _mean(values)


def test_titles_that_were_left_out_stay_as_many() -> None:
    """Which share of the cases can be answered is no chance where whole titles can't be."""
    titles = [Title(str(place // 10), answerable=place < 50) for place in range(100)]
    answerable = np.array([title.answerable for title in titles])
    assert {float(answerable[places].mean()) for places in _whole_titles(titles)} == {0.5}
