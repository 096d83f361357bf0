"""Hits -> their sentences, each with its words and the words that stand around it: what evidence is chosen from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from qa.language.noise import is_barred, is_heading, is_noise
from qa.language.short_forms import name_keys
from qa.language.terms import key_of, keys_of, words_of
from vectorstore.dates import head_date
from vectorstore.languages import ENGLISH, base_of
from vectorstore.records import Hit, Passage, StoredArticle
from vectorstore.rows import Row, row_at, rows_of
from vectorstore.sentences import split_sentences

_LONGEST_LINE = 2_000
_LINE_ABOVE = 300  # characters that are looked at for it
_HEAD = 400  # characters in which an article's date may stand at its head
_PASSAGES_KEPT = 1_024  # what is asked about again and again need not be read anew; some 30 KiB each
_LONGEST_KEPT = 20_000  # characters of an article, whose text is kept too
AROUND = 250  # characters beside a passage that count as standing around its first and last sentence

Around = tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit: `hit.article.text[start:end]`.

    row: what it is read as, where it is a row of a table or an item of a list. words: as written, stop words too; keys:
    what they are compared by. around: the keys of the title, of each of the two sentences before it and of the one
    after, but for a row, which others stand around; passage: the keys of the whole passage. lead: where the sentence
    before it starts, or None where it is the passage's first, or a row.
    """

    hit: Hit
    start: int
    end: int
    words: Sequence[str] = field(repr=False)
    keys: frozenset[str] = field(repr=False)
    around: Around = field(repr=False)
    passage: frozenset[str] = field(repr=False)
    lead: int | None
    row: Row | None = None

    @property
    def text(self) -> str:
        """The sentence's own words; of a row what is read for it."""
        return self.row.reading if self.row else self.hit.article.text[self.start : self.end]

    @property
    def near(self) -> frozenset[str]:
        """All keys of what stands around it."""
        return frozenset().union(*self.around)

    def is_near(self, key: str) -> bool:
        """Whether it is one of those. Quick: it is asked of every sentence that is read."""
        title, before, right_before, after = self.around
        return key in right_before or key in after or key in before or key in title

    @property
    def reports(self) -> bool:
        """Whether it reports something; see `reports`."""
        return reports(self.hit.article.text, self.start, self.end)

    @property
    def is_heading(self) -> bool:
        """Whether it stands alone as a headline does."""
        return self.row is None and is_heading(line_at(self.hit.article.text, self.start, self.end)[0])


class _Sentence(NamedTuple):
    """What is known of a sentence whatever is asked: the fields of a `Candidate` after its hit."""

    start: int
    end: int
    words: tuple[str, ...]
    keys: frozenset[str]
    around: Around
    passage: frozenset[str]
    lead: int | None
    row: Row | None


def line_at(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the line that `text[start:end]` stands in, and the last line above it that is not blank.

    Of a monstrous line, 2,000 characters to either side.
    """
    begins = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_LINE)
    ends = text.find("\n", end, end + _LONGEST_LINE)
    above = text[max(0, begins - _LINE_ABOVE) : begins].rstrip()
    return text[begins : ends if ends >= 0 else end + _LONGEST_LINE], above[above.rfind("\n") + 1 :]


def candidates_of(hits: Sequence[Hit]) -> list[Candidate]:
    """Return the sentences of all hits, page furniture left out, in their order."""
    return [Candidate(hit, *sentence) for hit in hits for sentence in _read(hit.article, hit.passage)]


def _read(article: StoredArticle, passage: Passage) -> tuple[_Sentence, ...]:
    return (_kept_sentences_of if len(article.text) <= _LONGEST_KEPT else _sentences_of)(article, passage)


def _sentences_of(article: StoredArticle, passage: Passage) -> tuple[_Sentence, ...]:
    """The sentences of a passage but for page furniture, which stand around none. `reports` says the rest."""
    text, offset, language = article.text, passage.start, base_of(article.language) or ENGLISH
    if passage.ordinal == 0 and (dated := head_date(text[:_HEAD])):
        offset = max(offset, dated.end)  # " date 2021-08-13" says when it was published, and reports nothing
    spans = [(span.start, span.end) for span in split_sentences(text, offset, passage.end, language=language)]
    rows = {row.start: row for row in rows_of(text)}
    leads: list[int | None] = [None, *(start for start, _ in spans)]
    noisy = [_is_noisy(text, start, end, rows.get(start)) for start, end in spans]
    if any(noisy):
        leads = [None, *(None if noise else start for noise, (start, _) in zip(noisy, spans, strict=True))]
        kept = [place for place, noise in enumerate(noisy) if not noise]
        spans, leads = [spans[place] for place in kept], [leads[place] for place in kept]
    read = [row if (row := rows.get(start)) and row.end == end else None for start, end in spans]
    words = [words_of(row.reading if row else text[start:end]) for row, (start, end) in zip(read, spans, strict=True)]
    keys = [frozenset((*map(key_of, held), *name_keys(held))) for held in words]
    title = frozenset(keys_of(article.title or ""))
    all_keys = frozenset().union(*keys)
    before = _keys_around(text[max(0, offset - AROUND) : offset])
    after = _keys_around(text[passage.end : passage.end + AROUND])
    around = [before, before, *keys, after]
    alone = (title, frozenset[str](), frozenset[str](), frozenset[str]())  # the rows beside a row tell of others
    return tuple(
        _Sentence(
            start, end, tuple(words[i]), keys[i],
            around=alone if read[i] else (title, around[i], around[i + 1], around[i + 3]),
            passage=all_keys,
            lead=None if read[i] else leads[i],
            row=read[i],
        )
        for i, (start, end) in enumerate(spans)
    )  # fmt: skip


def _is_noisy(text: str, start: int, end: int, row: Row | None) -> bool:
    """Whether a sentence is page furniture, or a row that only names the columns of others."""
    if row is None or row.end != end:
        return is_noise(text[start:end], *line_at(text, start, end))
    return row.head or is_noise(row.reading, row.reading, "")


_kept_sentences_of = lru_cache(maxsize=_PASSAGES_KEPT)(_sentences_of)


def _keys_around(text: str) -> frozenset[str]:
    return frozenset(key for line in text.split("\n") if not is_noise(line, line, "") for key in keys_of(line))


def reports(text: str, start: int, end: int) -> bool:
    """Whether the sentence `text[start:end]` reports something: no noise, nothing that tells its reader what to do."""
    if row := row_at(text, start, end):
        told = row.reading
        return not (row.head or is_noise(told, told, "") or is_barred(told, 0, len(told)))
    return not (is_noise(text[start:end], *line_at(text, start, end)) or is_barred(text, start, end))
