"""An engine that reads, over an empty library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.reading.trained import packaged
from vectorstore.embedder import Embedder
from vectorstore.store import Store


@pytest.fixture(scope="module")
def similarity(wordllama: Embedder) -> Similarity:
    return Similarity(wordllama)


@pytest.fixture
def engine(tmp_path: Path, wordllama: Embedder, similarity: Similarity) -> Iterator[Engine]:
    opened = Engine(Store.open(tmp_path / "data", wordllama), similarity, reader=packaged())
    yield opened
    opened.close()
