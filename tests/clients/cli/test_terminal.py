"""What goes to the terminal can't steer it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.cli.terminal import clean, complain, line, write_json


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


def test_json_is_the_same_document(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    document = {"quote": "“é” \x9b \x7f \x1b"}
    write_json(json.dumps(document, ensure_ascii=False).encode())
    printed = capfdbinary.readouterr().out
    assert json.loads(printed) == document
    assert "\x9b" not in printed.decode()


def test_an_error_has_a_line_for_each_of_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    complain("one\ntwo \x1b[31m [bold]")
    assert capsys.readouterr().err == "qa: one\nqa: two \\x1b[31m [bold]\n"
