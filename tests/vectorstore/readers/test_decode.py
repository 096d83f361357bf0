import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.errors import ReadError
from vectorstore.readers.decode import decode, usable

NEWS = "“The safety of British people” – it’s a naïve plan, said the café’s owner in Zürich. £5m was paid to Kabul."


@given(st.text(alphabet=st.characters(exclude_characters="\0\ufeff", codec="utf-8")))
def test_utf8_is_kept_exactly(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@given(st.text(alphabet=st.characters(exclude_characters="\0", codec="utf-8")))
def test_utf16_and_utf32_with_a_mark_are_kept_exactly(text: str) -> None:
    for mark, encoding in [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ]:
        assert decode(mark + text.encode(encoding)) == text


@given(st.binary())
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except ReadError:
        return
    text.encode()  # which lone surrogates would not let it


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_are_kept(line_end: str) -> None:
    assert decode(f"One{line_end}two\u00a0 {line_end}".encode()) == f"One{line_end}two\u00a0 {line_end}"


def test_windows_western_text_is_recognised() -> None:
    assert decode(NEWS.encode("cp1252")) == NEWS


def test_cyrillic_text_is_recognised() -> None:
    text = "Британские войска направлены в Афганистан, чтобы помочь британцам покинуть страну, сообщил министр."
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NUL bytes"),
        (NEWS.encode("utf-16-le"), "NUL bytes"),
        (NEWS.encode()[:-3] + b"\xff" + b"abc", "not valid UTF-8 at byte"),
        (b"Half a face: \xed\xa0\xbd.", "not valid UTF-8 at byte 13"),
        (codecs.BOM_UTF16_LE + b"a", "not valid UTF-16-LE"),
        (bytes(range(128, 256)) * 3, "can't be told"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        decode(data)
    assert "save it as UTF-8" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        (" \n\u00a0\u2028", "no text"),
        ("a\0b", "NUL characters at offset 1"),
        ("ab\ud83d", "surrogate"),
    ],
)
def test_what_no_article_can_hold_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        usable(text)
