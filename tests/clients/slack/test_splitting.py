"""Text cut to Slack's limits, and never where it hurts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.slack.splitting import grouped, pieces, shortened, size
from tests.slack.hostile import TEXTS

WORDS = st.text(st.sampled_from("ab 🙂\n&<>"), max_size=80)


@given(WORDS, st.integers(6, 30))
def test_the_pieces_are_the_text_and_none_is_too_long(text: str, limit: int) -> None:
    cut = pieces(text, limit)
    assert "".join(cut) == text
    assert all(0 < size(piece) <= limit for piece in cut)


@given(st.text(st.sampled_from("abc de"), max_size=80))
def test_no_word_is_cut_that_fits(text: str) -> None:
    words = text.split()
    limit = max([*map(len, words), 5]) + max([*map(len, re.findall(" +", text)), 0])
    assert [word for piece in pieces(text, limit) for word in piece.split()] == words


def test_a_word_that_is_too_long_is_cut_between_its_characters() -> None:
    assert pieces("a bcdefg", 3) == ["a b", "cde", "fg"]
    assert pieces("🙂🙂🙂", 5) == ["🙂🙂", "🙂"]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_shortened_fits_and_says_so(text: str) -> None:
    short = shortened(text, 50)
    assert size(short) <= 50
    assert short == text or short.endswith("…")


def test_groups_keep_their_order_and_bounds() -> None:
    items = [(name, weight) for name, weight in zip("abcdef", [3, 3, 9, 1, 1, 1], strict=True)]
    assert grouped(items, 6, 2) == [["a", "b"], ["c"], ["d", "e"], ["f"]]
    assert grouped([], 6, 2) == []
