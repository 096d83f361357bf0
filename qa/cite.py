"""Words of an article -> a citation that holds: code takes the quote from the text, so that it can't be false. Pure."""

from collections.abc import Sequence

from qa.evidence import Evidence
from qa.records import Citation, Excerpt


def cite(marker: int, evidence: Evidence, also_in: Sequence[Evidence] = ()) -> Citation:
    """Return the citation of a sentence. marker: its number in the answer, from 1.

    The quote is cut from the article's text by the offsets that are given with it, and from nowhere else.
    """
    article = evidence.article
    return Citation(
        marker=marker,
        article_id=article.id,
        revision=article.revision,
        title=article.title,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        quote=evidence.text,
        start=evidence.start,
        end=evidence.end,
        support="verified",
        also_in=tuple(excerpt(other) for other in also_in),
    )


def excerpt(evidence: Evidence) -> Excerpt:
    """Return the words of a sentence, with where they stand."""
    article = evidence.article
    return Excerpt(
        article_id=article.id,
        revision=article.revision,
        title=article.title,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        quote=evidence.text,
        start=evidence.start,
        end=evidence.end,
    )
