""" "Tell me more": what the articles of the last answer say beyond what was shown of them. Pure."""

from collections.abc import Sequence

from qa.answering.compose import MAX_SENTENCES
from qa.answering.draft import Draft, Statement
from qa.reading.evidence import Evidence
from qa.records import Exchange
from vectorstore.records import Place


def tell_more(evidence: Sequence[Evidence], before: Sequence[Exchange]) -> Draft:
    """Return the best sentences of the articles that the last answer cited, none of which was shown before.

    They need not answer the question again; "weak_evidence" where the articles have no more that bears on it.
    """
    shown = [place for exchange in before for place in exchange.cited]
    articles = {place.article_id for place in next((one.cited for one in reversed(before) if one.cited), ())}
    fresh = [one for one in evidence if one.article.id in articles and not any(_overlap(one, place) for place in shown)]
    if not fresh:
        return Draft((), "weak_evidence")
    return Draft(tuple(Statement(one, (), None) for one in fresh[:MAX_SENTENCES]), None)


def _overlap(found: Evidence, place: Place) -> bool:
    return found.article.id == place.article_id and found.start < place.end and place.start < found.end
