from datetime import UTC, date, datetime

import pytest

from vectorstore.recency import asks_for_news, recency
from vectorstore.records import StoredArticle


def article(published_at: str | None = None, url: str | None = None) -> StoredArticle:
    return StoredArticle(
        id="a", revision=1, current=True, text="", title=None, url=url, source=None, published_at=published_at,
        ingested_at=datetime(2024, 1, 1, tzinfo=UTC), signature=b"",
    )  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        "Who resigned this week?",
        "Which show was recently renewed?",
        "Who left on Monday?",
        "What is NOW?",
        "Who is the current president?",
        "Who currently holds the title?",
        "Which shop closed on Friday, a week before Black Friday?",
        "Which 300 people were freed this week?",
        "Which director, known since the 1950s, died this week?",
    ],
)
def test_questions_about_the_present(question: str) -> None:
    assert asks_for_news(question)


@pytest.mark.parametrize("question", ["Who knows the sundae?", "When was Rome founded?", "Who lives in New York?"])
def test_other_questions(question: str) -> None:
    assert not asks_for_news(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is electric current?",
        "How is an alternating current made?",
        "Where does the ocean current flow?",
        "What is the unit of current?",
        "How strong is the current in the wire?",
        "What do people buy on Black Friday?",
        "How many states vote on Super Tuesday?",
        "Who refused to give up her seat on Monday, 5 December 1955?",
    ],
)
def test_names_of_things_and_years_are_not_the_present(question: str) -> None:
    assert not asks_for_news(question)


def test_it_fades_over_two_years() -> None:
    found = recency([article("2022-06-15"), article("2020-06-15T10:00+00:00")])
    assert found == pytest.approx([1, 0.368], abs=0.001)


def test_an_article_does_not_gain_by_having_no_date() -> None:
    found = recency([article("2022-06-15"), article(), article("2019-06-15")])
    assert found == pytest.approx([1, 0, 0.223], abs=0.001)


@pytest.mark.parametrize("false", ["9999-12-31", "2022-06-18"])
def test_a_date_that_is_yet_to_come_makes_no_article_old(false: str) -> None:
    found = recency([article("2022-06-15"), article(false), article("2020-06-15")], today=date(2022, 6, 16))
    assert found == pytest.approx([1, 0, 0.368], abs=0.001)


def test_where_it_is_tomorrow_already_an_article_may_be_of_tomorrow() -> None:
    found = recency([article("2022-01-01"), article("2020-01-01")], today=date(2021, 12, 31))
    assert found == pytest.approx([1, 0.368], abs=0.001)


def test_the_present_is_today_unless_told() -> None:
    assert recency([article("9999-12-31"), article("2020-06-15")]).tolist() == [0, 1]


def test_a_url_may_tell_the_date() -> None:
    urls = [
        "https://a.org/2022/06/15/x.html",
        "https://a.org/2022/6/x",
        "https://a.org/1234/56/x",
        "https://a.org/2020",
    ]
    found = recency([article("2022-06-15"), *(article(url=url) for url in urls)])
    assert found == pytest.approx([1, 1, 0.98, 0, 0], abs=0.005)


def test_without_any_date_none_is_newer() -> None:
    assert recency([article(), article()]).tolist() == [0, 0]
    assert recency([]).shape == (0,)
