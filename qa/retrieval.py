"""A question that stands alone -> the passages that bear on it.

The filters that its words name limit the search, its language chooses the stems, and what the last exchanges cited
competes with the rest; a follow-up's own words count a second time.
"""

from dataclasses import replace

from qa.conversations.own_words import find_for
from qa.conversations.standalone import StandingAlone
from qa.multilingual.tongue import OTHERS
from qa.question.asked_filters import Limited, limited
from qa.question.asked_text import read_question
from qa.question.understand import to_search, understand
from qa.records import Request
from vectorstore.languages import ENGLISH, language_of_question
from vectorstore.records import Place, SearchResult
from vectorstore.search import READ_CANDIDATES
from vectorstore.store import Store

_COMPETING = 2  # of the last exchanges whose cited passages are candidates again


def retrieve(store: Store, request: Request, standing: StandingAlone, limit: int) -> tuple[Limited, SearchResult]:
    """The question and its filters as they are searched, and at most `limit` passages, best first.

    Raises as `Store.search` does, and BadQuestionError.
    """
    named = limited(standing.question, request.filters, store)
    filtered = replace(request, filters=named.filters)
    typed = read_question(request.question)
    if standing.more or typed == standing.question:
        return named, _search(store, filtered, named.question, limit)
    own, depth = limited(typed, request.filters, store).question, max(limit, READ_CANDIDATES)
    return named, find_for(named.question, own, lambda text: _search(store, filtered, text, depth), limit=limit)


def cited_before(request: Request) -> list[Place]:
    """What the last exchanges cited."""
    return [place for exchange in request.before[-_COMPETING:] for place in exchange.cited]


def _search(store: Store, request: Request, text: str, limit: int) -> SearchResult:
    language = language_of_question(text)
    asked = text if language in OTHERS else to_search(understand(text))
    return store.search(
        asked, limit=limit, filters=request.filters, also=cited_before(request), language=language or ENGLISH
    )
