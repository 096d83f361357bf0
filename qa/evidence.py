"""Hits -> the sentences that bear on a question, best first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from qa.answer_span import AnswerSpan
from qa.candidates import candidates_of
from qa.coverage import Met, Rarity, Term, foresee, meet, terms_of
from qa.language.instructions import asks
from qa.language.similarity import Floats, Similarity
from qa.language.terms import is_content, is_negated
from qa.question import NUMERIC, Asked, Question
from qa.spans import find_spans
from vectorstore.records import Hit, StoredArticle


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of an article that bears on the question: `article.text[start:end]`.

    score: what sentences are ranked by, from 0 to about 1. met: how much of the question it meets. spans: where what is
    asked for may stand in it, best fit first. lead: where the sentence before it starts, or None where that is of
    another passage.
    """

    article: StoredArticle
    start: int
    end: int
    score: float
    met: Met
    spans: tuple[AnswerSpan, ...]
    lead: int | None

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.article.text[self.start : self.end]

    @property
    def fit(self) -> float:
        """How well its best span fits what is asked for, from 0 to 1."""
        return self.spans[0].fit if self.spans else 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts. Set by hand and tried on SQuAD 2.0's public half; see docs/decisions.md."""

    coverage: float = 0.60
    similarity: float = 0.25
    prior: float = 0.15  # the passage's own score, against the best passage's
    unfit: float = 0.45  # what is left of the score of a sentence that holds nothing of the kind asked for
    heading: float = 0.6  # what is left of the score of a headline or caption
    affirmed: float = 0.7  # what is left where the question asks for what is not so, and the sentence denies nothing


SHORTLIST = 16
LIKE = 0.45  # from this cosine on, two words are taken to mean much the same
_STRICT = NUMERIC | {Asked.WHO, Asked.WHEN}
_LOOSE = frozenset({Asked.WHAT, Asked.WHY, Asked.YES_NO})


def gather(
    question: Question, hits: Sequence[Hit], rarity: Rarity, similarity: Similarity, weights: Weights = Weights()
) -> tuple[Evidence, ...]:
    """Return the sentences of the hits that bear on the question, best first; at most 16.

    rarity: how telling a word is, above 0 (its inverse document frequency).
    """
    terms = terms_of(question, rarity)
    top = max((hit.score for hit in hits), default=0.0)
    priors = {
        # Where no passage scores above nothing, its rank has to do.
        hit.passage.id: weights.prior * (max(0.0, hit.score) / top if top > 0 else 1 / rank)
        for rank, hit in enumerate(hits, start=1)
    }
    reports = [one for one in candidates_of(hits) if not asks(one.text)]
    ranked = sorted(reports, key=lambda one: -(foresee(terms, one) + priors[one.hit.passage.id]))
    chosen = list(islice((one for one in ranked if one.reports), SHORTLIST))
    nearness = similarity.compare(question.words, [[w for w in one.words if is_content(w)] for one in chosen])
    evidence = []
    for one, alike, near in zip(chosen, nearness.words.T, nearness.sentences, strict=True):
        met = meet(terms, one, _likened(terms, alike), role=question.role)
        base = weights.coverage * met.coverage + weights.similarity * max(0.0, float(near)) + priors[one.hit.passage.id]
        spans = find_spans(question, one.text, similarity.of_words)
        score = base * _kind_factor(question, one.text, spans, similarity, weights)
        if one.is_heading:
            score *= weights.heading
        if question.negated and not is_negated(one.text):
            score *= weights.affirmed
        evidence.append(Evidence(one.hit.article, one.start, one.end, score, met, spans, one.lead))
    return tuple(sorted(evidence, key=lambda found: -found.score))


def _likened(terms: Sequence[Term], cosines: Floats) -> dict[str, float]:
    """How far each word of the question is met by the nearest word of a sentence, from 0 to 1, by its key.

    Nations are not likened: "Canadians" and "Americans" are near in meaning, and not the same people.
    """
    return {
        term.key: min(1.0, cosine + 0.15) if cosine >= LIKE and not term.key.startswith("=") else 0.0
        for term, cosine in zip(terms, cosines.tolist(), strict=True)
    }


def _kind_factor(
    question: Question, sentence: str, spans: tuple[AnswerSpan, ...], similarity: Similarity, weights: Weights
) -> float:
    """What is left of a sentence's score for how well it holds the kinds of thing asked for."""
    if question.asked in _LOOSE:
        return 1.0
    fits = [spans[0].fit if spans else 0.0]
    for asked in question.also:
        others = find_spans(replace(question, asked=asked, focus=None), sentence, similarity.of_words)
        fits.append(others[0].fit if others else 0.0)
    floor = weights.unfit if question.asked in _STRICT else (1 + weights.unfit) / 2
    return floor + (1 - floor) * float(np.mean(fits))
