"""What goes to the terminal can't steer it."""

import json

import pytest

from clients.cli.terminal import complain, write_json


def test_json_is_the_same_document(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    document = {"quote": "“é” \x9b \x7f \x1b"}
    write_json(json.dumps(document, ensure_ascii=False).encode())
    printed = capfdbinary.readouterr().out
    assert json.loads(printed) == document
    assert "\x9b" not in printed.decode()


def test_an_error_has_a_line_for_each_of_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    complain("one\ntwo \x1b[31m [bold]")
    assert capsys.readouterr().err == "qa: one\nqa: two \\x1b[31m [bold]\n"
