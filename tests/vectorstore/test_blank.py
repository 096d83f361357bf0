import pytest

from vectorstore.blank import is_blank


@pytest.mark.parametrize("text", ["", " \n\t", "\u00a0", "\u200b\ufeff", "\u202e", "\x07", "\u00ad\u2060"])
def test_what_cannot_be_seen_is_blank(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", ".", " \u200b1", "\u0301", "😀", "–"])
def test_what_can_be_seen_is_not(text: str) -> None:
    assert not is_blank(text)
