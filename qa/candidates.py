"""Hits -> their sentences, each with its words and the words that stand around it: what evidence is chosen from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from qa.noise import is_heading, is_noise
from qa.terms import key_of, keys_of, words_of
from vectorstore.records import Hit
from vectorstore.sentences import split_sentences

_LINE_ABOVE = 300  # characters that are looked at for it
_AROUND = 250  # characters beside a passage that count as standing around its first and last sentence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit: `hit.article.text[start:end]`.

    words: as written, stop words too; keys: what they are compared by. near: the keys of the title, of the two
    sentences before it and of the one after; passage: the keys of the whole passage. lead: where the sentence before
    it starts, or None where it is the passage's first.
    """

    hit: Hit
    start: int
    end: int
    words: Sequence[str] = field(repr=False)
    keys: frozenset[str] = field(repr=False)
    near: frozenset[str] = field(repr=False)
    passage: frozenset[str] = field(repr=False)
    lead: int | None

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.hit.article.text[self.start : self.end]

    @property
    def is_heading(self) -> bool:
        """Whether it stands alone as a headline does."""
        return is_heading(line_at(self.hit.article.text, self.start, self.end)[0])

    @property
    def is_noise(self) -> bool:
        """Whether it promotes or captions instead of reporting: never given as an answer."""
        return is_noise(self.text, *line_at(self.hit.article.text, self.start, self.end))


def line_at(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the whole line that `text[start:end]` stands in, and the last line above it that is not blank."""
    begins = text.rfind("\n", 0, start) + 1
    ends = text.find("\n", end)
    above = text[max(0, begins - _LINE_ABOVE) : begins].rstrip()
    return text[begins : ends if ends >= 0 else len(text)], above[above.rfind("\n") + 1 :]


def candidates_of(hits: Sequence[Hit]) -> list[Candidate]:
    """Return the sentences of all hits, in their order."""
    return [candidate for hit in hits for candidate in _sentences_of(hit)]


def _sentences_of(hit: Hit) -> list[Candidate]:
    text, offset = hit.article.text, hit.passage.start
    spans = [(offset + span.start, offset + span.end) for span in split_sentences(hit.text)]
    words = [words_of(text[start:end]) for start, end in spans]
    keys = [frozenset(map(key_of, held)) for held in words]
    title = frozenset(keys_of(hit.article.title or ""))
    passage = frozenset().union(*keys)
    before = frozenset(keys_of(text[max(0, offset - _AROUND) : offset]))
    after = frozenset(keys_of(text[hit.passage.end : hit.passage.end + _AROUND]))
    around = [before, before, *keys, after]
    return [
        Candidate(
            hit, start, end, words[i], keys[i],
            near=title.union(around[i], around[i + 1], around[i + 3]),
            passage=passage,
            lead=spans[i - 1][0] if i else None,
        )
        for i, (start, end) in enumerate(spans)
    ]  # fmt: skip
