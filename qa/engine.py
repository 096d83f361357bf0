"""Engine: a question in, a cited answer out. One path, read from top to bottom."""

import time
import uuid

from qa.cite import cite, excerpt
from qa.errors import ModelNotConfiguredError
from qa.evidence import gather
from qa.extract import Draft, Statement, compose
from qa.question import read_question, understand
from qa.records import Answer, Figure, Request, Searched
from qa.similarity import Similarity
from vectorstore.duplicates import independent
from vectorstore.store import Store

PASSAGES_READ = 8
NEAREST_SHOWN = 3


class Engine:
    """Answers questions from a store. Thread-safe: it keeps nothing of a question.

    similarity: compares sentences and words by a local embedding.
    """

    def __init__(self, store: Store, similarity: Similarity) -> None:
        self.store = store
        self._similarity = similarity

    def ask(self, request: Request) -> Answer:
        """Answer a question, or say that the articles don't.

        Raises BadQuestionError for what can't be asked, ModelNotConfiguredError where mode is "generated",
        EmbeddingError where the question can't be embedded, and StorageError where the data folder fails.
        """
        text = read_question(request.question)
        if request.mode == "generated":
            raise ModelNotConfiguredError("No model is set to write answers: ask with mode auto or extractive.")
        started = time.perf_counter()
        found = self.store.search(text, limit=PASSAGES_READ, filters=request.filters)
        searched = time.perf_counter()
        question = understand(text)
        evidence = gather(question, found.hits, self.store.rarity, self._similarity)
        draft = compose(question, evidence)
        answered = time.perf_counter()
        return Answer(
            id=uuid.uuid4().hex,
            status="no_answer" if draft.reason else "answered",
            reason=draft.reason,
            question=request.question,
            standalone_question=text,
            text=_text_of(draft),
            short_answer=_short_answer(draft),
            citations=tuple(
                cite(marker, said.evidence, said.also_in) for marker, said in enumerate(draft.statements, start=1)
            ),
            figures=_figures_of(draft),
            independent_sources=_independent_sources(draft),
            mode="extractive",
            model=None,
            degraded=False,
            searched=Searched(found.searched.articles, found.searched.passages),
            nearest=tuple(excerpt(near) for near in evidence[:NEAREST_SHOWN]) if draft.reason else (),
            timings_ms={
                "search": round((searched - started) * 1000, 3),
                "answer": round((answered - searched) * 1000, 3),
                "total": round((answered - started) * 1000, 3),
            },
        )

    def close(self) -> None:
        """Give the data folder free."""
        self.store.close()


def _text_of(draft: Draft) -> str:
    """The sentences on one line, each with its marker; what a refusal says in words."""
    if draft.reason:
        return "The articles don't say."
    return " ".join(f"{' '.join(said.evidence.text.split())} [{n}]" for n, said in enumerate(draft.statements, start=1))


def _short_answer(draft: Draft) -> str | None:
    if not draft.statements or (span := draft.statements[0].span) is None:
        return None
    return draft.statements[0].evidence.text[span.start : span.end]


def _figures_of(draft: Draft) -> tuple[Figure, ...]:
    """Every differing figure that answers the question, in order of time; the undated last."""
    figures = [
        _figure_of(marker, said)
        for marker, said in enumerate(draft.statements, start=1)
        if said.span and said.span.quantity
    ]
    return tuple(sorted((figure for figure in figures if figure), key=lambda figure: figure.as_of or "9999"))


def _figure_of(marker: int, said: Statement) -> Figure | None:
    if said.span is None or (quantity := said.span.quantity) is None:
        return None
    return Figure(
        value=_number(quantity.low)
        if quantity.low == quantity.high
        else (_number(quantity.low), _number(quantity.high)),
        unit=quantity.unit or quantity.counted,
        text=said.evidence.text[quantity.start : quantity.end],
        markers=(marker,),
        source=said.evidence.article.source,
        as_of=said.evidence.article.published_at,
    )


def _number(value: float) -> float:
    """A whole number without its ".0", as people and JSON write it."""
    return int(value) if value.is_integer() else value


def _independent_sources(draft: Draft) -> int:
    """How many articles bear out the first sentence, near-duplicates counted once."""
    if not draft.statements:
        return 0
    said = draft.statements[0]
    return independent([found.article.signature for found in (said.evidence, *said.also_in)])
