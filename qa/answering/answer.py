"""What was chosen or written -> the Answer that every surface gives."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from qa.answering.cite import Stretch, cite, excerpt
from qa.answering.concord import concord_of, sources_of
from qa.answering.dated import dated
from qa.answering.draft import Draft, Statement
from qa.answering.events import SameEvent, always_one
from qa.conversations.standalone import StandingAlone
from qa.language.figures import Quantity
from qa.language.markup import plain
from qa.question.told_filters import given_of
from qa.question.understand import Asked, Question
from qa.reading.evidence import Evidence, Findings
from qa.reading.spans.answer_span import AnswerSpan, says_the_same
from qa.reading.spoken import in_other_languages
from qa.records import Answer, Figure, Reason, Request, Searched, Support, UnderstoodFilters, Usage
from vectorstore.records import Counts, StoredArticle
from vectorstore.rows import aloud

REFUSAL = "The articles don't say."
_OTHERWISE = "The articles say otherwise: {}"
_NEAREST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question with what was found for it. text: the question as it was read, standing on its own feet.

    understood: what its words limited the search to, which `question` is without. language: it is asked in (ISO 639-1).
    other_languages: those of the articles, where none that was found is in it.
    """

    request: Request
    text: str
    question: Question
    findings: Findings
    searched: Counts
    understood: UnderstoodFilters | None = None
    language: str = "en"
    other_languages: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The sentences that bear on it, best first."""
        return self.findings.evidence


@dataclass(frozen=True, slots=True)
class Basis:
    """A stretch of an article that a sentence rests on, other articles' that say the same, and the figure asked for.

    figure: the span that holds a figure asked for, counted from the start of what is read for the stretch.
    """

    stretch: Stretch
    support: Support = "verified"
    also_in: tuple[Stretch, ...] = ()
    figure: AnswerSpan | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer. rests_on: empty only where it is shown as unsupported. short: the words asked for."""

    text: str
    rests_on: tuple[Basis, ...]
    short: str | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an answer. model: its name, None for the embedded answerer. degraded: that stood in for a model."""

    model: str | None = None
    degraded: bool = False
    usage: Usage | None = None


EMBEDDED = Author()


def sentences_of(draft: Draft) -> tuple[Sentence, ...]:
    """Return the sentences of the embedded answerer's draft: the articles' own words."""
    return tuple(_sentence_of(said) for said in draft.statements)


def answer(
    inquiry: Inquiry, sentences: Sequence[Sentence], author: Author = EMBEDDED, *, same: SameEvent = always_one
) -> Answer:
    """Give an answer of one sentence or more, of which one rests on something at least.

    Stretches are numbered from 1 in the order in which sentences rest on them; the same stretch keeps its number.
    same: whether two articles are of one event.
    """
    numbered: dict[tuple[str, int, int], int] = {}
    bases: list[Basis] = []
    told = []
    for sentence in sentences:
        markers = []
        for basis in sentence.rests_on:
            place = (basis.stretch.article.id, basis.stretch.start, basis.stretch.end)
            if place not in numbered:
                numbered[place] = len(numbered) + 1
                bases.append(basis)
            markers.append(f"[{numbered[place]}]")
        told.append(f"{unnumbered(sentence.text)} {''.join(dict.fromkeys(markers))}".strip())
    leading = next(sentence for sentence in sentences if sentence.rests_on)
    citations = tuple(
        cite(marker, basis.stretch, support=basis.support, also_in=basis.also_in)
        for marker, basis in enumerate(bases, start=1)
    )

    def of_one_event(one: Figure, other: Figure) -> bool:
        articles = [[bases[marker - 1].stretch.article for marker in figure.markers] for figure in (one, other)]
        return any(same(*pair) for pair in product(*articles))

    figures, independent_sources = _figures_of(bases), sources_of(_agreeing(leading))
    return Answer(
        id=uuid.uuid4().hex,
        status="answered",
        reason=None,
        question=inquiry.request.question,
        standalone_question=inquiry.text,
        text=" ".join(told),
        short_answer=_short_of(inquiry.question, leading),
        citations=citations,
        figures=figures,
        independent_sources=independent_sources,
        agreement=concord_of(citations, figures, independent_sources, of_one_event),
        mode="extractive" if author.model is None else "generated",
        model=author.model,
        degraded=author.degraded,
        searched=Searched(inquiry.searched.articles, inquiry.searched.passages),
        nearest=(),
        timings_ms={},
        usage=author.usage,
        confidence=round(inquiry.findings.confidence, 3),
        given_filters=given_of(inquiry.request.filters),
        understood_filters=inquiry.understood,
        answerable=round(inquiry.findings.answerable, 3),
        light=inquiry.findings.light,
    )


def refusal(inquiry: Inquiry, reason: Reason, author: Author = EMBEDDED, *, contrary: Evidence | None = None) -> Answer:
    """Say that the articles don't say, why, and what came nearest; where its words limited the search, that too.

    contrary: the sentence that contradicts the question, which is told and comes first.
    """
    first = (contrary,) if contrary else ()
    near = (*first, *(one for one in inquiry.evidence if one is not contrary))
    return Answer(
        id=uuid.uuid4().hex,
        status="no_answer",
        reason=reason,
        question=inquiry.request.question,
        standalone_question=inquiry.text,
        text=_refused(inquiry, contrary),
        short_answer=None,
        citations=(),
        figures=(),
        independent_sources=0,
        mode="extractive" if author.model is None else "generated",
        model=author.model,
        degraded=author.degraded,
        searched=Searched(inquiry.searched.articles, inquiry.searched.passages),
        nearest=tuple(excerpt(one) for one in near[:_NEAREST_SHOWN]),
        timings_ms={},
        usage=author.usage,
        answerable=round(inquiry.findings.answerable, 3),
        light=inquiry.findings.light,
        given_filters=given_of(inquiry.request.filters),
        understood_filters=inquiry.understood,
        other_languages=inquiry.other_languages,
    )


def _refused(inquiry: Inquiry, contrary: Evidence | None) -> str:
    said = in_other_languages(inquiry.other_languages) if inquiry.other_languages else REFUSAL
    if contrary is not None:
        said = _OTHERWISE.format(unnumbered(contrary.text))
    return f"{said} {inquiry.understood.told}" if inquiry.understood else said


def unclear(request: Request, standing: StandingAlone, searched: Counts) -> Answer:
    """Ask back what is meant. Nothing was searched for: `searched` tells what there would be."""
    return Answer(
        id=uuid.uuid4().hex,
        status="no_answer",
        reason="unclear",
        question=request.question,
        standalone_question=standing.question,
        text=standing.unclear or "",
        short_answer=None,
        citations=(),
        figures=(),
        independent_sources=0,
        mode="extractive",
        model=None,
        degraded=False,
        searched=Searched(searched.articles, searched.passages),
        nearest=(),
        timings_ms={},
        suggestions=standing.suggestions,
        conversation_id=request.conversation_id,
        given_filters=given_of(request.filters),
    )


def _short_of(question: Question, leading: Sentence) -> str | None:
    """The words that say just what was asked; of a date, with what the article's own day tells of it."""
    if leading.short is None or question.asked is not Asked.WHEN:
        return leading.short
    stretch = leading.rests_on[0].stretch
    return dated(leading.short, _aloud(stretch), stretch.article.published)


_NUMBERED = re.compile(r"\[(\d[\d\s,–-]*)\]")


def unnumbered(text: str) -> str:
    """Return a sentence on one line, with its own "[2]" as "(2)": in an answer's text those would be markers."""
    return _NUMBERED.sub(r"(\1)", " ".join(plain(text).split()))


def _sentence_of(said: Statement) -> Sentence:
    evidence, span = said.evidence, said.span
    return Sentence(
        text=evidence.text,
        rests_on=(Basis(evidence, also_in=said.also_in, figure=span if span and span.quantity else None),),
        short=plain(said.short) if said.short else None,
    )


def _figures_of(bases: Sequence[Basis]) -> tuple[Figure, ...]:
    """Every differing figure that answers the question, in order of time; the undated last."""
    figures: list[tuple[AnswerSpan, Figure]] = []
    for marker, basis in enumerate(bases, start=1):
        span = basis.figure
        if span is None or span.quantity is None:
            continue
        for place, (other, figure) in enumerate(figures):
            if says_the_same(span, other):
                figures[place] = (other, replace(figure, markers=(*figure.markers, marker)))
                break
        else:
            figures.append((span, _figure_of(marker, basis.stretch, span.quantity)))
    return tuple(sorted((figure for _, figure in figures), key=lambda figure: figure.as_of or "9999"))


def _figure_of(marker: int, stretch: Stretch, quantity: Quantity) -> Figure:
    low, high = _number(quantity.low), _number(quantity.high)
    text = _aloud(stretch)
    return Figure(
        value=low if low == high else (low, high),
        unit=quantity.unit or quantity.counted,
        text=text[quantity.start : quantity.end],
        markers=(marker,),
        source=stretch.article.source,
        as_of=stretch.article.published_at,
    )


def _aloud(stretch: Stretch) -> str:
    return aloud(stretch.article.text, stretch.start, stretch.end)


def _number(value: float) -> int | float:
    """A whole number without its ".0", as people and JSON write it."""
    return int(value) if value.is_integer() else value


def _agreeing(sentence: Sentence) -> list[StoredArticle]:
    """The articles that bear out a sentence; where it gives two figures, its first."""
    figure = sentence.rests_on[0].figure
    agreeing = [
        basis
        for basis in sentence.rests_on
        if figure is None or basis.figure is None or says_the_same(figure, basis.figure)
    ]
    stretches = [stretch for basis in agreeing for stretch in (basis.stretch, *basis.also_in)]
    return list({stretch.article.id: stretch.article for stretch in stretches}.values())
