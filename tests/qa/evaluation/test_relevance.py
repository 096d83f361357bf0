from datetime import UTC, datetime

import pytest

from qa.evaluation.errors import DatasetError
from qa.evaluation.records import Case
from qa.evaluation.relevance import find_relevant as named
from vectorstore.identity import article_id
from vectorstore.records import ArticleSummary


def _article(name: str, url: str | None = None) -> ArticleSummary:
    return ArticleSummary(name, 1, None, url, None, None, datetime(2026, 1, 1, tzinfo=UTC), 10)


def find_relevant(cases: list[Case], articles: list[ArticleSummary]) -> list[tuple[str, ...]]:
    return [one.ids for one in named(cases, articles)]


def _case(*names: str) -> Case:
    return Case("q", 1, "Who?", golds=(("x",),), relevant=names)


def test_by_the_id_that_the_dump_gave_it() -> None:
    ours = article_id("id:cnn.com/2022/games/index.html")
    assert find_relevant([_case("cnn.com/2022/games/index.html"), _case()], [_article(ours)]) == [(ours,), ()]


def test_by_its_key_its_url_and_its_id_here() -> None:
    ours = article_id("https://example.org/a")
    articles = [_article(ours), _article("b-1", "https://example.org/b")]
    cases = [_case("https://example.org/a"), _case("https://example.org/b"), _case("b-1")]
    assert find_relevant(cases, articles) == [(ours,), ("b-1",), ("b-1",)]


def test_by_how_the_name_of_its_file_begins() -> None:
    articles = [_article("000-dc906a1f-11111111"), _article("001-bf68e7dd-22222222"), _article("british-troops-3")]
    cases = [_case("000", "001"), _case("british-troops")]
    assert find_relevant(cases, articles) == [("000-dc906a1f-11111111", "001-bf68e7dd-22222222"), ("british-troops-3",)]


def test_only_whole_words_are_the_beginning_of_a_file_s_name() -> None:
    articles = [_article("1-11111111"), _article("10-22222222"), _article("11-33333333"), _article("1-b-44444444")]
    assert find_relevant([_case("1"), _case("10")], articles) == [("1-11111111", "1-b-44444444"), ("10-22222222",)]
    assert find_relevant([_case("1", "10")], articles[1:3]) == [("1", "10-22222222")]


def test_each_name_is_looked_for_by_itself() -> None:
    """One that is an article's key doesn't keep the others from being beginnings."""
    whole, begun = article_id("id:cnn.com/games.html"), "kabul-22222222"
    cases = [_case("cnn.com/games.html"), _case("kabul"), _case("kabul", "oslo")]
    assert find_relevant(cases, [_article(whole), _article(begun)]) == [(whole,), (begun,), (begun, "oslo")]
    assert [one.missing for one in named(cases, [_article(whole), _article(begun)])] == [(), (), ("oslo",)]


def test_a_name_without_ascii_letters_is_the_beginning_of_nothing() -> None:
    articles = [
        _article(article_id("\u30ab\u30d6\u30fc\u30eb")),
        _article("article-11111111"),
        _article("kabul-22222222"),
    ]
    assert find_relevant([_case("\u6771\u4eac", "kabul")], articles[1:]) == [("\u6771\u4eac", "kabul-22222222")]
    with pytest.raises(DatasetError, match="No article that the data set names"):
        find_relevant([_case("\u6771\u4eac")], articles)


def test_a_name_that_no_article_has_stays_and_no_beginning_is_taken_for_it() -> None:
    ours = article_id("id:a/games.html")
    cases = [_case("a/games.html", "b/games.html")]
    assert find_relevant(cases, [_article(ours)]) == [(ours, "b/games.html")]


def test_where_no_name_is_known_the_articles_are_others() -> None:
    with pytest.raises(DatasetError, match="No article that the data set names is in the library, as 'nope'"):
        find_relevant([_case("nope")], [_article("a-1")])


def test_where_none_is_named_none_is_missing() -> None:
    assert find_relevant([_case(), _case()], []) == [(), ()]
