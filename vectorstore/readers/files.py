"""What readers need of a file: its bytes, its name in words, and what makes it the same file the next time."""

from pathlib import Path

from vectorstore.errors import ReadError

_LARGEST_BYTES = 20_000_000


def read_bytes(path: Path) -> bytes:
    """The whole of a file that holds one article. ReadError where it is too large for that or empty; OSError."""
    size = path.stat().st_size
    if size > _LARGEST_BYTES:
        raise ReadError(
            f"it is too large for one article ({size:,} bytes, at most {_LARGEST_BYTES:,}); split it into one file an "
            "article, or make a .jsonl dump of it"
        )
    data = path.read_bytes()
    if not data:
        raise ReadError("it is empty; remove it or put the article's text in")
    return data


def file_name(path: Path) -> str:
    """A path as a person can read it, also where it holds bytes that are no text."""
    return str(path).encode(errors="backslashreplace").decode()


def file_key(path: Path) -> str:
    """The key of an article that only its file names."""
    return f"file:{file_name(path.resolve())}"
