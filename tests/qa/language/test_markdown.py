"""Words of articles mean nothing to Markdown, and can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.markdown import escaped, linked, literal, unescaped, web_address


def test_nothing_means_anything() -> None:
    assert escaped("a*b_c`d\n# e <i>") == r"a\*b\_c\`d \# e \<i\>"
    assert literal(" [1]\n") == r" \[1\] "


@given(st.text())
def test_it_can_be_read_back(text: str) -> None:
    assert unescaped(escaped(text)) == " ".join(text.split())


@pytest.mark.parametrize("url", ["https://news.example/a?b=1&c=d#e", "http://[::1]/", "https://ü.example/ö"])
def test_addresses_of_pages(url: str) -> None:
    assert (web_address(url) == url) is ("[" not in url)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a.example/) [b](http://c",
        "http://a b",
        "HTTP://a>",
    ],
)
def test_what_is_no_page_is_not_linked(url: str | None) -> None:
    assert web_address(url) is None
    assert linked("A [b](c)", url) == r"A \[b\](c)"


def test_a_title_is_linked() -> None:
    assert linked("A ](b", "https://news.example/x") == r"[A \](b](<https://news.example/x>)"
