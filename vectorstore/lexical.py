"""The lexical index, in Tantivy: BM25 over stemmed words. Derived from the library, and disposable.

The only import of tantivy. Whatever it raises comes out as IndexDamagedError: the store then rebuilds the index.
"""

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy
from tantivy import Filter, Occur, Query, Tokenizer

from vectorstore.errors import IndexDamagedError
from vectorstore.folding import folded
from vectorstore.guard import guarded

if TYPE_CHECKING:
    from vectorstore.changes import IndexBatch
    from vectorstore.passages import Limits

_WORDS = "folded"  # the field; an index from before has "text", where accents count, and is made anew
_HEAP_BYTES = 64_000_000
_STEMS_KEPT = 20_000
_MAX_TERMS = 64  # a question of 2,000 characters has more words than it has things to say
_STOP_WORDS = """
a about after again all also am an and any are as at be because been before being between both but by can could did do
does doing down during each few for from further had has have having he her here hers him his how i if in into is it
its just many me more most much my no nor not now of off on once only or other our out over own said same says she
should so some such than that the their theirs them then there these they this those through to too under until up
very was we were what when where which while who whom whose why will with would you your
"""
_STOPS = frozenset(_STOP_WORDS.split())


class LexicalIndex:
    """Passage ids by the words they share with a question (BM25, stemmed English); case and diacritics don't count."""

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder, or make one there. Raises IndexDamagedError."""
        with _guarded():
            folder.mkdir(parents=True, exist_ok=True)
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(folder))
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            self._searcher = self._index.searcher()
        words = (
            tantivy.TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40)).filter(Filter.lowercase())
        )
        self._words = words.build()
        # As the field is analysed ("en_stem"), word by word, so that a stop word is known before it is stemmed.
        self._stems = tantivy.TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()
        # News uses the same words over and over, and a search looks at hundreds.
        self.stem = lru_cache(_STEMS_KEPT)(partial(_stem, self._stems))

    def add(self, batch: "IndexBatch") -> None:
        """Add or replace passages. Visible after `commit`."""
        rows = zip(batch.ids, batch.texts, batch.days, batch.sources, strict=True)
        with _guarded():
            for number, text, day, source in rows:
                self._writer.delete_documents_by_term("id", number)
                document = tantivy.Document()
                document.add_integer("id", number)
                document.add_text(_WORDS, folded(text))
                if day is not None:
                    document.add_integer("day", day)
                if source is not None:
                    document.add_text("source", source)
                self._writer.add_document(document)

    def remove(self, ids: Sequence[int]) -> None:
        """Remove passages; an unknown id is no error. Visible after `commit`."""
        with _guarded():
            for number in ids:
                self._writer.delete_documents_by_term("id", number)

    def commit(self) -> None:
        """Make everything since the last commit durable and visible."""
        with _guarded():
            self._writer.commit()
            self._index.reload()
            self._searcher = self._index.searcher()

    def search(self, question: str, limit: int, limits: "Limits") -> list[tuple[int, float]]:
        """The best (id, BM25 score) among the passages that pass, best first.

        A question is words, never a query language: operators, quotes and brackets mean nothing.
        """
        terms = self.terms(question)
        if not terms:
            return []
        with _guarded():
            shoulds = [(Occur.Should, Query.term_query(self._schema, _WORDS, term, "freq")) for term in terms]
            query = self._narrowed(Query.boolean_query(shoulds), limits)
            searcher = self._searcher
            hits = searcher.search(query, limit, count=False).hits
            ids = searcher.fast_field_values("id", [address for _, address in hits])
        return [(int(number), float(hit[0])) for number, hit in zip(ids, hits, strict=True) if number is not None]

    def scores(self, question: str, ids: Sequence[int]) -> dict[int, float]:
        """The BM25 scores of these passages; those that share no word with the question are left out."""
        terms = self.terms(question)
        if not terms or not ids:
            return {}
        with _guarded():
            shoulds = [(Occur.Should, Query.term_query(self._schema, _WORDS, term, "freq")) for term in terms]
            among = [(Occur.Should, Query.term_query(self._schema, "id", number)) for number in ids]
            parts = [
                (Occur.Must, Query.boolean_query(shoulds)),
                (Occur.Must, Query.const_score_query(Query.boolean_query(among), 0.0)),
            ]
            searcher = self._searcher
            hits = searcher.search(Query.boolean_query(parts), len(ids), count=False).hits
            found = searcher.fast_field_values("id", [address for _, address in hits])
        return {int(number): float(hit[0]) for number, hit in zip(found, hits, strict=True) if number is not None}

    def terms(self, text: str) -> list[str]:
        """The stems that a text is searched by, each once; stop words only where there is nothing else."""
        words = dict.fromkeys(self._words.analyze(folded(text)))
        telling = [word for word in words if len(word) > 1 and word not in _STOPS] or list(words)
        return list(dict.fromkeys(map(self.stem, telling[:_MAX_TERMS])))

    def weights(self, text: str) -> dict[str, float]:
        """The stems that a text is searched by, each with how telling it is (see `rarity`)."""
        with _guarded():
            return {stem: self._idf(self._searcher.doc_freq(_WORDS, stem)) for stem in self.terms(text)}

    def rarity(self, word: str) -> float:
        """How telling a word is: the inverse document frequency of its stem, as BM25 has it; above 0.

        A word that is indexed in parts ("15,000" as "15" and "000") tells as much as the commonest of them.
        """
        with _guarded():
            stems = map(self.stem, self._words.analyze(folded(word)))
            return self._idf(max((self._searcher.doc_freq(_WORDS, stem) for stem in stems), default=0))

    def count(self) -> int:
        """How many passages it says it has."""
        return self._searcher.num_docs

    def proves(self, sample: "IndexBatch") -> bool:
        """Whether each of these passages is found by its id together with words of its own."""
        return not self.missing(sample)

    def missing(self, batch: "IndexBatch") -> list[int]:
        """Those of these passages that are not found by their ids together with words of their own."""
        lost = []
        with _guarded():
            for number, text in zip(batch.ids, batch.texts, strict=True):
                terms = self.terms(text)[:8]
                musts = [(Occur.Must, Query.term_query(self._schema, _WORDS, term, "freq")) for term in terms]
                musts.append((Occur.Must, Query.term_query(self._schema, "id", number)))
                hits = self._searcher.search(Query.boolean_query(musts), 1, count=False).hits
                if self._searcher.fast_field_values("id", [address for _, address in hits]) != [number]:
                    lost.append(number)
        return lost

    def ids(self) -> set[int]:
        """The ids of all passages."""
        with _guarded():
            hits = self._searcher.search(Query.all_query(), max(self._searcher.num_docs, 1), count=False).hits
            found = self._searcher.fast_field_values("id", [address for _, address in hits])
        return {int(number) for number in found if number is not None}

    def close(self) -> None:
        """Let go of its files and its writer's lock; what was not committed is dropped."""
        with _guarded():
            self._writer.rollback()
            self._writer.wait_merging_threads()

    def _idf(self, found: int) -> float:
        """The inverse document frequency of what stands in so many passages."""
        return math.log(1 + (self._searcher.num_docs - found + 0.5) / (found + 0.5))

    def _narrowed(self, query: Query, limits: "Limits") -> Query:
        """The same ranking among fewer passages: the limits count nothing towards the score."""
        parts = [(Occur.Must, query)]
        if limits.since is not None or limits.until is not None:
            bounds = (limits.since, limits.until)
            in_days = Query.range_query(self._schema, "day", tantivy.FieldType.Integer, *bounds)
            parts.append((Occur.Must, Query.const_score_query(in_days, 0.0)))
        if limits.sources:
            of_sources = Query.term_set_query(self._schema, "source", list(limits.sources))
            parts.append((Occur.Must, Query.const_score_query(of_sources, 0.0)))
        return Query.boolean_query(parts) if len(parts) > 1 else query


def _stem(stems: tantivy.TextAnalyzer, word: str) -> str:
    """The stem of one word in lower case."""
    return next(iter(stems.analyze(word)), word)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_WORDS, tokenizer_name="en_stem", index_option="freq")
    return builder.build()


def _guarded() -> AbstractContextManager[None]:
    return guarded("The lexical index", IndexDamagedError)
