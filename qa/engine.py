"""Engine: a question in, a cited answer out. One path, read from top to bottom."""

import time
from dataclasses import replace

from qa.answer import Inquiry, answer, refusal, sentences_of
from qa.errors import ModelNotConfiguredError
from qa.evidence import gather
from qa.extract import compose
from qa.question import read_question, understand
from qa.records import Answer, Request
from qa.similarity import Similarity
from vectorstore.store import Store

PASSAGES_READ = 8


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
        inquiry = Inquiry(request, text, question, evidence, found.searched)
        draft = compose(question, evidence)
        told = refusal(inquiry, draft.reason) if draft.reason else answer(inquiry, sentences_of(draft))
        answered = time.perf_counter()
        timings = {"search": searched - started, "answer": answered - searched, "total": answered - started}
        return replace(told, timings_ms={part: round(seconds * 1000, 3) for part, seconds in timings.items()})

    def close(self) -> None:
        """Give the data folder free."""
        self.store.close()
