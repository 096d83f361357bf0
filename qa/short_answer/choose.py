"""The short answer: the stretch of a chosen sentence that says just what was asked, for every kind of question."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.language.noise import end_of_dateline
from qa.language.similarity import Similarity
from qa.language.terms import keys_of
from qa.question import NUMERIC, Asked, Question
from qa.short_answer.kinds import asks_why, of_wrong_form, of_wrong_kind, read_stretches
from qa.short_answer.model import StretchModel, load_model
from qa.short_answer.signs import Laid, lay_out
from qa.short_answer.wanted import want
from qa.spans.answer_span import FITTING, AnswerSpan
from qa.spans.clock import asks_clock

_ALIKE = 0.2  # how far below the best a span may fit to be chosen instead
_OF_ONE_KIND = NUMERIC | {Asked.WHEN}
_BOUND = re.compile(
    r"\b(?:about|around|some|roughly|approximately|an estimated|up to|as many as|as much as|at least|at most|"
    r"(?:no )?(?:more|fewer|less) than|over|under|nearly|almost|close to|just under|just over)\s+$",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_TIME = re.compile(
    r"^(?:after|as soon as|before|during|every|following|from|next|since|until|upon|when|while)\b|\d|"
    r"\b(?:centur(?:y|ies)|daily|dawn|day|decade|dusk|dynast(?:y|ies)|era|evening|midnight|month|morning|night|noon|"
    r"now|season|spring|summer|autumn|winter|today|tomorrow|week|weekend|year|yesterday)s?\b",
    re.IGNORECASE,
)
_LONGEST_BOUND = 20
_CREDIT = re.compile(r"\w/(?:AP|AFP|Reuters|Getty|CNN|PA|EPA)\b|\b(?:Getty Images|Shutterstock)\b")
_MOST_AROUND = 5  # words


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """`sentence[start:end]`; chance: how sure the choice among the sentence's stretches is, from 0 to 1."""

    start: int
    end: int
    chance: float


def short_answer(
    question: Question,
    sentence: str,
    spans: Sequence[AnswerSpan],
    similarity: Similarity,
    model: StretchModel | None = None,
) -> ShortAnswer | None:
    """Choose the stretch of a sentence that answers a question; None for yes or no, or where no stretch may.

    spans: what `find_spans` found in the sentence, best fit first. Where a figure, date, length of time or time of the
    day is asked for, the stretch holds one that fits: no other figure stands in for it. What somebody said is what the
    sentence quotes, where it does; who holds an office is who the sentence gives it to. model: None for the kept one.
    """
    if question.asked is Asked.YES_NO:
        return None
    fitting = [span for span in spans if span.fit >= max(FITTING, spans[0].fit - _ALIKE)]
    if not fitting and (question.asked in NUMERIC or asks_clock(question)):
        return None
    if question.asked is Asked.WORDS and fitting:
        return _quoted(sentence, fitting[0])
    if question.office and fitting:
        return ShortAnswer(fitting[0].start, fitting[0].end, fitting[0].fit)
    wanted = want(question)
    laid = lay_out(wanted, sentence, spans, similarity)
    allowed = ~laid.repeats & _not_excluded(question, sentence, laid) & _reporting(sentence, laid)
    read = read_stretches(sentence, laid)
    allowed &= ~of_wrong_form(wanted, read)
    if question.asked in _OF_ONE_KIND and fitting:
        allowed &= _holding(fitting, sentence, laid)
    elif asks_why(question):
        allowed &= _in_words(sentence, laid)
    elif _is_of_time(question):
        allowed &= _naming_time(sentence, laid)
    fit = allowed & ~of_wrong_kind(wanted, read)
    if not fit.any():
        return _beyond(sentence, fitting) if question.asked in _OF_ONE_KIND else None
    scores = (model or load_model()).score(wanted.signs, laid.signs)
    best = int(np.where(fit, scores, -np.inf).argmax())
    # One of the wrong kind is not chosen, but where it seems the likeliest the others are seldom right.
    chance = float(1 / np.exp(scores[allowed] - scores[best]).sum())
    start, end = int(laid.starts[laid.places[best, 0]]), int(laid.ends[laid.places[best, 1]])
    if question.asked in NUMERIC:
        start, end = _whole_figure(sentence, next(span for span in fitting if _is_held(span, start, end)))
    return ShortAnswer(start, end, chance)


def _beyond(sentence: str, fitting: Sequence[AnswerSpan]) -> ShortAnswer | None:
    """The best span of a sentence so long that no stretch was laid out where it stands."""
    best = next(iter(fitting), None)
    return ShortAnswer(*_whole_figure(sentence, best), best.fit) if best else None


def _quoted(sentence: str, quotation: AnswerSpan) -> ShortAnswer:
    """A quotation without the comma before its closing mark."""
    words = sentence[quotation.start : quotation.end].rstrip(" ,;")
    return ShortAnswer(quotation.start, quotation.start + len(words), quotation.fit)


def _reporting(sentence: str, laid: Laid) -> NDArray[np.bool_]:
    """Which stretches are no part of a dateline ("Paris (CNN)") or of a picture's credit ("Jane Roe/AP")."""
    starts, ends = laid.starts[laid.places[:, 0]], laid.ends[laid.places[:, 1]]
    reporting: NDArray[np.bool_] = starts >= end_of_dateline(sentence)
    if _CREDIT.search(sentence):
        reporting &= [not _CREDIT.search(sentence, start, end) for start, end in zip(starts, ends, strict=True)]
    return reporting


def _not_excluded(question: Question, sentence: str, laid: Laid) -> NDArray[np.bool_]:
    """Which stretches hold nothing of what the asker already has ("besides Herat")."""
    allowed = np.ones(len(laid.places), bool)
    if question.excluded:
        for row, (first, last) in enumerate(laid.places):
            stretch = sentence[laid.starts[first] : laid.ends[last]]
            allowed[row] = question.excluded.isdisjoint(keys_of(stretch))
    return allowed


def _holding(fitting: Sequence[AnswerSpan], sentence: str, laid: Laid) -> NDArray[np.bool_]:
    """Which stretches hold one of the spans that fit, and no more than a phrase around it."""
    starts, ends = laid.starts[laid.places[:, 0]].tolist(), laid.ends[laid.places[:, 1]].tolist()
    return np.array(
        [
            any(_is_held(span, start, end) and _is_phrase(span, sentence, start, end) for span in fitting)
            for start, end in zip(starts, ends, strict=True)
        ],
        bool,
    )


def _is_phrase(span: AnswerSpan, sentence: str, start: int, end: int) -> bool:
    """Whether a stretch around a span is one phrase: "since May", not "since May, when it began"."""
    around = f"{sentence[start : span.start]} {sentence[span.end : end]}"
    return "," not in around and len(around.split()) <= _MOST_AROUND


def _is_of_time(question: Question) -> bool:
    """Whether nothing but a time is asked for, as in "when did it end", but not in "when it ended, who left"."""
    return question.asked is Asked.WHEN and len(_ASKING.findall(question.text)) == 1


def _naming_time(sentence: str, laid: Laid) -> NDArray[np.bool_]:
    """Which stretches say when, be it by no date: "after the war", "every two years"."""
    stretches = (sentence[laid.starts[first] : laid.ends[last]] for first, last in laid.places)
    return np.array([_TIME.search(stretch) is not None for stretch in stretches], bool)


def _in_words(sentence: str, laid: Laid) -> NDArray[np.bool_]:
    """Which stretches hold a word: no bare number says why."""
    stretches = (sentence[laid.starts[first] : laid.ends[last]] for first, last in laid.places)
    return np.array([any(map(str.isalpha, stretch)) for stretch in stretches], bool)


def _is_held(span: AnswerSpan, start: int, end: int) -> bool:
    """Whether a stretch holds a span: of a figure the number itself, if not what it counts."""
    return start <= span.start and end >= (span.quantity.end if span.quantity else span.end)


def _whole_figure(sentence: str, span: AnswerSpan) -> tuple[int, int]:
    """A figure with what it counts and its bound: "more than 15,000 people"."""
    bound = _BOUND.search(sentence, max(0, span.start - _LONGEST_BOUND), span.start)
    return bound.start() if bound else span.start, span.end
