"""The main text, title and date of 68 pages: seventeen shapes, four stories."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.vectorstore.readers.pages.shapes import SHAPES, Page, page_of
from tests.vectorstore.readers.pages.stories import STORIES
from vectorstore.readers.html import page_article

PAGES = tuple(page_of(shape, story) for shape in SHAPES for story in STORIES)
READ_ON = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    page: Page
    f1: float
    title: bool
    date: bool


def token_f1(given: str, expected: str) -> float:
    """The harmonic mean of precision and recall of a text's words, each as often as it stands there."""
    one, other = (Counter(re.findall(r"\w+", text.casefold())) for text in (given, expected))
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total())


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    found = []
    for page in PAGES:
        article = page_article(page.markup, None, "k", READ_ON)
        f1 = token_f1(article.text, page.text)
        found.append(Outcome(page, f1, article.title == page.title, article.published_at == page.published))
    return found


def test_there_are_sixty_pages_of_twelve_shapes() -> None:
    assert len({page.markup for page in PAGES}) >= 60
    assert len(SHAPES) >= 12


def test_the_main_text(outcomes: list[Outcome]) -> None:
    assert min(outcome.f1 for outcome in outcomes) >= 0.90, sorted((o.f1, o.page.name) for o in outcomes)[:8]
    assert sum(outcome.f1 for outcome in outcomes) / len(outcomes) >= 0.95


def test_titles_and_dates(outcomes: list[Outcome]) -> None:
    wrong = [outcome.page.name for outcome in outcomes if not (outcome.title and outcome.date)]
    assert len(wrong) <= 0.05 * len(outcomes), wrong
