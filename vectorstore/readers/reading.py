"""A document -> its articles, by the reader for its kind, whatever becomes of it."""

from collections.abc import Iterator

from vectorstore.errors import ReadError, VectorstoreError
from vectorstore.readers.document import Document
from vectorstore.readers.sniff import kind_of
from vectorstore.records import Source


def read_document(document: Document) -> Iterator[Source]:
    """What a document holds. ReadError where that is no article, or what reads it fails; OSError."""
    kind = kind_of(document)
    try:
        yield from kind.reader()(document)
    except (VectorstoreError, OSError):
        raise
    except Exception as error:
        raise ReadError(f"it is damaged, or no {kind.words} that can be read; save it anew and try again") from error
