"""Plain text (.txt): one article a file."""

from collections.abc import Iterator
from pathlib import Path

from vectorstore.readers.decode import decode
from vectorstore.readers.fields import make_article
from vectorstore.readers.files import file_key, file_name, read_bytes
from vectorstore.records import Source


def read(path: Path) -> Iterator[Source]:
    """The file's article: its text as it stands, its title the first line, its date if it opens with one. ReadError."""
    text = decode(read_bytes(path))
    yield Source(file_name(path), make_article(text, {}, fallback_key=file_key(path)))
