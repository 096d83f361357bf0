"""The bootstrap: how far a figure would have moved with other cases of the same kind. Pure.

Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13: percentile intervals. Davison and Hinkley,
"Bootstrap Methods and their Application", 1997, section 3.8: cases that come in groups are drawn by whole groups.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
SEED = 20_210_813
_TAILS = (2.5, 97.5)

Statistic = Callable[[NDArray[np.intp]], float]


def bootstrap(statistic: Statistic, cases: int, groups: Sequence[str] = ()) -> tuple[float, float, float]:
    """Return a figure with the bounds of its 95% percentile interval: (value, low, high).

    statistic: the figure over some of the cases, given by their places, the same place more than once; NaN where these
    can't give one. The same cases give the same bounds. cases: at least 1.

    groups: (cases,), the title that each is about. Questions about one title are right and wrong together, so whole
    titles are drawn, too, and the outer bounds of both ways count: on 10 titles with 370 questions each, those of
    titles, three times as far apart; on 4 titles with 45 each, mostly those of cases, since so few titles can't tell
    how far titles differ. So a baseline of few titles stays as strict as its cases make it.

    >>> answers = np.array([1.0, 1.0, 1.0, 1.0])
    >>> bootstrap(lambda places: answers[places].mean(), 4)
    (1.0, 1.0, 1.0)
    """
    value = float(statistic(np.arange(cases)))
    bounds = [_bounds(statistic, _some_cases(cases))]
    if 1 < len(set(groups)) < cases:
        bounds.append(_bounds(statistic, _whole_groups(groups)))
    low, high = np.array([known for known in bounds if known] or [(value, value)]).T
    return value, float(low.min()), float(high.max())


def _bounds(statistic: Statistic, draws: Iterator[NDArray[np.intp]]) -> tuple[float, float] | None:
    """None where no draw gives a figure."""
    figures = np.array([statistic(places) for places in draws])
    known = figures[~np.isnan(figures)]
    return tuple(np.percentile(known, _TAILS).tolist()) if len(known) else None


def _some_cases(cases: int) -> Iterator[NDArray[np.intp]]:
    generator = np.random.default_rng(SEED)
    for _ in range(RESAMPLES):
        yield generator.integers(0, cases, cases)


def _whole_groups(groups: Sequence[str]) -> Iterator[NDArray[np.intp]]:
    """The places of all cases of as many groups as there are, some groups more than once."""
    generator = np.random.default_rng(SEED)
    names, of_case = np.unique(np.array(groups), return_inverse=True)
    members = [np.flatnonzero(of_case == number) for number in range(len(names))]
    for _ in range(RESAMPLES):
        yield np.concatenate([members[number] for number in generator.integers(0, len(members), len(members))])
