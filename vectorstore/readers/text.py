"""Plain text (.txt): one article a file."""

from collections.abc import Iterator

from vectorstore.readers.decode import decode
from vectorstore.readers.document import Document, read_bytes
from vectorstore.readers.fields import make_article
from vectorstore.records import Source


def read(document: Document) -> Iterator[Source]:
    """The file's article: its text as it stands, its title the first line, its date if it opens with one. ReadError."""
    text = decode(read_bytes(document))
    yield Source(document.name, make_article(text, {}, fallback_key=document.key))
