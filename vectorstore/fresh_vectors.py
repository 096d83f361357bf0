"""Vectors of a new embedding model until they take the place of the old ones, which takes one short transaction.

Writing each batch as it is embedded would keep the library from every other writer for as long as that takes.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.scratch import scratch_errors, scratch_file


class FreshVectors:
    """Passages' vectors in a temporary file. Close it."""

    def __init__(self) -> None:
        self._file = scratch_file()

    def put(self, ids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Keep a batch. vectors: (len(ids), d) float32. Raises StorageError."""
        with scratch_errors():
            np.save(self._file, np.asarray(ids, np.int64))
            np.save(self._file, vectors)
            self._file.flush()

    def __iter__(self) -> Iterator[tuple[list[int], NDArray[np.float32]]]:
        """The batches, in the order in which they came."""
        with scratch_errors():
            end = self._file.tell()
            self._file.seek(0)
            while self._file.tell() < end:
                ids: list[int] = np.load(self._file).tolist()
                yield ids, np.load(self._file)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
