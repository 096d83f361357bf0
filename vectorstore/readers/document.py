"""What a reader is given: a stretch of bytes that may be opened again and again, wherever it came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from vectorstore.errors import ReadError

LARGEST_BYTES = 20_000_000
"""Of what holds one article."""

_HEAD_BYTES = 8_192


@dataclass(frozen=True, slots=True)
class Document:
    """A file, an upload or a page that was fetched.

    name: what a person finds it by. key: of the article in it, where neither an id nor a URL makes it known again.
    open: gives its bytes anew each time; OSError. size: in bytes. url: where it was fetched. charset: what came with it
    says of its encoding. columns: our field -> the name that a dump has for it.
    """

    name: str
    key: str
    open: Callable[[], BinaryIO]
    size: int
    url: str | None = None
    charset: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def head(document: Document) -> bytes:
    """Its first bytes, as many as tell its kind. OSError."""
    with document.open() as stream:
        return stream.read(_HEAD_BYTES)


def read_bytes(document: Document) -> bytes:
    """The whole of what holds one article. ReadError where it is too large for that or empty; OSError."""
    if document.size > LARGEST_BYTES:
        raise ReadError(
            f"it is too large for one article ({document.size:,} bytes, at most {LARGEST_BYTES:,}); split it into one "
            "file an article, or make a .jsonl dump of it"
        )
    with document.open() as stream:
        data = stream.read(LARGEST_BYTES)
    if not data:
        raise ReadError("it is empty; remove it or put the article's text in")
    return data
