"""How far the sentences of cited sources bear out a claim: its facts, and its words, in the best stretch of each. Pure.

A claim's words count as met by the same word, by another of its kind (see synonyms.txt), or by one near in meaning. No
word counts for its rarity: what a sentence says is all that is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from qa.language.dates import DateKind, DateMention
from qa.language.instructions import asks
from qa.language.noise import is_barred, is_quotable
from qa.language.opposites import are_opposite
from qa.language.similarity import Floats, Similarity
from qa.language.terms import key_of, keys_of, synonyms_of
from qa.verification.claim_facts import Facts, facts_of
from qa.verification.fact_match import Fact, facts_in, is_day, meets
from qa.verification.figure_match import Match
from qa.verification.table_rows import that_may_bear_out
from vectorstore.records import Span, StoredArticle
from vectorstore.rows import aloud, row_at
from vectorstore.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class SourceText:
    """A numbered source as the model saw it: `article.text[start:end]`, and further stretches of that article."""

    number: int
    article: StoredArticle
    start: int
    end: int
    further: tuple[tuple[int, int], ...] = ()

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """Where in the article the words stand that the model saw, the best first."""
        return ((self.start, self.end), *self.further)

    @property
    def text(self) -> str:
        """The words that the model saw, in the article's order, rows as they are read; what is left out between them is
        marked."""
        text, (first, *others) = self.article.text, sorted(self.stretches)
        told, at = aloud(text, *first), first[1]
        for start, end in others:
            told += (text[at:start] if not text[at:start].strip() else "\n[...]\n") + aloud(text, start, end)
            at = end
        return told

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.article.published


@dataclass(frozen=True, slots=True)
class Shares:
    """How far a word counts as met, from 0 to 1, where the sentence does not hold the word itself."""

    synonym: float = 0.9
    header: float = 0.8  # the article's title or publisher
    borne: float = 0.4  # the share of a claim that the words quoted must meet, for the header to add to it
    like: float = 0.45  # from this cosine on two words are taken to be near in meaning, and count for it


SHARES = Shares()
_NEARLY = 1e-3
_BEFORE = 300  # characters before a stretch in which the sentence before it is looked for
_SECOND = 0.04  # what a second sentence must add to a stretch to be worth quoting


@dataclass(frozen=True, slots=True)
class Window:
    """One sentence of a source, or two: `article.text[start:end]`.

    words: how far it meets each of the claim's words, from 0 to 1. met: for each fact of the claim, whether it holds
    it; hard: whether that is more than a name. main: the sentence that meets most of the words.
    """

    source: SourceText
    start: int
    end: int
    sentences: tuple[Facts, ...]
    main: Facts
    words: Floats
    met: tuple[Match, ...]
    hard: tuple[bool, ...]

    @property
    def text(self) -> str:
        """The words themselves; of rows what is read for them."""
        return aloud(self.source.article.text, self.start, self.end)

    @property
    def in_context(self) -> str:
        """The words with the sentence before them, which tells who "he" is, where that reports something."""
        text = self.source.article.text
        if row_at(text, self.start, self.end):
            return self.text
        cut = max(0, self.start - _BEFORE)
        before = split_sentences(text, cut, self.start)
        whole = before if cut == 0 else before[1:]
        start = whole[-1].start if whole else self.start
        if whole and _is_no_evidence(text, start, whole[-1].end):
            start = self.start
        return " ".join(aloud(text, start, self.end).split())

    @property
    def with_title(self) -> str:
        """The words in their context, after the article's title where they say enough themselves for it to add to."""
        title = self.source.article.title
        titled = title and is_quotable(title) and self.coverage >= SHARES.borne
        return f"{title}. {self.in_context}" if titled else self.in_context

    @property
    def coverage(self) -> float:
        """The mean of `words`; 0 for a claim without words."""
        return float(self.words.mean()) if len(self.words) else 0.0

    @property
    def unmet(self) -> frozenset[int]:
        """The places, among the claim's words, of those that are met neither by themselves nor by a synonym."""
        return frozenset(np.flatnonzero(self.words < SHARES.synonym - _NEARLY).tolist())

    @property
    def rank(self) -> float:
        """What the windows of a source are ordered by: names count as words only, figures and dates for more."""
        held = [met / Match.MET for met, hard in zip(self.met, self.hard, strict=True) if hard]
        share = sum(held) / len(held) if held else 1.0
        return self.coverage + share / 2 - _SECOND * (len(self.sentences) - 1)


class _Cut(NamedTuple):
    """A sentence of a source: in which of its stretches, where in the article, and what it states."""

    source: SourceText
    place: int
    span: Span
    given: Facts


@lru_cache(maxsize=1024)
def _sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of a stretch of a text that may bear something out: those that report."""
    return tuple(span for span in split_sentences(text, start, end) if not _is_no_evidence(text, span.start, span.end))


def _is_no_evidence(text: str, start: int, end: int) -> bool:
    """Whether a sentence reports nothing: it orders, asks, links, or names the columns of a table."""
    if row := row_at(text, start, end):
        return row.head or is_barred(row.reading, 0, len(row.reading)) or asks(row.reading)
    return is_barred(text, start, end) or asks(text[start:end])


@lru_cache(maxsize=256)
def keys_in(text: str) -> frozenset[str]:
    """The keys of all words of an article."""
    return frozenset(keys_of(text))


def header_of(source: SourceText) -> Facts:
    """What the title and the publisher of a source state, as far as they may be quoted."""
    told = [part for part in (source.article.title, source.article.source) if part and is_quotable(part)]
    return facts_of(" ".join(f"{part}." for part in told), source.published)


def windows_of(claim: Facts, sources: Sequence[SourceText], similarity: Similarity) -> list[Window]:
    """All stretches of one or two contiguous sentences of the sources, best first."""
    facts = tuple(facts_in(claim))
    cut = [
        _Cut(source, place, span, facts_of(aloud(source.article.text, span.start, span.end), source.published))
        for source in sources
        for place, (start, end) in enumerate(source.stretches)
        for span in _sentences(source.article.text, start, end)
    ]
    if not cut:
        return []
    alike = similarity.nearest(claim.content, [one.given.content for one in cut])
    words = _word_shares(claim, [one.given for one in cut], alike)
    met = [[meets(fact, claim, one.given, similarity.of_words) for fact in facts] for one in cut]
    rows = [row_at(one.source.article.text, one.span.start, one.span.end) for one in cut]
    kept = that_may_bear_out(
        [(one.source.number, row.table) if row and row.cells else None for one, row in zip(cut, rows, strict=True)], met
    )
    cut, words, met = [cut[at] for at in kept], words[:, kept], [met[at] for at in kept]
    windows = [
        _window(claim, facts, cut[first : last + 1], words[:, first : last + 1], met[first : last + 1])
        for first in range(len(cut))
        for last in (first, first + 1)
        if first == last or (last < len(cut) and _go_together(cut[first], cut[last]))
    ]
    return sorted(windows, key=lambda window: -window.rank)


def _go_together(one: _Cut, other: _Cut) -> bool:
    """Whether two sentences may bear a claim out between them: rows may not, for each tells of another."""
    text = one.source.article.text
    rows = (row_at(text, cut.span.start, cut.span.end) for cut in (one, other))
    return one.source is other.source and one.place == other.place and not any(rows)


def _word_shares(claim: Facts, sentences: Sequence[Facts], alike: Floats) -> Floats:
    """(q, n): how far each word of the claim is met by each sentence."""
    shares = np.where(alike >= SHARES.like, np.minimum(alike + 0.15, SHARES.synonym), 0.0)
    named = {word for name in claim.names for word in name.text.split()}
    for row, word in enumerate(claim.content):
        key = key_of(word)
        if key[:1] == "=" or word in named or any(letter.isdigit() for letter in word):
            shares[row] = 0.0
        group = synonyms_of(key)
        for column, sentence in enumerate(sentences):
            if key in sentence.keys:
                shares[row, column] = 1.0
            elif not group.isdisjoint(sentence.keys):
                shares[row, column] = SHARES.synonym
            elif shares[row, column] and any(are_opposite(key, other) for other in sentence.keys):
                shares[row, column] = 0.0
    return shares.astype(np.float32)


def _window(
    claim: Facts,
    facts: Sequence[Fact],
    cut: Sequence[_Cut],
    words: Floats,
    met: Sequence[Sequence[Match]],
) -> Window:
    source = cut[0].source
    sentences = tuple(one.given for one in cut)
    header = header_of(source)
    own = words.max(axis=1) if len(words) else np.zeros(0, np.float32)
    borne = _is_borne(facts, claim, own)
    held = []
    for at, fact in enumerate(facts):
        best = max(row[at] for row in met)
        if best is not Match.MET and borne and _in_header(fact, claim, source, header, sentences):
            best = Match.MET
        held.append(best)
    sure = {
        word
        for fact, best in zip(facts, held, strict=True)
        if best is Match.MET
        for word in facts_of(fact.text, None).content
    }
    named = {word for name in claim.names for word in name.text.split()}
    for row, word in enumerate(claim.content):
        if word in sure:
            own[row] = 1.0
        elif own[row] < SHARES.header and borne and word in named and key_of(word) in header.keys:
            own[row] = SHARES.header
    start, end = cut[0].span.start, cut[-1].span.end
    main = sentences[int(words.sum(axis=0).argmax())]
    return Window(source, start, end, sentences, main, own, tuple(held), tuple(fact.kind != "name" for fact in facts))


def _is_borne(facts: Sequence[Fact], claim: Facts, own: Floats) -> bool:
    """Whether the words quoted say enough of a claim's themselves for the header to add whose, by whom and when.

    A title alone bears nothing out: what is quoted would not say it.
    """
    added = {word for fact in facts if fact.kind in ("name", "date") for word in facts_of(fact.text, None).content}
    rest = [share for word, share in zip(claim.content, own, strict=True) if word not in added]
    return bool(rest) and float(np.mean(rest)) >= SHARES.borne


def _in_header(fact: Fact, claim: Facts, source: SourceText, header: Facts, sentences: Sequence[Facts]) -> bool:
    """Whether the article's title, publisher or day of publication bears out a name or a date.

    The day does so only where the words quoted tell no day of their own. Figures must stand in the words quoted.
    """
    if fact.kind not in ("name", "date"):
        return False
    if isinstance(fact.what, DateMention):
        day = source.published
        if day is None or any(is_day(given) for sentence in sentences for given in sentence.dates):
            return False
        mention = DateMention(0, 0, DateKind.DAY, day.year, day.month, day.day)
        own = facts_of(claim.text, None).dates
        return fact.what in own and meets(fact, claim, _only(mention), _never) is Match.MET
    return meets(fact, claim, header, _never) is Match.MET


def _never(_one: str, _other: str) -> float:
    return 0.0


def _only(mention: DateMention) -> Facts:
    empty: frozenset[str] = frozenset()
    return Facts("", (), (), (), (mention,), (), (), (), empty, empty, (), empty)
