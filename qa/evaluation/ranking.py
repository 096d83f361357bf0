"""How high the right articles were ranked. The measures themselves are ir_measures'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, Success, nDCG

DEPTH = 10
_MEASURES = {
    "Hits@1": Success @ 1,
    "Hits@4": Success @ 4,
    "Hits@10": Success @ DEPTH,
    "MRR@10": RR @ DEPTH,
    "nDCG@10": nDCG @ DEPTH,
}
NAMES = tuple(_MEASURES)
_NAME_OF = {measure: name for name, measure in _MEASURES.items()}


@dataclass(frozen=True, slots=True)
class Ranked:
    """The articles that a question found, best first, and those that hold its answer, one at least."""

    found: Sequence[str]
    relevant: Sequence[str]


def judge(rankings: Sequence[Ranked]) -> list[Mapping[str, float]]:
    """Return each ranking's figures by their names, all from 0 to 1. What found nothing has 0 in all of them.

    >>> judge([Ranked(["b", "a"], ["a"])])[0]["MRR@10"]
    0.5
    """
    # Scores only keep the order: trec_eval, which is behind it, sorts by them, and equal ones by name.
    run = {
        str(place): {article: float(-rank) for rank, article in enumerate(dict.fromkeys(ranked.found))}
        for place, ranked in enumerate(rankings)
    }
    judged = {str(place): dict.fromkeys(ranked.relevant, 1) for place, ranked in enumerate(rankings)}
    figures: list[dict[str, float]] = [{} for _ in rankings]
    for figure in ir_measures.iter_calc(list(_MEASURES.values()), judged, run):
        figures[int(figure.query_id)][_NAME_OF[figure.measure]] = float(figure.value)
    return list(figures)
