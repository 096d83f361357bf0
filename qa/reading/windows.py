"""Hits -> the windows that are read, and what was read in them -> what each sentence may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.language.noise import is_quotable
from qa.reading.candidates import Candidate
from qa.reading.reader import Found, Reader, Reading, Window
from vectorstore.records import Hit, StoredArticle
from vectorstore.rows import aloud, place_aloud

_LONGEST = 700  # characters: what the reader learned from, and about what its word pieces hold
_NEVER = -12.0  # the log-odds of what was not among the best spans of its window


@dataclass(frozen=True, slots=True)
class Read:
    """What a sentence answers. score: the log-odds of its best span; here: that its window answers. span: counted from
    the sentence's start; None where none of it is among the window's best."""

    score: float
    here: float
    span: Found | None


class _Place(NamedTuple):
    """A window: passage.id, and where in the article it stands."""

    passage: int
    start: int
    end: int


NOT_READ = Read(_NEVER, _NEVER, None)


def read_sentences(question: str, sentences: Sequence[Candidate], reader: Reader) -> list[Read]:
    """Read the passages that the sentences stand in, and tell for each sentence what it answers."""
    places = _windows_of(sentences)
    hits = {one.hit.passage.id: one.hit for one in sentences}
    windows = [Window(header_of(hits[at.passage].article), _aloud(hits[at.passage], at.start, at.end)) for at in places]
    readings = dict(zip(places, reader.read(question, windows), strict=True))
    return [_best(one, readings) for one in sentences]


def _windows_of(sentences: Sequence[Candidate]) -> list[_Place]:
    """Runs of the sentences of a passage, as long as the reader can hold, each with the sentence before its first."""
    places: list[_Place] = []
    for one in sorted(sentences, key=lambda one: (one.hit.passage.id, one.start)):
        passage, lead = one.hit.passage.id, one.start if one.lead is None else one.lead
        if places and places[-1].passage == passage and len(_aloud(one.hit, places[-1].start, one.end)) <= _LONGEST:
            places[-1] = places[-1]._replace(end=one.end)
        else:
            start = lead if one.end - lead <= _LONGEST else one.start
            places.append(_Place(passage, start, one.end))
    return places


def _aloud(hit: Hit, start: int, end: int) -> str:
    """What is read of a stretch of a hit's article: rows with what they are of."""
    return aloud(hit.article.text, start, end)


def header_of(article: StoredArticle) -> str:
    """What is read before an article's words: its title, where that may be quoted; else nothing."""
    title = " ".join((article.title or "").split())
    return f"{title}." if title and is_quotable(title) else ""


def _best(sentence: Candidate, readings: Mapping[_Place, Reading]) -> Read:
    """The best of the spans that begin in the sentence, of whichever window."""
    found = NOT_READ
    for place, reading in readings.items():
        if place.passage != sentence.hit.passage.id or not place.start <= sentence.start < place.end:
            continue
        offset = -place_aloud(sentence.hit.article.text, place.start, sentence.start)
        within = [span for span in reading.spans if 0 <= span.start + offset < len(sentence.text)]
        score = within[0].score if within else _NEVER
        if score >= found.score:
            span = _moved(within[0], offset, len(sentence.text)) if within else None
            found = Read(max(score, _NEVER), reading.here, span)
    return found


def _moved(span: Found, offset: int, length: int) -> Found:
    return Found(span.start + offset, min(span.end + offset, length), span.score)
