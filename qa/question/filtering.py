"""Filters as they were asked for, held against what there is: a slip is told, instead of finding nothing."""

from collections.abc import Sequence

from qa.errors import BadFiltersError
from vectorstore.records import Filters

_NAMED = 20  # publishers that a message lists


def check_filters(filters: Filters, sources: Sequence[str]) -> None:
    """Raise BadFiltersError where the days end before they begin, or a publisher is named that no article is of.

    sources: the publishers that there are; of an empty library nothing can be said.
    """
    if filters.since and filters.until and filters.since > filters.until:
        raise BadFiltersError(
            f"Nothing is published since {filters.since} and until {filters.until}: the days end before they begin. "
            "Exchange them, or leave one out."
        )
    known = {source.casefold() for source in sources}
    unknown = [source for source in filters.sources if source.casefold() not in known]
    if unknown and known:
        named = ", ".join(sources[:_NAMED])
        others = f" and {len(sources) - _NAMED} others" if len(sources) > _NAMED else ""
        raise BadFiltersError(f"No article is of the source {unknown[0][:100]!r}. The sources are: {named}{others}.")
