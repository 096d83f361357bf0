"""Whether the sources of an answer agree or differ: decided here once, for every surface to say. Pure."""

from collections.abc import Sequence
from itertools import combinations

from qa.records import Citation, Concord, Figure


def concord_of(citations: Sequence[Citation], figures: Sequence[Figure], independent_sources: int) -> Concord | None:
    """Return whether sources agree or differ; None where one speaks alone, or where one article gives both figures.

    Two figures of one article count two things ("600 UK", "3,000 US troops"): nobody differs.
    """
    if len({str(figure.value) for figure in figures}) < 2:
        return "agree" if independent_sources > 1 else None
    articles = {one.marker: {one.article_id, *(other.article_id for other in one.also_in)} for one in citations}
    bearing = [set[str]().union(*(articles.get(marker, ()) for marker in one.markers)) for one in figures]
    return "differ" if any(one.isdisjoint(other) for one, other in combinations(bearing, 2)) else None
