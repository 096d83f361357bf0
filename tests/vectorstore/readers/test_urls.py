import pytest
from courlan import normalize_url

from vectorstore.readers import urls
from vectorstore.readers.fields import make_article
from vectorstore.readers.urls import is_web, normal_url, same_site


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("https://News.example/a?utm_source=x&b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("http://news.example:80/a", "http://news.example/a"),
        ("https://news.example/a?fbclid=1", "https://news.example/a"),
        ("https://news.example/Äpfel", "https://news.example/%C3%84pfel"),
        ("u2", "u2"),
        ("ftp://a.example/?utm_source=x", "ftp://a.example/?utm_source=x"),
        ("http://[", "http://["),
    ],
)
def test_an_address_has_one_form(written: str, normal: str) -> None:
    assert normal_url(written) == normal
    assert normal_url(normal) == normal


@pytest.mark.parametrize("path", ["", "/", "/a", "/a/", "/a/b.html", "/2024/05/02/rail-workers_reject~x", "/A/B"])
def test_what_is_taken_as_it_is_has_no_other_form(path: str) -> None:
    address = f"https://news.example{path}"
    assert urls._PLAIN.fullmatch(address)
    assert normalize_url(address) == address


def test_the_key_of_an_article_is_the_normal_form() -> None:
    article = make_article("Words.", {"url": "https://news.example/a?utm_source=x"}, fallback_key="f")
    assert article.key == article.url == "https://news.example/a"


def test_addresses_of_the_web_and_of_one_site() -> None:
    assert is_web("HTTPS://a.example/x")
    assert not any(map(is_web, ("", "news", "a.example/x", "file:///x", "https://", "http://[")))
    assert same_site("https://www.a.example/x", "http://a.example/y")
    assert not same_site("https://b.a.example", "https://a.example")
    assert not same_site("x", "x")
