from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from qa.answering.draft import Statement
from qa.answering.events import always_one
from qa.answering.newest import newest_first
from qa.question.understand import understand
from tests.qa.composing import COUNT, counted

if TYPE_CHECKING:
    from qa.reading.evidence import Evidence

OLD = "At least 12 people were evacuated."
NEW = "In all, 31 people were evacuated."


def said(sentence: str, day: str | None, *, score: float = 0.5, coverage: float = 1.0) -> Statement:
    found = counted(sentence, sentence, score=score)
    found = replace(found, met=replace(found.met, coverage=coverage))
    dated: Evidence = replace(found, article=replace(found.article, published_at=day))
    return Statement(dated, (), dated.spans[0] if dated.spans else None)


def texts(question: str, *statements: Statement) -> list[str]:
    return [one.evidence.text for one in newest_first(understand(question), statements, 0.2, always_one)]


def test_the_newest_figure_leads() -> None:
    assert texts(COUNT, said(OLD, "2024-06-01"), said(NEW, "2024-06-03T08:00:00+02:00")) == [NEW, OLD]
    assert texts(COUNT, said(NEW, "2024-06-03"), said(OLD, "2024-06-01")) == [NEW, OLD]


@pytest.mark.parametrize(
    ("question", "day", "score"),
    [
        (COUNT, None, 0.5),
        ("How many people were evacuated by 2 June 2024?", "2024-06-03", 0.5),
        ("Why were 12 people evacuated?", "2024-06-03", 0.5),
    ],
)
def test_it_does_not_where_a_day_is_unknown_or_named_or_the_figure_is_hardly_meant(
    question: str, day: str | None, score: float
) -> None:
    assert texts(question, said(OLD, "2024-06-01"), said(NEW, day, score=score)) == [OLD, NEW]


def test_a_newer_figure_of_a_low_score_leads_where_it_meets_as_much_of_the_question() -> None:
    newer = said(NEW, "2024-06-03", score=0.05, coverage=0.9)
    assert texts(COUNT, said(OLD, "2024-06-01"), newer) == [NEW, OLD]
    hardly_meant = said(NEW, "2024-06-03", score=0.05, coverage=0.6)
    assert texts(COUNT, said(OLD, "2024-06-01"), hardly_meant) == [OLD, NEW]


def test_what_gives_no_figure_stays_where_it_is() -> None:
    plain = "Nobody was left behind."
    assert texts(COUNT, said(OLD, "2024-06-01"), said(plain, "2024-06-09"), said(NEW, "2024-06-03")) == [
        NEW,
        plain,
        OLD,
    ]
    assert texts(COUNT, said(plain, "2024-06-09"), said(OLD, "2024-06-01"), said(NEW, "2024-06-03"))[0] == plain
    assert texts(COUNT) == []


def test_a_newer_figure_of_another_event_does_not_lead() -> None:
    older, newer = said(OLD, "2024-06-01"), said(NEW, "2024-06-03")
    assert newest_first(understand(COUNT), [older, newer], 0.2, lambda *_: False) == [older, newer]
