"""Hits -> the sentences that bear on a question, best first, and how likely one of them answers it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from qa.language.figures import find_quantities
from qa.language.instructions import asks
from qa.language.reasons import reason_given
from qa.language.similarity import Floats, Similarity
from qa.language.terms import is_content, is_negated, key_of
from qa.question.offices import ANOTHER
from qa.question.understand import NUMERIC, Question
from qa.reading.candidates import Candidate, candidates_of
from qa.reading.corrected import without_corrected
from qa.reading.coverage import Met, Rarity, Term, foresee, meet, terms_of
from qa.reading.reader import Found, Reader
from qa.reading.rows_asked import cell_asked, of_rows_asked, spans_in
from qa.reading.spans.answer_span import AnswerSpan
from qa.reading.spans.find import find_spans
from qa.reading.weighing import Signs, answerable, ranked, right
from qa.reading.windows import Read, read_sentences
from vectorstore.records import Hit, StoredArticle
from vectorstore.rows import Row


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that bears on the question: `article.text[start:end]`.

    score: how likely it is the one that answers, if one does; those of a question sum to 1. met: how much of the
    question it meets. spans: where what is asked for may stand in it, best fit first. lead: where the sentence before
    it starts, or None where that is of another passage. answer: the words that the reader takes for the answer. row:
    what it is read as, where it is a row of a table or an item of a list; spans and answer are counted in that.
    """

    article: StoredArticle
    start: int
    end: int
    score: float
    met: Met
    spans: tuple[AnswerSpan, ...]
    lead: int | None
    answer: Found | None = None
    row: Row | None = None

    @property
    def text(self) -> str:
        """The sentence's own words; of a row what is read for it."""
        return self.row.reading if self.row else self.article.text[self.start : self.end]

    @property
    def fit(self) -> float:
        """How well its best span fits what is asked for, from 0 to 1; what the reader is sure of fits."""
        fit = self.spans[0].fit if self.spans else 0.0
        return max(fit, _FITS) if self.is_read else fit

    @property
    def is_read(self) -> bool:
        """Whether the reader is sure that some of its words answer, and it speaks of what is asked about."""
        return _is_sure(self.answer, self.met)

    def is_doubted(self, least: float) -> bool:
        """Whether the reader gives less than these log-odds to the words that it found likeliest here."""
        return self.answer is not None and self.answer.score < least


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for a question: sentences, best first.

    answerable: how likely any of them answers it; confidence: how likely the first one does; both from 0 to 1. here:
    the reader's log-odds that anything it read answers. light: nothing was read, and they were chosen by their words
    alone.
    """

    evidence: tuple[Evidence, ...]
    answerable: float
    confidence: float
    here: float | None = None
    light: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """Sentences with what can be told of each without reading it."""

    candidates: Sequence[Candidate]
    mets: Sequence[Met]
    spans: Sequence[tuple[AnswerSpan, ...]]
    fits: Sequence[float]

    @property
    def signs(self) -> Signs:
        """What is weighed of each."""
        scores = np.array([one.hit.score for one in self.candidates], np.float32)
        best = scores.max(initial=0.0)
        return Signs(
            passage=scores / best if best > 0 else np.zeros_like(scores),
            likeness=np.array([one.hit.similarity for one in self.candidates], np.float32),
            coverage=np.array([met.coverage for met in self.mets], np.float32),
            fit=np.array(self.fits, np.float32),
            other=np.array([met.misqualified for met in self.mets], np.float32),
            heading=np.array([one.is_heading for one in self.candidates], np.float32),
        )


NOTHING = Findings((), 0.0, 0.0)
SHORTLIST = 16
SURE = 1.0  # the log-odds of a span from which on the reader is taken at its word
_ABOUT = 0.3  # of the question's words, that a sentence meets at least of which the reader is sure
_FITS = 0.9  # how well a span then fits
LIKE = 0.45  # from this cosine on, two words are taken to mean much the same
# What is left of the score of a sentence that denies nothing, where it is asked what is not so.
_AFFIRMED = 0.02
# Where it is asked who holds an office: what is left of a score by how far the sentence gives somebody just that one.
_HOLDER = (0.4, 0.8, 0.9, 1.0), (0.001, 0.1, 0.2, 1.0)
# Where a reason is asked for: what is left of the score of a sentence that gives none, and what one that does is lent
# of the score of the sentence before it.
_UNEXPLAINED, _LENT = 0.25, 0.6
_OUT_OF_REACH = 0.002  # the share of the best score below which no reason lifts a sentence into the answer
_PRIOR = 0.15  # what the passage's score counts for in the choice of sentences that are examined


def gather(
    question: Question,
    hits: Sequence[Hit],
    rarity: Rarity,
    similarity: Similarity,
    reader: Reader | None = None,
) -> Findings:
    """Return the sentences of the hits that bear on the question; at most `SHORTLIST`.

    rarity: how telling a word is, above 0 (its inverse document frequency). reader: what reads the sentences; None:
    their words alone count.
    """
    found = examine(question, hits, rarity, similarity)
    if not found.candidates:
        return NOTHING
    read = _read(question, found.candidates, similarity, reader) if reader else None
    signs = found.signs
    scores = ranked(signs, read)
    if question.negated:
        scores = _denying(scores, found.candidates)
    if question.office:
        scores = _holding(scores, signs.fit)
    best = int(scores.argmax())
    if question.reasoned:
        scores = _explaining(question, scores, found.candidates)
    evidence = sorted(_evidence_of(found, scores, read), key=lambda one: -one.score)
    here = max(one.here for one in read) if read else None
    return Findings(tuple(evidence), answerable(signs, best, read), right(signs, best, read), here, light=read is None)


def _read(question: Question, candidates: Sequence[Candidate], similarity: Similarity, reader: Reader) -> list[Read]:
    read = read_sentences(question.text, candidates, reader)
    return [_in_cell(one, of_one, question, similarity) for one, of_one in zip(candidates, read, strict=True)]


def _evidence_of(found: Examined, scores: Floats, read: Sequence[Read] | None) -> list[Evidence]:
    answers = [one.span for one in read] if read else [None] * len(found.candidates)
    judged = zip(found.candidates, scores.tolist(), found.mets, found.spans, answers, strict=True)
    return [_evidence(one, score, met, spans, answer) for one, score, met, spans, answer in judged]


def _evidence(one: Candidate, score: float, met: Met, spans: tuple[AnswerSpan, ...], answer: Found | None) -> Evidence:
    led = _led_by(answer, spans, met)
    return Evidence(one.hit.article, one.start, one.end, score, met, led, one.lead, answer, one.row)


def _in_cell(one: Candidate, read: Read, question: Question, similarity: Similarity) -> Read:
    """What was read in a row whose asked cell is known: that cell, whatever the reader took."""
    cell = cell_asked(question, one, similarity.of_words)
    if cell is None or (question.asked in NUMERIC and not find_quantities(one.text[cell.start : cell.end])):
        return read
    score = max(read.score, SURE)
    return Read(score, max(read.here, SURE), Found(cell.start, cell.end, score))


def _is_sure(answer: Found | None, met: Met) -> bool:
    return answer is not None and answer.score >= SURE and met.coverage >= _ABOUT and not met.another


def _led_by(answer: Found | None, spans: tuple[AnswerSpan, ...], met: Met) -> tuple[AnswerSpan, ...]:
    """The spans that fit, those first that stand in the words which the reader takes for the answer."""
    if answer is None:
        return spans
    held = [one for one in spans if one.start < answer.end and answer.start < one.end]
    led = [replace(one, fit=max(one.fit, _FITS)) if _is_sure(answer, met) else one for one in held]
    return (*led, *(one for one in spans if one not in held))


def examine(question: Question, hits: Sequence[Hit], rarity: Rarity, similarity: Similarity) -> Examined:
    """Choose the sentences of the hits that are worth judging, and tell of each what can be told."""
    terms = terms_of(question, rarity)
    top = max((hit.score for hit in hits), default=0.0)
    priors = {
        # Where no passage scores above nothing, its rank has to do.
        hit.passage.id: _PRIOR * (max(0.0, hit.score) / top if top > 0 else 1 / rank)
        for rank, hit in enumerate(hits, start=1)
    }
    reports = [one for one in candidates_of(hits) if one.words and not asks(one.text)]
    reports = without_corrected(question, of_rows_asked(question, reports))
    ranked = sorted(reports, key=lambda one: -(foresee(terms, one) + priors[one.hit.passage.id]))
    chosen = list(islice((one for one in ranked if one.reports), SHORTLIST))
    if not chosen:
        return Examined((), (), (), ())
    telling = [[word for word in one.words if is_content(word)] for one in chosen]
    nearest = similarity.nearest([term.word for term in terms], telling)
    mets = [meet(question, terms, one, _likened(terms, alike)) for one, alike in zip(chosen, nearest.T, strict=True)]
    spans = [find_spans(question, one.text, similarity.of_words) for one in chosen]
    spans = [
        spans_in(question, one.text, cell, found) if (cell := cell_asked(question, one, similarity.of_words)) else found
        for one, found in zip(chosen, spans, strict=True)
    ]
    if question.office:
        spans = _settled(spans)
    fits = [_fit(question, one.text, found, similarity) for one, found in zip(chosen, spans, strict=True)]
    return Examined(chosen, mets, spans, fits)


def _fit(question: Question, sentence: str, spans: Sequence[AnswerSpan], similarity: Similarity) -> float:
    """How well a sentence holds what is asked for; where two kinds of thing are, their mean."""
    fits = [spans[0].fit if spans else 0.0]
    for asked in question.also:
        others = find_spans(replace(question, asked=asked, focus=None), sentence, similarity.of_words)
        fits.append(others[0].fit if others else 0.0)
    return sum(fits) / len(fits)


def _settled(spans: Sequence[tuple[AnswerSpan, ...]]) -> list[tuple[AnswerSpan, ...]]:
    """Spans where those who hold another office by one sentence hold that one in all: "President Putin" is Russia's."""
    others = {span.value.split()[-1] for found in spans for span in found if span.fit == ANOTHER}
    settled = (
        [replace(span, fit=ANOTHER) if span.fit < 1 and span.value.split()[-1] in others else span for span in found]
        for found in spans
    )
    return [tuple(sorted(found, key=lambda span: -span.fit)) for found in settled]


def _denying(scores: Floats, candidates: Sequence[Candidate]) -> Floats:
    """Scores where a question asks for what is not so: sentences that deny something first."""
    kept = scores * np.array([1.0 if is_negated(one.text) else _AFFIRMED for one in candidates], np.float32)
    return np.asarray(kept / kept.sum(), np.float32)


def _holding(scores: Floats, fits: Floats) -> Floats:
    """Scores where it is asked who holds an office: first the sentences that give somebody just that one."""
    kept = scores * np.interp(fits, *_HOLDER).astype(np.float32)
    return np.asarray(kept / kept.sum(), np.float32)


def _explaining(question: Question, scores: Floats, candidates: Sequence[Candidate]) -> Floats:
    """Scores where a reason is asked for: first the sentences that give one, also right after one that restates it."""
    asked = frozenset(map(key_of, question.words))
    named = frozenset(key_of(word) for name in question.names for word in name)
    places = {(one.hit.article.id, one.start): place for place, one in enumerate(candidates)}
    before = [places.get((one.hit.article.id, one.lead)) if one.lead is not None else None for one in candidates]
    lent = _LENT * np.array([0.0 if place is None else scores[place] for place in before], np.float32)
    near = scores + lent >= _OUT_OF_REACH * scores.max()
    given = np.array(
        [reason_given(one.text, asked, named) if near[place] else 0.0 for place, one in enumerate(candidates)],
        np.float32,
    )
    kept = (scores + lent * given) * (_UNEXPLAINED + (1 - _UNEXPLAINED) * given)
    return np.asarray(kept / kept.sum(), np.float32)


def _likened(terms: Sequence[Term], cosines: Floats) -> dict[str, float]:
    """How far each word of the question is met by the nearest word of a sentence, from 0 to 1, by its key.

    Nations are not likened: "Canadians" and "Americans" are near in meaning, and not the same people.
    """
    return {
        term.key: min(1.0, cosine + 0.15) if cosine >= LIKE and not term.key.startswith("=") else 0.0
        for term, cosine in zip(terms, np.asarray(cosines).tolist(), strict=True)
    }
