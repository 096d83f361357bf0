"""The Home tab, whatever the library holds."""

from datetime import UTC, datetime

import pytest

from clients.slack.assistant import suggested
from clients.slack.home import home_view
from clients.slack.knowledge import Knowledge
from tests.slack.hostile import TEXTS
from tests.slack.validation import check_blocks, links, mentions, words
from vectorstore.records import ArticleSummary

WHEN = datetime(2026, 11, 20, tzinfo=UTC)


def article(title: str | None, url: str | None = None) -> ArticleSummary:
    return ArticleSummary("airlift-1f0a9c3d", 1, title, url, "The Example", "2021-08-29", WHEN, 100)


def test_it_tells_what_is_known_how_to_ask_and_who_can_read_it() -> None:
    view = home_view(Knowledge(1234, (article("The airlift ends", "https://news.example/a"),), ("The Example", "Wire")))
    check_blocks(view["blocks"], 100)
    shown = words(view)
    for told in (
        "1,234 articles.",
        "The airlift ends (The Example, 2021-08-29)",
        "From: The Example, Wire.",
        "/ask",
        "Everybody",
    ):
        assert told in shown
    assert links(view) == [("https://news.example/a", "The airlift ends")]


def test_a_service_that_is_down_and_an_empty_library_are_told() -> None:
    assert "can't be reached right now" in words(home_view(None))
    assert "0 articles." in words(home_view(Knowledge(0, (), ())))


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_titles_and_publishers_do_nothing(text: str) -> None:
    known = Knowledge(1, (article(text, text),), (text,) * 50)
    view = home_view(known)
    check_blocks(view["blocks"], 100)
    assert mentions(view) == []
    for prompt in suggested(known):
        assert 0 < len(prompt["title"]) <= 75
        assert prompt["message"]


def test_articles_without_a_title_suggest_nothing() -> None:
    assert suggested(Knowledge(2, (article(None), article(" ")), ())) == []
