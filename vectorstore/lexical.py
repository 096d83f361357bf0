"""The lexical index, in Tantivy: BM25 over stemmed words. Derived from the library, and disposable.

All passages are in the field of English stems; those of another language in that of their own stems besides, by which
questions in it find them.

The only import of tantivy. Whatever it raises comes out as IndexDamagedError: the store then rebuilds the index.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy
from tantivy import Filter, Occur, Query, Tokenizer

from vectorstore.errors import IndexDamagedError
from vectorstore.folding import folded
from vectorstore.guard import guarded
from vectorstore.languages import ENGLISH, NAMES, base_of

if TYPE_CHECKING:
    from vectorstore.changes import IndexBatch
    from vectorstore.limits import Limits

_WORDS = "folded"  # the field; an index from before has "text", where accents count, and is made anew
_OTHERS = {language: f"{_WORDS}_{language}" for language in NAMES if language != ENGLISH}  # one from before lacks them
_HEAP_BYTES = 64_000_000
_STEMS_KEPT = 20_000
_K1, _B = 1.2, 0.75  # of BM25, as Tantivy has them
_MAX_TERMS = 64  # a question of 2,000 characters has more words than it has things to say
_STOP_WORDS = """
a about after again all also am an and any are as at be because been before being between both but by can could did do
does doing down during each few for from further had has have having he her here hers him his how i if in into is it
its just many me more most much my no nor not now of off on once only or other our out over own said same says she
should so some such than that the their theirs them then there these they this those through to too under until up
very was we were what when where which while who whom whose why will with would you your
"""
_STOPS = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class _Tongue:
    """How the words of a language are searched. field: where their stems are; telling: the words of a text that tell
    something, in lower case; stem: of one of them."""

    field: str
    telling: Callable[[str], list[str]]
    stem: Callable[[str], str]


class InLanguage:
    """The index as it is searched by questions in one language; see `LexicalIndex`."""

    def __init__(self, index: "LexicalIndex", language: str) -> None:
        self._index = index
        self._language = language

    def search(self, question: str, limit: int, limits: "Limits") -> list[tuple[int, float]]:
        """The best (id, BM25 score) among the passages that pass, best first."""
        return self._index.search(question, limit, limits, self._language)

    def scores(self, question: str, ids: Sequence[int]) -> dict[int, float]:
        """The BM25 scores of these passages."""
        return self._index.scores(question, ids, self._language)

    def scores_of(self, question: str, texts: Mapping[int, str]) -> dict[int, float]:
        """The BM25 scores of passages that the index doesn't hold, by their texts."""
        return self._index.scores_of(question, texts, self._language)

    def weights(self, text: str) -> dict[str, float]:
        """The stems that a text is searched by, each with how telling it is."""
        return self._index.weights(text, self._language)

    def stem(self, word: str) -> str:
        """The stem of a word in lower case."""
        return self._index.stem(word, self._language)


class LexicalIndex:
    """Passage ids by the words they share with a question (BM25, stemmed); case and diacritics don't count.

    language: an ISO 639-1 tag of `languages.NAMES`, whose stems are meant.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in a folder, or make one there. Raises IndexDamagedError."""
        with _guarded():
            folder.mkdir(parents=True, exist_ok=True)
            self._schema = _schema()
            self._index = tantivy.Index(self._schema, path=str(folder))
            for language, field in _OTHERS.items():
                self._index.register_tokenizer(field, _analyzer(language))
            self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            self._searcher = self._index.searcher()
        # News uses the same words over and over, and a search looks at hundreds.
        self._tongue = lru_cache(len(NAMES))(_tongue)

    def add(self, batch: "IndexBatch") -> None:
        """Add or replace passages. Visible after `commit`."""
        languages = batch.languages or [None] * len(batch.ids)
        rows = zip(batch.ids, batch.texts, batch.days, batch.sources, languages, strict=True)
        with _guarded():
            for number, text, day, source, language in rows:
                self._writer.delete_documents_by_term("id", number)
                document = tantivy.Document()
                document.add_integer("id", number)
                document.add_text(_WORDS, folded(text))
                if field := _OTHERS.get(base_of(language) or ENGLISH):
                    document.add_text(field, folded(text))
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

    def speaking(self, language: str) -> InLanguage:
        """The index for questions in a language."""
        return InLanguage(self, language)

    def search(self, question: str, limit: int, limits: "Limits", language: str = ENGLISH) -> list[tuple[int, float]]:
        """The best (id, BM25 score) among the passages that pass, best first.

        A question is words, never a query language: operators, quotes and brackets mean nothing.
        """
        terms = self.terms(question, language)
        if not terms:
            return []
        with _guarded():
            shoulds = self._shoulds(terms, language)
            query = self._narrowed(Query.boolean_query(shoulds), limits)
            searcher = self._searcher
            hits = searcher.search(query, limit, count=False).hits
            ids = searcher.fast_field_values("id", [address for _, address in hits])
        return [(int(number), float(hit[0])) for number, hit in zip(ids, hits, strict=True) if number is not None]

    def scores(self, question: str, ids: Sequence[int], language: str = ENGLISH) -> dict[int, float]:
        """The BM25 scores of these passages; those that share no word with the question are left out."""
        terms = self.terms(question, language)
        if not terms or not ids:
            return {}
        with _guarded():
            shoulds = self._shoulds(terms, language)
            among = [(Occur.Should, Query.term_query(self._schema, "id", number)) for number in ids]
            parts = [
                (Occur.Must, Query.boolean_query(shoulds)),
                (Occur.Must, Query.const_score_query(Query.boolean_query(among), 0.0)),
            ]
            searcher = self._searcher
            hits = searcher.search(Query.boolean_query(parts), len(ids), count=False).hits
            found = searcher.fast_field_values("id", [address for _, address in hits])
        return {int(number): float(hit[0]) for number, hit in zip(found, hits, strict=True) if number is not None}

    def scores_of(self, question: str, texts: Mapping[int, str], language: str = ENGLISH) -> dict[int, float]:
        """The BM25 scores of passages that the index doesn't hold, by their texts; without those that share no word.

        How rare a word is, the index says. A passage is held beside the mean length of these: Tantivy doesn't tell its
        own.
        """
        stem = self._tongue(language).stem
        counted = {number: Counter(map(stem, _words_of(text))) for number, text in texts.items()}
        mean = sum(words.total() for words in counted.values()) / max(1, len(counted))
        weights, found = self.weights(question, language), {}
        for number, words in counted.items():
            length = 1 - _B + _B * words.total() / mean if mean else 1
            parts = (
                weight * words[stem] * (1 + _K1) / (words[stem] + _K1 * length)
                for stem, weight in weights.items()
                if words[stem]
            )
            if (score := sum(parts)) > 0:
                found[number] = score
        return found

    def terms(self, text: str, language: str = ENGLISH) -> list[str]:
        """The stems that a text is searched by, each once; stop words only where there is nothing else."""
        tongue = self._tongue(language)
        words = tongue.telling(text) or _words_of(text)
        return list(dict.fromkeys(map(tongue.stem, words[:_MAX_TERMS])))

    def stem(self, word: str, language: str = ENGLISH) -> str:
        """The stem of one word in lower case."""
        return self._tongue(language).stem(word)

    def weights(self, text: str, language: str = ENGLISH) -> dict[str, float]:
        """The stems that a text is searched by, each with how telling it is (see `rarity`)."""
        field = self._tongue(language).field
        with _guarded():
            return {stem: self._idf(self._searcher.doc_freq(field, stem)) for stem in self.terms(text, language)}

    def rarity(self, word: str, language: str = ENGLISH) -> float:
        """How telling a word is: the inverse document frequency of its stem, as BM25 has it; above 0.

        A word that is indexed in parts ("15,000" as "15" and "000") tells as much as the commonest of them.
        """
        tongue = self._tongue(language)
        with _guarded():
            stems = map(tongue.stem, _words_of(word))
            return self._idf(max((self._searcher.doc_freq(tongue.field, stem) for stem in stems), default=0))

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

    def stems_of(self, text: str, language: str | None) -> set[tuple[str, str]]:
        """(field, stem) of all that a text in a language puts into the dictionary."""
        words, fields = _words_of(text), {ENGLISH, base_of(language) or ENGLISH} & NAMES.keys()
        tongues = [self._tongue(one) for one in fields]
        return {(tongue.field, tongue.stem(word)) for tongue in tongues for word in words}

    def left_over(self, stems: Iterable[tuple[str, str]]) -> list[str]:
        """Those of these that the dictionary has, and none of the passages: what was removed had them."""
        found = []
        with _guarded():
            for field, stem in sorted(stems):
                query = Query.term_query(self._schema, field, stem, "freq")
                if self._searcher.doc_freq(field, stem) and not self._searcher.search(query, 1, count=False).hits:
                    found.append(stem)
        return list(dict.fromkeys(found))

    def close(self) -> None:
        """Let go of its files and its writer's lock; what was not committed is dropped."""
        with _guarded():
            self._writer.rollback()
            self._writer.wait_merging_threads()

    def _shoulds(self, terms: Sequence[str], language: str) -> list[tuple[Occur, Query]]:
        """A query for any of some stems."""
        field = self._tongue(language).field
        return [(Occur.Should, Query.term_query(self._schema, field, term, "freq")) for term in terms]

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


def _tongue(language: str) -> _Tongue:
    """How a language is searched. Words are stemmed one by one, so that a stop word is known before it is stemmed."""
    stems = tantivy.TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(_name(language))).build()
    stem = lru_cache(_STEMS_KEPT)(partial(_stem, stems))
    field = _OTHERS.get(language)
    if field is None:
        return _Tongue(_WORDS, _telling_english, stem)
    words = tantivy.TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    telling = words.filter(Filter.stopword(_name(language))).build()
    return _Tongue(field, lambda text: [folded(word) for word in dict.fromkeys(telling.analyze(text))], stem)


def _telling_english(text: str) -> list[str]:
    return [word for word in _words_of(text) if len(word) > 1 and word not in _STOPS]


def _words_of(text: str) -> list[str]:
    """The words of a text in lower case, without diacritics, each once."""
    return list(dict.fromkeys(_words().analyze(folded(text))))


@cache
def _words() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(40))
        .filter(Filter.lowercase())
        .build()
    )


def _analyzer(language: str) -> tantivy.TextAnalyzer:
    """What the field of a language makes of a text without diacritics: what `en_stem` makes of English."""
    words = tantivy.TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(40)).filter(Filter.lowercase())
    return words.filter(Filter.stemmer(_name(language))).build()


def _name(language: str) -> str:
    """A language as Tantivy calls it."""
    return NAMES[language].lower()


def _stem(stems: tantivy.TextAnalyzer, word: str) -> str:
    """The stem of one word in lower case."""
    return next(iter(stems.analyze(word)), word)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_text_field("source", tokenizer_name="raw", index_option="basic")
    builder.add_text_field(_WORDS, tokenizer_name="en_stem", index_option="freq")
    for field in _OTHERS.values():
        builder.add_text_field(field, tokenizer_name=field, index_option="freq")
    return builder.build()


def _guarded() -> AbstractContextManager[None]:
    return guarded("The lexical index", IndexDamagedError)
