"""The bootstrap: how far a figure would have moved with other cases of the same kind. Pure.

Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13: percentile intervals.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
SEED = 20_210_813
_TAILS = (2.5, 97.5)

Statistic = Callable[[NDArray[np.intp]], float]


def bootstrap(statistic: Statistic, cases: int) -> tuple[float, float, float]:
    """Return a figure with the bounds of its 95% percentile interval: (value, low, high).

    statistic: the figure over some of the cases, given by their places, the same place more than once; NaN where these
    can't give one. The same cases give the same bounds. cases: at least 1.

    >>> answers = np.array([1.0, 1.0, 1.0, 1.0])
    >>> bootstrap(lambda places: answers[places].mean(), 4)
    (1.0, 1.0, 1.0)
    """
    generator = np.random.default_rng(SEED)
    value = float(statistic(np.arange(cases)))
    figures = np.array([statistic(generator.integers(0, cases, cases)) for _ in range(RESAMPLES)])
    known = figures[~np.isnan(figures)]
    if not len(known):
        return value, value, value
    low, high = np.percentile(known, _TAILS)
    return value, float(low), float(high)
