"""Whether an answer's citations hold: its sentences are cited, and its quotes are exact and to the point."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from qa.answering.answer import unnumbered
from qa.evaluation.naming import named
from qa.evaluation.records import Case
from qa.records import Answer, Citation, Excerpt
from vectorstore.sentences import split_sentences

_MARKERS = re.compile(r"\s*(?:\[\d+\])+")

ArticleText = Callable[[str, int], str]
"""The text of an article in a revision."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of an answer, without its markers. cited: whether it has any."""

    text: str
    cited: bool


def sentences_of(answer: Answer) -> tuple[Told, ...]:
    """Return the sentences of an answer's text.

    Markers end a sentence. Words of an article that are quoted whole are one sentence, however they might be cut here.
    """
    quotes = {unnumbered(citation.quote) for citation in answer.citations}
    return tuple(told for text, cited in _stretches(answer.text) for told in _told(text, quotes, cited=cited))


def plain(answer: Answer) -> str:
    """Return an answer's text without its markers."""
    return _MARKERS.sub("", answer.text)


def quotes_of(answer: Answer) -> list[Citation | Excerpt]:
    """Return all words that an answer cites, those of articles that say the same too."""
    quotes: list[Citation | Excerpt] = []
    for citation in answer.citations:
        quotes += [citation, *citation.also_in]
    return quotes


def judge(answer: Answer, case: Case, relevant: Collection[str], text_of: ArticleText) -> dict[str, float]:
    """Return what an answer's citations are worth, by the measures' names.

    relevant: the ids of the articles that hold the answer; empty: not known. A refusal cites no gold article; its other
    figures are missing, but for the exactness of the quotes that it calls nearest.

    - "sentences cited": the share of the answer's sentences that have a marker.
    - "quotes exact": the share of all quotes, also those of articles that say the same, that stand in the article's
      text at their offsets.
    - "citation precision": of the quotes that have a marker, the share that names a gold answer.
    - "gold article cited": whether an article that holds the answer is cited, or named as saying the same.
    """
    verdicts: dict[str, float] = {}
    quotes = quotes_of(answer)
    if every := (*quotes, *answer.nearest):
        verdicts["quotes exact"] = sum(_is_exact(quote, text_of) for quote in every) / len(every)
    if case.answerable and relevant:
        verdicts["gold article cited"] = float(any(quote.article_id in relevant for quote in quotes))
    if answer.status == "answered":
        sentences = sentences_of(answer)
        verdicts["sentences cited"] = sum(told.cited for told in sentences) / max(1, len(sentences))
        if case.golds:
            holding = sum(any(named(citation.quote, case.golds, case.wrong)) for citation in answer.citations)
            verdicts["citation precision"] = holding / max(1, len(answer.citations))
    return verdicts


def _stretches(text: str) -> Iterator[tuple[str, bool]]:
    """What stands before each run of markers, and what stands after the last."""
    at = 0
    for markers in _MARKERS.finditer(text):
        yield text[at : markers.start()].strip(), True
        at = markers.end()
    if rest := text[at:].strip():
        yield rest, False


def _told(text: str, quotes: Collection[str], *, cited: bool) -> Iterator[Told]:
    if cited and text in quotes:
        yield Told(text, cited=True)
        return
    spans = split_sentences(text)
    for span in spans:
        yield Told(text[span.start : span.end], cited=cited and span is spans[-1])


def _is_exact(quote: Citation | Excerpt, text_of: ArticleText) -> bool:
    return text_of(quote.article_id, quote.revision)[quote.start : quote.end] == quote.quote
