"""Text that Slack takes for nothing but text."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.slack.escaping import link_text, linkable, markdown, mrkdwn
from clients.visible import clean
from tests.slack.hostile import TEXTS, URLS


@pytest.mark.parametrize("text", TEXTS)
def test_mrkdwn_has_no_sign_with_a_meaning_and_says_the_same(text: str) -> None:
    escaped = mrkdwn(text)
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == clean(text)


@pytest.mark.parametrize("text", TEXTS)
def test_markdown_shows_the_same_words_and_nothing_else(text: str) -> None:
    escaped = markdown(text)
    assert not re.search(r"(?<!\\)[*_`\[\]()#|~]", escaped)
    assert not re.search(r"://\w|www\.\w|[<>]", escaped)
    shown = html.unescape(re.sub(r"\\(.)", r"\1", escaped)).replace("\u2060", "")
    assert shown == html.unescape(html.escape(clean(text), quote=False)).replace("\u2060", "")


@given(st.text(st.sampled_from("<>!@#&;:/.[]()*_`~\\ ab"), max_size=30), st.integers(0, 30))
def test_what_comes_in_pieces_is_as_safe_as_the_whole(text: str, cut: int) -> None:
    streamed = markdown(text[:cut]) + markdown(text[cut:])
    assert not re.search(r"[<>]", streamed)
    assert not re.search(r"(?<!\\)(?:\\\\)*[\[\]()*_`#]", streamed)


@pytest.mark.parametrize("url", URLS)
def test_what_can_not_be_linked_as_it_is_is_not_linked(url: str) -> None:
    assert linkable(url) is None


@pytest.mark.parametrize(
    "url",
    ["https://example.org/a?b=c&d=e#f", "http://example.org", "https://example.org:8080/x~y_(z)", "http://[::1]/x"],
)
def test_addresses_of_the_web_are_linked(url: str) -> None:
    assert linkable(url) == url


def test_nothing_is_no_address() -> None:
    assert linkable(None) is None


@pytest.mark.parametrize(
    "title", ["https://bank.example", "www.bank.example", "Sign in at bank.example", "a@bank.example"]
)
def test_a_title_that_looks_like_an_address_is_not_what_a_link_says(title: str) -> None:
    assert link_text(title, "https://evil.example/x") == "https://evil.example/x"


def test_a_title_is_what_a_link_says() -> None:
    assert link_text("The U.S. leaves: 15,000 out", "https://example.org/x") == "The U.S. leaves: 15,000 out"
