"""The seam through which the store uses any embedding model."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Texts in, vectors out.

    name: what the library remembers its vectors by. dimensions: None until the first vectors of a remote model.
    """

    @property
    def name(self) -> str:
        """What the library remembers its vectors by."""
        ...

    @property
    def dimensions(self) -> int | None:
        """How long a vector is."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, d) float32, unit norm, in the order of the texts. Raises EmbeddingError."""
        ...

    def embed_question(self, text: str) -> Vectors:
        """(d,) float32, unit norm. Raises EmbeddingError."""
        ...
