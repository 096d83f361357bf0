"""The embedded answerer, in whatever language is asked: hits -> findings -> a draft."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from qa.answering.compose import compose
from qa.answering.contradicted import contradicting
from qa.answering.draft import Draft
from qa.language.similarity import Similarity
from qa.multilingual.asking import understand_in
from qa.multilingual.choosing import compose_in, gather_in
from qa.multilingual.tongue import OTHERS, tongue_of
from qa.question.understand import Question, understand
from qa.reading.evidence import Findings, gather
from qa.reading.reader import Reader
from qa.verification.entailment import packaged
from vectorstore.records import Hit


class Words(Protocol):
    """What is known of words among all articles, as the store knows it."""

    def rarity(self, word: str, language: str = "en") -> float:
        """How telling a word is, above 0."""
        ...


class Embedded:
    """Answers by the articles' own sentences. reader: None for the light path.

    language: an ISO 639-1 tag of `vectorstore.languages.NAMES`. English is read, others go by their words.
    """

    def __init__(self, words: Words, similarity: Similarity, reader: Reader | None) -> None:
        self._words = words
        self._similarity = similarity
        self._reader = reader

    def read(self, text: str, language: str, hits: Sequence[Hit]) -> tuple[Question, Findings]:
        """Take a question apart, and choose from the hits the sentences that bear on it."""
        if language in OTHERS:
            tongue = tongue_of(language)
            question = understand_in(tongue, text)
            return question, gather_in(tongue, question, hits, partial(self._words.rarity, language=language))
        question = understand(text)
        return question, gather(question, hits, self._words.rarity, self._similarity, self._reader)

    def draft(self, question: Question, findings: Findings, language: str) -> Draft:
        """Answer from what was read, or say why not."""
        if language in OTHERS:
            return compose_in(tongue_of(language), question, findings)
        if self._reader and (contrary := contradicting(question, findings.evidence, self._reader, packaged())):
            return Draft((), "contradicted", contrary)
        return compose(question, findings, self._similarity, reader=self._reader)
