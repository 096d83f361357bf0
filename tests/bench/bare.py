"""The parts by themselves, with nothing around them: the limit that the service is held against."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import chromadb
import tantivy
import wordllama
from chromadb.config import Settings
from wordllama import WordLlama

_CHROMA_ROWS = 5_461  # the most that one call takes: fewer calls are faster for Chroma alone


@dataclass(frozen=True, slots=True)
class BareTimes:
    """Seconds that each part took on its own."""

    embedding: float
    chroma: float
    tantivy: float

    @property
    def total(self) -> float:
        """All of them, one after the other."""
        return self.embedding + self.chroma + self.tantivy


class Bare:
    """WordLlama, a Chroma collection and a Tantivy index, filled and asked without anything in between."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "tantivy").mkdir()
        self._model = WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
        client = chromadb.PersistentClient(str(folder / "chroma"), Settings(anonymized_telemetry=False))
        self._collection = client.create_collection(
            "bare", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, fast=True)
        schema.add_text_field("text", tokenizer_name="en_stem")
        self._index = tantivy.Index(schema.build(), path=str(folder / "tantivy"))

    def fill(self, texts: Sequence[str]) -> BareTimes:
        """Embed, upsert and index every passage; return how long each took."""
        started = time.perf_counter()
        vectors = self._model.embed(list(texts), norm=True)
        embedded = time.perf_counter()
        ids = [str(number) for number in range(len(texts))]
        for first in range(0, len(ids), _CHROMA_ROWS):
            rows = slice(first, first + _CHROMA_ROWS)
            self._collection.upsert(ids[rows], embeddings=vectors[rows])
        upserted = time.perf_counter()
        writer = self._index.writer()
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(id=number, text=text))
        writer.commit()
        writer.wait_merging_threads()
        indexed = time.perf_counter()
        self._index.reload()
        return BareTimes(embedded - started, upserted - embedded, indexed - upserted)

    def ask(self, question: str) -> None:
        """One question embedding, one kNN of 20, one BM25 search of 100."""
        vector = self._model.embed([question], norm=True)
        self._collection.query(query_embeddings=vector, n_results=20, include=["distances"])
        searcher = self._index.searcher()
        query, _ = self._index.parse_query_lenient(question, ["text"])
        for _, address in searcher.search(query, 100).hits:
            searcher.doc(address)
