from collections.abc import Iterator

import pytest

from vectorstore.errors import ReadError
from vectorstore.readers import text
from vectorstore.readers.document import Document
from vectorstore.readers.files import of_upload
from vectorstore.readers.reading import read_document
from vectorstore.records import Source


def test_a_reader_that_fails_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(document: Document) -> Iterator[Source]:
        yield Source(document.name, reason="the first")
        raise AttributeError("'NoneType' object has no attribute 'group'")

    monkeypatch.setattr(text, "read", failing)
    found = read_document(of_upload(b"Words.", "a.txt"))
    assert next(found).reason == "the first"
    with pytest.raises(ReadError, match="damaged, or no plain text"):
        next(found)


@pytest.mark.parametrize("error", [OSError("disk"), ReadError("it is bad")])
def test_what_says_what_to_do_stays(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def failing(_: Document) -> Iterator[Source]:
        raise error

    monkeypatch.setattr(text, "read", failing)
    with pytest.raises(type(error)) as raised:
        list(read_document(of_upload(b"Words.", "a.txt")))
    assert raised.value is error
