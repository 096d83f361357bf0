"""Files and uploads as documents: their name in words, and what makes them the same the next time."""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

from vectorstore.readers.document import Document

KnownBy = Literal["content", "name"]

_LONGEST_NAME = 120


def of_path(path: Path, columns: Mapping[str, str] | None = None) -> Document:
    """A file, known again by its path. OSError."""
    name = file_name(path)
    return Document(name, file_key(path), lambda: path.open("rb"), path.stat().st_size, columns=columns or {})


def of_upload(
    data: bytes, name: str, columns: Mapping[str, str] | None = None, known_by: KnownBy = "content"
) -> Document:
    """What somebody sent, known again by its content or its name; that leads to no path here, whatever it is."""
    shown = upload_name(name)
    key = f"name:{shown}" if known_by == "name" else f"content:{hashlib.sha256(data).hexdigest()}"
    return Document(shown, key, lambda: BytesIO(data), len(data), columns=columns or {})


def file_name(path: Path) -> str:
    """A path as a person can read it, also where it holds bytes that are no text."""
    return str(path).encode(errors="backslashreplace").decode()


def file_key(path: Path) -> str:
    """The key of an article that only its file names."""
    return f"file:{file_name(path.resolve())}"


def upload_name(name: str) -> str:
    """The name alone of whatever path a client sends, printable."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    printable = "".join(sign for sign in last if sign.isprintable())
    return printable.encode(errors="backslashreplace").decode()[-_LONGEST_NAME:] or "upload"
