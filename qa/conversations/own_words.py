"""What a follow-up's own words find, beside what the question finds that was made to stand alone. Pure.

What is carried over helps to find what a follow-up lacks, and draws away from what it says itself: a question that the
last turn would have found alone lost a twentieth of its passages. docs/conversations.md has what the share is worth.
"""

from collections.abc import Callable
from dataclasses import replace

from qa.conversations.standalone import without_claim
from qa.language.terms import content_words
from vectorstore.records import Hit, SearchResult

SHARE = 0.3
"""What a passage's score by the follow-up's own words counts beside its score by the question that stands alone."""


def find_for(standing: str, typed: str, search: Callable[[str], SearchResult], *, limit: int) -> SearchResult:
    """The `limit` best passages for a question that stands alone, those before others that what was typed finds too.

    typed: the follow-up's own words, of which what is merely asserted finds nothing. search: what finds passages for a
    text; more than `limit`, so that what is not among the best of either can be of both.
    """
    found, own = search(standing), without_claim(typed)
    hits = blended(found.hits, search(own).hits) if own != standing and content_words(own) else found.hits
    return replace(found, hits=hits[:limit])


def blended(found: tuple[Hit, ...], own: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Each passage once, by its score in `found` and SHARE of that in `own`, best first; 0 where one lacks it."""
    scores = {_place(hit): SHARE * hit.score for hit in own}
    hits = {_place(hit): hit for hit in (*own, *found)}
    for hit in found:
        scores[_place(hit)] = scores.get(_place(hit), 0.0) + hit.score
    ranked = [replace(hit, score=scores[place]) for place, hit in hits.items()]
    return tuple(sorted(ranked, key=lambda hit: -hit.score))


def _place(hit: Hit) -> tuple[str, int, int]:
    return hit.article.id, hit.article.revision, hit.passage.start
