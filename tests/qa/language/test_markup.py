import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.language.instructions import asks, instructs
from qa.language.markup import addresses_in, is_live, plain

PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<a href='x'>",
        "<",
        ">",
        "[",
        "]",
        "](",
        "(",
        ")",
        "!",
        "https://x.org",
        "word",
        " ",
        "\n",
        "`",
        "<br/>",
    ]
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Plain words.", "Plain words."),
        ("<b>Bold</b> and <i class='x'>slanted</i>.", "Bold and slanted."),
        (
            "The [Post](https://example.org/a_(b) 'Title') said so.",
            "The [Post](https://example.org/a_(b) 'Title') said so.",
        ),
        ("The [Post](https://example.org 'Title') said so.", "The Post said so."),
        ("[A](x) and [B](y).", "A and B."),
        ("Profit < 5, loss > 3.", "Profit < 5, loss > 3."),
        ("a<b and c>d", "ad"),
        ("[sic] (so)", "[sic] (so)"),
        ("![A picture](x.png)", "![A picture](x.png)"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org.",
        "See ftp://example.org.",
        "See WWW.example.org.",
        "Write to mailto:a@example.org.",
        "Write to a@example.org.",
        "![A picture](x.png)",
        "<script>alert(1)</script>",
        "<svg/onload=alert(1)>",
        "<a onclick = alert(1)>so</a>",
        "<img src=x",
        "[so](javascript:alert(1))",
        "[so](data:text/html;base64,AAAA)",
        "[so]: https://example.org",
        "```code```",
        "<!-- so -->",
        "<https://example.org>",
        "[a](b(c(d)))",
    ],
)
def test_live(text: str) -> None:
    assert is_live(text)


@pytest.mark.parametrize(
    "text",
    ["The data: 5% up.", "Ann (@ann) said so.", "5 < 6 = true", "U.S. troops.", "[2021]", "<b>so</b>", "[so](x)"],
)
def test_not_live(text: str) -> None:
    assert not is_live(text)


def test_addresses() -> None:
    assert addresses_in("Amazon.com and evil.example.ORG/x, then x.co.") == {"amazon.com", "evil.example.org/x", "x.co"}
    assert addresses_in("At 5 p.m. in the U.S. he said no.But it was No.10, v2.0 and e.g. Mr.Smith.") == frozenset()


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_is_not_live_is_plain_once_it_is_made_plain(text: str) -> None:
    if not is_live(text):
        assert not is_live(plain(text))
        assert "https:" not in plain(text)


@pytest.mark.parametrize(
    "piece",
    ["a", "?", "<", "<a ", "[", "](", "[a](", "a.", "a@", "!", " ", "=", " on", "`", "your ", "ai ", "you ", "note to ",
     "ignore ", "please ", "if a ", "\u200b", "ignore the ", "www", "http", "'", "- "],
)  # fmt: skip
@pytest.mark.parametrize("judge", [is_live, instructs, asks, addresses_in, plain])
def test_a_hostile_text_costs_little(judge: object, piece: str) -> None:
    assert callable(judge)
    text = piece * (20_000 // len(piece)) + "x"
    started = time.process_time()
    judge(text)
    judge(f"Please {text}")
    assert time.process_time() - started < 0.5
