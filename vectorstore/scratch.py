"""Temporary files without a name, for what is too much for memory: they go when they are closed or the process ends."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from vectorstore.errors import StorageError


def scratch_file() -> BinaryIO:
    """A new one, open for writing and reading. Raises StorageError."""
    with scratch_errors():
        return tempfile.TemporaryFile()


@contextmanager
def scratch_errors() -> Iterator[None]:
    """Turn what the system says of them into ours."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"A temporary file in {tempfile.gettempdir()} can't be used: {error.strerror}. Free some space there, or "
            "set TMPDIR to a folder that has some."
        ) from error
