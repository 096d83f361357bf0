"""What is shown can't steer what shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.visible import clean, line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("café – “quoted” \N{NO-BREAK SPACE}x 日本", "café – “quoted” \N{NO-BREAK SPACE}x 日本"),
        ("\x1b[31mred\x1b]0;title\x07", "\\x1b[31mred\\x1b]0;title\\x07"),
        ("a\rb\x08c\x7f", "a\\rb\\x08c\\x7f"),
        ("\x9b2J", "\\x9b2J"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
        ("two\n\tlines", "two\n\tlines"),
    ],
)
def test_clean(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text(st.characters()))
def test_what_is_clean_holds_no_control_and_can_be_sent(text: str) -> None:
    shown = clean(text)
    shown.encode("utf-8")
    assert all(character in "\n\t" or not "\0" <= character < " " for character in shown)
    assert not any("\x7f" <= character <= "\x9f" for character in shown)
    assert "\n" not in line(text)


def test_a_line_keeps_the_letters() -> None:
    assert line(" two \n\n lines  and\N{NO-BREAK SPACE}blanks ") == "two lines  and\N{NO-BREAK SPACE}blanks"
