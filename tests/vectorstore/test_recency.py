from datetime import UTC, datetime

import pytest

from vectorstore.recency import asks_for_news, recency
from vectorstore.records import StoredArticle


def article(published_at: str | None = None, url: str | None = None) -> StoredArticle:
    return StoredArticle(
        id="a", revision=1, current=True, text="", title=None, url=url, source=None, published_at=published_at,
        ingested_at=datetime(2024, 1, 1, tzinfo=UTC), signature=b"",
    )  # fmt: skip


@pytest.mark.parametrize(
    "question", ["Who resigned this week?", "Which show was recently renewed?", "Who left on Monday?", "What is NOW?"]
)
def test_questions_about_the_present(question: str) -> None:
    assert asks_for_news(question)


@pytest.mark.parametrize("question", ["Who knows the sundae?", "When was Rome founded?", "Who lives in New York?"])
def test_other_questions(question: str) -> None:
    assert not asks_for_news(question)


def test_it_fades_over_two_years() -> None:
    found = recency([article("2022-06-15"), article("2020-06-15T10:00+00:00"), article()])
    assert found == pytest.approx([1, 0.368, 0.368], abs=0.001)


def test_a_url_may_tell_the_date() -> None:
    urls = [
        "https://a.org/2022/06/15/x.html",
        "https://a.org/2022/6/x",
        "https://a.org/1234/56/x",
        "https://a.org/2020",
    ]
    found = recency([article("2022-06-15"), *(article(url=url) for url in urls)])
    assert found == pytest.approx([1, 1, 0.98, 0.368, 0.368], abs=0.005)


def test_without_any_date_none_is_newer() -> None:
    assert recency([article(), article()]).tolist() == [0, 0]
    assert recency([]).shape == (0,)
