"""Bytes -> text, kept exactly as written, or a reason why not."""

import codecs
import re

from charset_normalizer import from_bytes

from vectorstore.blank import is_blank
from vectorstore.errors import ReadError

# A UTF-32 mark starts with the UTF-16 one, so it comes first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What news has been saved in besides UTF-8; of the rest, any short text can be mistaken for some.
_LIKELY = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "koi8_r", "mac_roman"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
_MOST_MESS = 0.05  # charset-normalizer's measure of how unlike writing a text looks, 0 to 1
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SURROGATE_IN_UTF8 = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")

_SAVE_AS_UTF8 = "save it as UTF-8 and try again"


def decode(data: bytes) -> str:
    """Decode a file: UTF-8, UTF-16 or UTF-32 by its byte order mark, else UTF-8, else what it most likely is.

    Nothing is changed but that the mark is left out: line ends, NBSPs and trailing white space stay as they are.
    ReadError where the bytes are no text, are damaged, or could be several encodings.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\0" in data:
        raise ReadError(f"it holds NUL bytes, so it is a binary file or damaged; if it is text, {_SAVE_AS_UTF8}")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if _SURROGATE_IN_UTF8.search(data) or _is_mostly_utf8(data):
            raise _damaged(error, "UTF-8") from error
        return _guessed(data)


def usable(text: str) -> str:
    """The text itself, if it can be an article's. ReadError if it is blank, or holds NULs or lone surrogates."""
    if is_blank(text):
        raise ReadError("there is no text in it; remove it or put the article's text in")
    if "\0" in text:
        raise ReadError(f"its text holds NUL characters at offset {text.index(chr(0))}; remove them and try again")
    if found := _SURROGATE.search(text):
        raise ReadError(
            f"its text holds half of a character (a lone surrogate) at offset {found.start()}; {_SAVE_AS_UTF8}"
        )
    return text


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(error, encoding.upper()) from error


def _damaged(error: UnicodeDecodeError, encoding: str) -> ReadError:
    return ReadError(f"it is damaged: not valid {encoding} at byte {error.start}; {_SAVE_AS_UTF8}")


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether it has no more invalid sequences than valid ones, so that any other encoding would garble it."""
    beyond_ascii = [char for char in data.decode(errors="replace") if char > "\x7f"]
    return beyond_ascii.count("\ufffd") * 2 <= len(beyond_ascii)


def _guessed(data: bytes) -> str:
    found = [
        match
        for match in from_bytes(data, cp_isolation=_LIKELY, threshold=_MOST_MESS)
        if not _CONTROL.search(str(match))
    ]
    # Where Windows' Western encoding is as likely as the best, it is the one.
    western = [match for match in found if match.encoding == "cp1252" and match.chaos <= found[0].chaos]
    if not found:
        raise ReadError(f"it is not UTF-8 text, and its encoding can't be told; {_SAVE_AS_UTF8}")
    return str((western or found)[0])
