from pathlib import Path

import pytest

from qa.writing.refusals import is_refusal

LINES = (Path(__file__).with_name("refusals.tsv")).read_text(encoding="utf-8").splitlines()
MARKED = [line.split("\t", 1) for line in LINES if not line.startswith("#")]


@pytest.mark.parametrize("reply", [text for mark, text in MARKED if mark == "refusal"])
def test_a_refusal_in_its_spellings(reply: str) -> None:
    assert is_refusal(reply)


@pytest.mark.parametrize("reply", [text for mark, text in MARKED if mark == "report"] + ["", "[1]"])
def test_no_refusal(reply: str) -> None:
    assert not is_refusal(reply)


def test_white_space_is_no_matter() -> None:
    assert is_refusal("The sources\n do not  mention it.")
