"""The local embedding model, loaded once."""

import pytest

from vectorstore.embedder import Embedder
from vectorstore.embedding import open_embedding


@pytest.fixture(scope="session")
def wordllama() -> Embedder:
    return open_embedding("wordllama", None, None, 0)
