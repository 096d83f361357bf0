"""An answer that was given, without the words of articles that were deleted since. Pure."""

from collections.abc import Collection
from dataclasses import replace

from qa.records import Answer, Citation

DELETED = "(deleted)"
"""What stands in the place of a quote: a citation has one in any case."""


def articles_shown(answer: Answer) -> frozenset[str]:
    """The ids of the articles whose words or titles an answer shows beside its text."""
    cited = {one.article_id for one in answer.citations if not one.gone}
    others = {other.article_id for one in answer.citations for other in one.also_in}
    return frozenset(cited | others | {near.article_id for near in answer.nearest})


def without_articles(answer: Answer, gone: Collection[str]) -> Answer:
    """The answer with the citations of these articles marked as gone, and nothing else of them; its text stays."""
    if not gone:
        return answer
    return replace(
        answer,
        citations=tuple(_without(one, gone) for one in answer.citations),
        nearest=tuple(near for near in answer.nearest if near.article_id not in gone),
    )


def _without(citation: Citation, gone: Collection[str]) -> Citation:
    others = tuple(other for other in citation.also_in if other.article_id not in gone)
    if citation.article_id not in gone:
        return replace(citation, also_in=others)
    left = replace(citation, gone=True, standing="deleted", quote=DELETED)
    return replace(left, title=None, url=None, source=None, published_at=None, also_in=others, dates=())
