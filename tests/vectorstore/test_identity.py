import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.identity import OncePerKey, article_id, content_hash, normalised, published_day, refusal
from vectorstore.records import Article


@pytest.mark.parametrize(
    ("key", "slug"),
    [
        ("articles/Kabul airlift.md", "kabul-airlift"),
        ("https://example.org/2022/06/12/media/squid-game-season-2/index.html?a=b#c", "squid-game-season-2"),
        ("id:operation-pitting", "operation-pitting"),
        ("id:../../etc/passwd", "passwd"),
        ("/news/Élysée — après.txt", "elysee-apres"),
        ("/news/喀布尔.txt", "article"),
        ("", "article"),
        ("///", "article"),
        (".env", "env"),
        ("index.html", "index"),
        ("a" * 100, "a" * 40),
    ],
)
def test_an_id_is_readable(key: str, slug: str) -> None:
    assert article_id(key)[:-9] == slug
    assert re.fullmatch("-[0-9a-f]{8}", article_id(key)[-9:])


@given(st.text())
def test_an_id_is_stable_and_safe_in_a_url(key: str) -> None:
    assert article_id(key) == article_id(key)
    assert re.fullmatch("[a-z0-9][a-z0-9-]{0,39}-[0-9a-f]{8}", article_id(key))


def test_files_of_the_same_name_have_different_ids() -> None:
    assert article_id("a/report.md") != article_id("b/report.md")


def test_the_hash_is_over_all_that_is_seen() -> None:
    article = Article(key="k", text="t", title="a")
    assert content_hash(article) == content_hash(Article(key="other", text="t", title="a"))
    for other in (
        Article(key="k", text="u", title="a"),
        Article(key="k", text="t", title=None),
        Article(key="k", text="t", title=None, url="a"),
        Article(key="k", text="t", title="a", source="s"),
        Article(key="k", text="t", title="a", published_at="2021-08-13"),
    ):
        assert content_hash(article) != content_hash(other)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (None, None),
        ("2021-08-13", 20210813),
        ("2021-08-13T23:30:00-05:00", 20210813),
        ("2021-08-13T09:00:00Z", 20210813),
    ],
)
def test_the_day_is_the_one_that_is_written(written: str | None, day: int | None) -> None:
    assert published_day(written) == day


@pytest.mark.parametrize(
    ("article", "says"),
    [
        (Article(key="k", text="a\0b"), "NUL"),
        (Article(key="k", text="a", title="\ud800"), "surrogate"),
        (Article(key="k", text=""), "no text"),
        (Article(key="k", text=" \n\u00a0"), "no text"),
        (Article(key=" ", text="a"), "no key"),
        (Article(key="k", text="a", published_at="August 2021"), "ISO 8601"),
        (Article(key="k", text="a", published_at=""), "ISO 8601"),
        (Article(key="k", text="a", title="t" * 2_001), "2,001 characters, and 2,000 is the most"),
        (Article(key="k", text="a", source="s" * 2_001), "Its source"),
    ],
)
def test_what_is_refused(article: Article, says: str) -> None:
    assert says in (refusal(article) or "")


def test_what_is_not_refused() -> None:
    assert refusal(Article(key="k", text="😀", published_at="2021-08-13T10:00Z")) is None


def test_of_a_long_run_not_every_name_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.identity._NAMES_KEPT", 1)
    once = OncePerKey()
    assert [once.refusal(Article(key=key, text="a"), f"{key}.txt") for key in "kl"] == [None, None]
    assert "the same id as k.txt" in (once.refusal(Article(key="k", text="b"), "c.txt") or "")
    assert "the same id as an article before it" in (once.refusal(Article(key="l", text="b"), "c.txt") or "")


def test_a_run_takes_one_article_of_a_key() -> None:
    once = OncePerKey()
    assert once.refusal(Article(key="k", text=""), "empty.txt") == "It holds no text."
    assert once.refusal(Article(key="k", text="a"), "a.txt") is None
    assert once.refusal(Article(key="other", text="a"), "o.txt") is None
    for name in ("b.txt", "a.txt"):
        assert "the same id as a.txt" in (once.refusal(Article(key="k", text="b"), name) or "")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (None, None),
        ("2021-08-15", "2021-08-15"),
        ("20210815", "2021-08-15"),
        ("2021-W32-5", "2021-08-13"),
        ("2021-08-13T09:00Z", "2021-08-13T09:00:00+00:00"),
        ("20210813T093000+0430", "2021-08-13T09:30:00+04:30"),
        ("2021-08-13 09:30", "2021-08-13T09:30:00"),
    ],
)
def test_a_date_is_kept_in_one_form(written: str | None, kept: str | None) -> None:
    article = Article(key="k", text="t", title="a", published_at=written)
    assert normalised(article) == replace(article, published_at=kept)


def test_what_is_kept_is_canonical() -> None:
    article = Article("k", "It’s the ﬁre bri\u00adgade.\r\n", "The\r\n ﬁre", None, "\u200b", author="O. Ba\u0301th")
    kept = Article("k", "It’s the fire brigade.\n", "The fire", None, None, author="O. Báth")
    assert normalised(article) == kept


def test_a_language_is_a_tag() -> None:
    assert "language tag" in (refusal(Article("k", "a", language="English, I think")) or "")
    assert refusal(Article("k", "a", language="pt-BR")) is None


def test_what_only_its_content_names_has_a_short_name() -> None:
    assert re.fullmatch(r"upload-[0-9a-f]{8}", article_id(f"content:{'0f' * 32}#3"))
