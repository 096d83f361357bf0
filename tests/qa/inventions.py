"""Invented short sentences: names and figures of one stretch of a source, and a verb that its article does not have.

`python -m tests.qa.inventions` prints how many of each kind the verifier lets pass; with a folder after it, over the
articles of that folder instead of our own. Nobody in the articles does what `inventing_verbs.tsv` says, and a verb is
left out where the article has a word that would come near to it, so none of the sentences is true. "seen" ones may be
looked at while the verifier is worked on; "apart" ones have other verbs and other names, and are counted only.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Literal
from zlib import crc32

from qa.language.figures import Kind, find_quantities
from qa.language.names import find_names
from qa.language.nations import is_nation, people_of
from qa.language.similarity import Similarity
from qa.language.terms import STOP_WORDS, content_words, key_of, keys_of
from qa.verification.verify import SourceText
from tests.qa import fakes
from tests.qa.lies import Case, articles, stretch_of, table, tally
from vectorstore.embedding import open_embedding
from vectorstore.readers import read_paths
from vectorstore.records import StoredArticle
from vectorstore.sentences import split_sentences

Half = Literal["seen", "apart"]
HALVES: tuple[Half, Half] = ("seen", "apart")

_TWO, _THREE, _ONE = "invented of two names", "invented of three names", "invented of one name"
_FIGURE = "a figure with a verb that it lacks"
_OF_A_STRETCH = {_TWO: 10, _THREE: 3, _ONE: 2, _FIGURE: 2}  # the most of a kind and half that one stretch gives
_BEFORE_PLACES = ("in", "to", "from", "at", "into")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence to be filled: "{A} met {B} in {C}.", and the keys of words with which it might be true."""

    text: str
    barred: frozenset[str]

    @property
    def kind(self) -> str:
        """Which kind of invention it makes."""
        if "{N}" in self.text:
            return _FIGURE
        return {1: _ONE, 2: _TWO, 3: _THREE}[self.text.count("{")]


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a sentence has it ("the Taliban"), its words' keys, and whether it is used as a place."""

    text: str
    keys: frozenset[str]
    is_place: bool


def inventions(half: Half, library: Mapping[str, StoredArticle] | None = None) -> list[Case]:
    """All invented sentences of a half, over our own articles or others, in a fixed order and without repetitions."""
    library = articles() if library is None else library
    return [case for name in library for case in _of_article(half, library, name)]


def library_of(folder: Path) -> dict[str, StoredArticle]:
    """The articles of a folder, as `qa ingest` reads them."""
    found = (source.article for source in read_paths([folder]) if source.article is not None)
    return {article.key: fakes.article(article.text, article.key, title=article.title) for article in found}


@cache
def patterns(half: Half) -> tuple[Pattern, ...]:
    """The patterns of a half, from `inventing_verbs.tsv`."""
    lines = Path(__file__).with_name("inventing_verbs.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return tuple(
        Pattern(row[1], frozenset(key_of(word) for word in _verb_of(row[1]) | set(" ".join(row[2:]).split())))
        for row in rows
        if row[0] == half
    )


def _verb_of(pattern: str) -> set[str]:
    """The words of a pattern that say something: of "{A} was shot." it is "shot"."""
    return {word for word in pattern.rstrip(".").split() if word[0] != "{"} - STOP_WORDS


def _of_article(half: Half, library: Mapping[str, StoredArticle], name: str) -> Iterator[Case]:
    article, keys = library[name], list(library)
    other = library[keys[(keys.index(name) + 1) % len(keys)]]
    cut, others = split_sentences(article.text), split_sentences(other.text)
    second = stretch_of(other, others, 2, min(3, len(others) - 1), min(3, len(others) - 1))
    told: set[str] = set()
    for at in range(len(cut)):
        first = stretch_of(article, cut, 1, at, at)
        for kind, text in _of_stretch(half, first):
            if text not in told:
                told.add(text)
                yield Case(kind, f"{text} [1]", {1: first, 2: second})


def _of_stretch(half: Half, source: SourceText) -> Iterator[tuple[str, str]]:
    """The sentences that one stretch gives, those first whose check sums are lowest."""
    made: dict[str, list[str]] = {}
    known = _keys_of_all(source.article.text) | set(keys_of(source.article.title or ""))
    names, figures = _names_of(source.text), _figures_of(source.text)
    for pattern in patterns(half):
        if pattern.barred.isdisjoint(known):
            filled = _filled(pattern, names, figures)
            made.setdefault(pattern.kind, []).extend(text for text in filled if _half_of(text, pattern) == half)
    for kind, texts in made.items():
        for text in sorted(texts, key=_drawn)[: _OF_A_STRETCH[kind]]:
            yield kind, text


@cache
def _keys_of_all(text: str) -> frozenset[str]:
    return frozenset(keys_of(text))


def _half_of(text: str, pattern: Pattern) -> Half:
    """Of which half a combination of names is, whatever is said of them."""
    words = set(content_words(text)) - set(content_words(pattern.text))
    return HALVES[_drawn(" ".join(sorted(words))) % 2]


def _drawn(text: str) -> int:
    return crc32(text.encode())


def _filled(pattern: Pattern, names: Sequence[Named], figures: Sequence[str]) -> Iterator[str]:
    places = [name for name in names if name.is_place]
    if pattern.kind == _FIGURE:
        for figure in figures:
            for place in places if "{C}" in pattern.text else places[:1]:
                yield _sentence(pattern.text.format(N=figure, C=place.text))
    elif pattern.kind == _ONE:
        for name in names:
            if not name.is_place and not any(map(is_nation, name.keys)):
                yield _sentence(pattern.text.format(A=name.text))
    else:
        for a, b in permutations(names, 2):
            if a.keys.isdisjoint(b.keys) and pattern.kind == _TWO:
                yield _sentence(pattern.text.format(A=a.text, B=b.text))
            elif a.keys.isdisjoint(b.keys):
                for c in (place for place in places if place.keys.isdisjoint(a.keys | b.keys)):
                    yield _sentence(pattern.text.format(A=a.text, B=b.text, C=c.text))


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _names_of(text: str) -> list[Named]:
    """The names of a text, once each, with their "the"; adjectives of nations are left out."""
    found: dict[str, Named] = {}
    for name in find_names(text):
        before = text[: name.start].split()[-2:]
        has_article = bool(before) and before[-1].lower() == "the"
        article = "the " if has_article or name.text in ("UK", "US") else ""
        is_place = bool(before) and before[0 if has_article else -1].lower() in _BEFORE_PLACES
        last = name.text.split()[-1]
        known = found.get(name.text)
        if last != people_of(key_of(last)) and (known is None or is_place):
            written = known.text if known else f"{article}{name.text}"
            found[name.text] = Named(written, frozenset(keys_of(name.text)), is_place)
    return list(found.values())


def _figures_of(text: str) -> list[str]:
    """The figures with what they count, where that is counted one by one: "15,000 people"."""
    return [
        " ".join(text[figure.start : figure.counted_end].split())
        for figure in find_quantities(text)
        if figure.kind is Kind.NUMBER and figure.counted and figure.low > 1
        if key_of(figure.counted.split()[-1]) in _COUNTED
    ]


_NOUNS = "people troops soldiers specialists Afghans dockers residents workers interpreters citizens staff"
_COUNTED = frozenset(map(key_of, _NOUNS.split()))


if __name__ == "__main__":
    given = library_of(Path(sys.argv[1])) if len(sys.argv) > 1 else None
    similarity = Similarity(open_embedding("wordllama", None, None, 0))
    for each in HALVES:
        print(f"{each}\n\n{table(tally(inventions(each, given), similarity))}\n")  # noqa: T201
