"""The short answers of the sentences that may answer one question: what the reader marked, or the best span."""

import re
from collections.abc import Sequence

from qa.language.figures import find_quantities
from qa.language.similarity import Similarity
from qa.question.understand import NUMERIC, Asked, Question
from qa.reading.evidence import Evidence
from qa.reading.reader import Found, Reader, Window
from qa.reading.spans.answer_span import FITTING, AnswerSpan, Likeness

_LEAST = -3.0  # the log-odds of a span from which on it is given
_LEAST_SAID = 0.0  # and where it is asked what was said, which is mostly a whole sentence
_BOUND = re.compile(
    r"\b(?:about|around|some|roughly|approximately|an estimated|up to|as many as|as much as|at least|at most|"
    r"(?:no )?(?:more|fewer|less) than|over|under|nearly|almost|close to|just under|just over)\s+$",
    re.IGNORECASE,
)
_LONGEST_BOUND = 20
_EDGES = " ,;:.\n"


class ShortAnswers:
    """reader: what reads a sentence that was not read yet; None: the best span of the kind asked for is given."""

    def __init__(self, question: Question, similarity: Similarity, reader: Reader | None = None) -> None:
        self._question = question
        self._similarity = similarity
        self._reader = reader

    def of(self, found: Evidence) -> str | None:
        """The words of a sentence that say just what was asked; None where none do."""
        return short_answer(self._question, found.text, found.spans, found.answer, read=self._reader is not None)

    def in_text(self, text: str, spans: Sequence[AnswerSpan]) -> str | None:
        """The same of any sentence. spans: where in it what is asked for may stand."""
        if self._reader is None:
            return short_answer(self._question, text, spans, None, read=False)
        (reading,) = self._reader.read(self._question.text, [Window("", text)])
        return short_answer(self._question, text, spans, next(iter(reading.spans), None), read=True)

    @property
    def likeness(self) -> Likeness:
        """How near two words are in meaning."""
        return self._similarity.of_words


def short_answer(
    question: Question, text: str, spans: Sequence[AnswerSpan], answer: Found | None, *, read: bool
) -> str | None:
    """Choose the words of a sentence that say just what was asked; None where none do, and for yes or no.

    spans: of the kind asked for, best fit first. answer: the span that was read; read: whether the sentence was. Where
    a figure is asked for, the words hold one that fits, with its bound ("up to 600"): no other figure stands in for it.
    """
    if question.asked is Asked.YES_NO:
        return None
    fitting = [span for span in spans if span.fit >= FITTING]
    if question.asked in NUMERIC:
        held = [one for one in fitting if answer and one.start < answer.end and answer.start < one.end]
        if not fitting and answer and answer.score >= _LEAST and find_quantities(text[answer.start : answer.end]):
            return _whole(text, answer.start, answer.end)
        figure = next(iter(held or fitting), None)
        return _whole(text, figure.start, figure.end) if figure else None
    if answer is None or answer.score < (_LEAST_SAID if question.asked is Asked.WORDS else _LEAST):
        return _whole(text, fitting[0].start, fitting[0].end) if fitting and not read else None
    return text[answer.start : answer.end].strip(_EDGES) or None


def _whole(text: str, start: int, end: int) -> str:
    """A stretch with the bound that stands before it: "more than 15,000 people"."""
    bound = _BOUND.search(text, max(0, start - _LONGEST_BOUND), start)
    return text[bound.start() if bound else start : end].strip(_EDGES)
