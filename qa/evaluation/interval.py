"""The bootstrap: how far a figure would have moved with other cases of the same kind. Pure.

Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13: percentile intervals. Davison and Hinkley,
"Bootstrap Methods and their Application", 1997, section 3.8: cases that come in groups are drawn by whole groups.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
SEED = 20_210_813
_TAILS = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Title:
    """The title that a case is about, and whether the articles answer it."""

    name: str
    answerable: bool = True


Statistic = Callable[[NDArray[np.intp]], float]


def bootstrap(statistic: Statistic, cases: int, titles: Sequence[Title] = ()) -> tuple[float, float, float]:
    """Return a figure with the bounds of its 95% percentile interval: (value, low, high).

    statistic: the figure over some of the cases, given by their places, the same place more than once; NaN where these
    can't give one. The same cases give the same bounds. cases: at least 1.

    titles: (cases,). Questions about one title are right and wrong together, so whole titles are drawn, too, and the
    outer bounds of both ways count. On 10 titles of 370 questions these are those of titles, three times as far apart;
    on 4 titles of 45 mostly those of cases, since so few can't tell how far titles differ. So a small baseline stays as
    strict as its cases make it.

    >>> answers = np.array([1.0, 1.0, 1.0, 1.0])
    >>> bootstrap(lambda places: answers[places].mean(), 4)
    (1.0, 1.0, 1.0)
    """
    value = float(statistic(np.arange(cases)))
    bounds = [_bounds(statistic, _some_cases(cases))]
    if 1 < len({title.name for title in titles}) < cases:
        bounds.append(_bounds(statistic, _whole_titles(titles)))
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


def _whole_titles(titles: Sequence[Title]) -> Iterator[NDArray[np.intp]]:
    """The places of all cases of as many titles as there are, some titles more than once.

    Titles that can't be answered are drawn for one another only, where others can: how many of both there are is the
    data set's doing, and no chance.
    """
    members: dict[str, list[int]] = {}
    for place, title in enumerate(titles):
        members.setdefault(title.name, []).append(place)
    alike: dict[frozenset[bool], list[NDArray[np.intp]]] = {}
    for places in members.values():
        kinds = frozenset(titles[place].answerable for place in places)
        alike.setdefault(kinds, []).append(np.array(places))
    generator = np.random.default_rng(SEED)
    for _ in range(RESAMPLES):
        yield np.concatenate(
            [drawn[one] for drawn in alike.values() for one in generator.integers(0, len(drawn), len(drawn))]
        )
