"""How far reading has come: by the bytes of documents that are read one after the other."""

from collections.abc import Callable
from dataclasses import replace
from typing import BinaryIO

from vectorstore.readers.document import Document


class Meter:
    """Documents are given through `of`, in the order in which they are read. total: bytes of all of them."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._before = 0  # bytes of the documents before this one
        self._size = 0
        self._at = 0
        self._stream: BinaryIO | None = None

    def of(self, document: Document) -> Document:
        """The document, whose reading counts from now on; those before it are done."""
        self._before += self._size
        self._size, self._at, self._stream = document.size, 0, None
        return replace(document, open=self._opening(document.open))

    def share(self) -> float | None:
        """How much has been read, 0 to 1; None where there is nothing to read."""
        if self._stream is not None and not self._stream.closed:
            self._at = max(self._at, self._stream.tell())
        elif self._stream is not None:
            self._at = self._size
        return min(1.0, (self._before + min(self._at, self._size)) / self._total) if self._total else None

    def _opening(self, opened: Callable[[], BinaryIO]) -> Callable[[], BinaryIO]:
        def opening() -> BinaryIO:
            self._stream = opened()
            return self._stream

        return opening
