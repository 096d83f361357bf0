"""Where the same thing was counted again later, the newest report leads and the older ones stand after it. Pure."""

from collections.abc import Sequence

from qa.answering.draft import Statement
from qa.answering.events import SameEvent
from qa.language.dates import find_dates
from qa.question.understand import NUMERIC, Question

_AS_MUCH = 0.85  # of what the first one meets of the question, as much as it takes to stand beside it


def newest_first(question: Question, statements: Sequence[Statement], share: float, same: SameEvent) -> list[Statement]:
    """Return the statements, those with a figure by the day of their articles, the newest first.

    Only where the first has a figure, and the question names no time: an older report may be what is asked for.
    Statements whose day isn't known stay where they are. share: of the first one's score, that another needs; or it
    meets nearly as much of the question, whatever its score: an article that is about something else may say it best.
    same: whether two articles are of one event; those of another than the first one's stay where they are.
    """
    if question.asked not in NUMERIC or not statements or find_dates(question.text):
        return list(statements)
    least = share * statements[0].evidence.score
    met = _AS_MUCH * statements[0].evidence.met.coverage
    places = [
        at
        for at, one in enumerate(statements)
        if _is_dated_figure(one)
        and same(statements[0].evidence.article, one.evidence.article)
        and (one.evidence.score >= least or one.evidence.met.coverage >= met)
    ]
    if not places or places[0] != 0:
        return list(statements)
    ordered = sorted((statements[at] for at in places), key=_day, reverse=True)
    told = dict(zip(places, ordered, strict=True))
    return [told.get(at, one) for at, one in enumerate(statements)]


def _is_dated_figure(one: Statement) -> bool:
    return one.span is not None and one.span.quantity is not None and one.evidence.article.published is not None


def _day(one: Statement) -> int:
    day = one.evidence.article.published
    return day.toordinal() if day else 0
