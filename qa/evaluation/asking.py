"""Questions put to one library: what was answered, what was found, and what can be told only while it is open."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from qa.engine import Engine
from qa.evaluation import citations
from qa.evaluation.libraries import articles_of
from qa.evaluation.ranking import DEPTH
from qa.evaluation.records import Case, Retrieved
from qa.evaluation.relevance import Relevant, find_relevant
from qa.question.understand import to_search, understand
from qa.records import Answer, Request
from vectorstore.errors import ArticleNotFoundError
from vectorstore.records import Hit
from vectorstore.search import READ_CANDIDATES
from vectorstore.store import Store

_WORDS_SHOWN = 300  # characters


@dataclass(frozen=True, slots=True)
class AskedCase:
    """What came of a case. cited: verdicts on its citations."""

    case: Case
    answer: Answer
    ranking: tuple[Retrieved, ...]
    relevant: Relevant
    seconds: float
    cited: dict[str, float]


def ask_all(engine: Engine, cases: tuple[Case, ...]) -> Iterator[AskedCase]:
    """Ask the questions, one after the other. Raises DatasetError where the library is another than the cases'."""
    articles = articles_of(engine.store) if any(case.relevant for case in cases) else ()
    for case, relevant in zip(cases, find_relevant(cases, articles), strict=True):
        started = time.perf_counter()
        answer = engine.ask(Request(case.question))
        seconds = time.perf_counter() - started
        # As many are read, and put in order by that, as for an answer: asked for more, a search reads more.
        hits = engine.store.search(to_search(understand(case.question)), limit=READ_CANDIDATES).hits
        cited = citations.judge(answer, case, relevant.ids, _texts(engine.store))
        yield AskedCase(case, answer, tuple(_ranking(hits, relevant.ids)), relevant, seconds, cited)


def _ranking(hits: Iterable[Hit], relevant: tuple[str, ...]) -> Iterator[Retrieved]:
    """The first ten articles, each by its best passage; fewer where several of what was read are of one article."""
    best: dict[str, Hit] = {}
    for hit in hits:
        best.setdefault(hit.article.id, hit)
    for hit in islice(best.values(), DEPTH):
        yield Retrieved(
            article_id=hit.article.id,
            title=hit.article.title,
            words=hit.text[:_WORDS_SHOWN],
            score=hit.score,
            bm25=hit.bm25,
            similarity=hit.similarity,
            relevant=hit.article.id in relevant if relevant else None,
        )


def _texts(store: Store) -> citations.ArticleText:
    def text_of(article_id: str, revision: int) -> str:
        try:
            return store.article(article_id, revision).text
        except ArticleNotFoundError:
            return ""  # no quote stands in it

    return text_of
