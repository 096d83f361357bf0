"""Engine: a question in, a cited answer out. One path, read from top to bottom."""

import logging
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import replace

from qa.answering.answer import EMBEDDED, Author, Inquiry, Sentence, answer, refusal, sentences_of, unclear
from qa.answering.cite import excerpt
from qa.answering.draft import Draft
from qa.answering.embedded import Embedded
from qa.answering.events import same_event_by
from qa.answering.more import tell_more
from qa.answering.reprints import with_reprints
from qa.answering.short_answers import ShortAnswers
from qa.conversations.archive import Conversations
from qa.conversations.feedback import Feedback
from qa.conversations.rewriting import Rewriting, rewritten
from qa.conversations.several import several_in
from qa.conversations.standalone import StandingAlone, stand_alone
from qa.erasing import erase
from qa.errors import ModelCancelledError, ModelError, ModelNotConfiguredError
from qa.events import AnswerEvent, Event, EvidenceEvent, TextEvent
from qa.language.similarity import Similarity
from qa.llm.model import Deadline
from qa.multilingual.tongue import OTHERS
from qa.question.asked_filters import limited
from qa.question.asked_text import read_question
from qa.question.filtering import check_filters
from qa.question.understand import Asked
from qa.reading.reader import Reader
from qa.reading.searching import Found, found_of
from qa.reading.spoken import in_language
from qa.records import Answer, Dropped, Erased, Reason, Request, usage_of_all
from qa.retrieval import cited_before, retrieve
from qa.writing.generate import Writer, Written
from qa.writing.generated import with_others, written_sentences
from qa.writing.prompt import Prompt, write_prompt
from qa.writing.responsive import answers_as_well
from vectorstore.languages import ENGLISH, language_of_question
from vectorstore.store import Store

PASSAGES_READ = 6
_REMEMBERED = 8  # exchanges that a follow-up may lean on
CONFIDENT = 0.9  # of the draft, from which on a model's "the articles don't say" is not believed
_log = logging.getLogger(__name__)

_Write = Callable[[Writer, Prompt, Deadline], Generator[str, None, Written]]


class Engine:
    """Answers questions from a store. Thread-safe: it keeps nothing of a question.

    similarity: compares sentences and words by a local embedding. writer: has a model write answers; None: there is no
    model, and the embedded answerer gives them all. deadline_s: seconds that the model has in all, retries included.
    flag: show a model's sentences that failed verification, marked, instead of dropping them. reader: what reads for
    the embedded answerer; None: the light path, sentences by their words. conversations, feedback: what keeps them;
    None: those of the store's library.
    """

    def __init__(
        self, store: Store, similarity: Similarity, writer: Writer | None = None, *,
        deadline_s: float = 30.0, flag: bool = False,
        reader: Reader | None = None, conversations: Conversations | None = None,
        feedback: Feedback | None = None,
    ) -> None:  # fmt: skip
        self.store = store
        self.writer = writer
        self.conversations = conversations or Conversations(store.database)
        self.feedback = feedback or Feedback(store.database)
        store.when_deleting(self.conversations.forget_article)
        self._similarity = similarity
        self._deadline_s = deadline_s
        self._flag = flag
        self._reader = reader
        self._embedded = Embedded(store, similarity, reader)

    def ask(self, request: Request, cancelled: threading.Event | None = None) -> Answer:
        """Answer a question, or say that the articles don't.

        Raises BadQuestionError for what can't be asked, ModelNotConfiguredError where mode is "generated" and there is
        no model, EmbeddingError where the question can't be embedded, and StorageError where the data folder fails. A
        model that fails is no error: the embedded answerer stands in, and the answer says so. ModelCancelledError once
        `cancelled` is set. In a conversation the answer is kept as its next turn when this returns;
        ConversationNotFoundError and ConversationFullError where it can't be.
        """
        events = self._events(request, _at_once, cancelled)
        return next(event.answer for event in events if isinstance(event, AnswerEvent))

    def stream(self, request: Request, cancelled: threading.Event | None = None) -> Generator[Event, None, None]:
        """Answer a question as `ask` does, and tell of it on the way: evidence, text as it comes, and the answer.

        Raises as `ask` does; all but ModelCancelledError before the first event. Closing it closes the connection to
        the model.
        """
        return self._events(request, _as_it_comes, cancelled)

    def search(self, request: Request, limit: int = 10) -> Found:
        """Find the passages that bear on a question, best first, without answering it; nothing is kept of it.

        limit: at most 1,000. Raises as `ask` does.
        """
        request = self._following(request)
        standing = self._standing_alone(request)
        named, found = retrieve(self.store, request, standing, limit)
        return found_of(standing.question, found, named.understood)

    def erase(self, article_id: str) -> Erased:
        """Delete an article and prove that it is in no file of the data folder. Raises as `Store.erase` does."""
        return erase(self.store, self.conversations, article_id)

    def check_model(self) -> str | None:
        """Ask the model whether it can be used: what is wrong, in words without the key, or None. Takes 3 s at most."""
        return self.writer.model.check() if self.writer else None

    def close(self) -> None:
        """Give the data folder free, and close the connections to the model."""
        if self.writer:
            self.writer.model.close()
        self.store.close()

    def _events(
        self, request: Request, write: _Write, cancelled: threading.Event | None = None
    ) -> Generator[Event, None, None]:
        started = time.perf_counter()
        deadline = Deadline.at(self._deadline_s, cancelled)
        request = self._following(request)
        rewriting = self._rewritten(request, self._standing_alone(request), deadline)
        standing = rewriting.standing
        if standing.unclear is not None:
            yield AnswerEvent(self._kept(request, unclear(request, standing, self.store.counts())))
            return
        inquiry, search_s = self._inquire(request, standing)
        read = time.perf_counter()
        draft = self._draft(inquiry, standing)
        told = self._extracted(inquiry, draft, EMBEDDED)
        dropped: tuple[Dropped, ...] = ()
        if self._asks_model(inquiry, standing) and self.writer:
            prompt = write_prompt(inquiry.text, inquiry.evidence)
            yield EvidenceEvent(tuple(excerpt(source) for source in prompt.sources))
            try:
                written = yield from _as_text(write(self.writer, prompt, deadline))
                told = self._generated(inquiry, draft, prompt, written, self.writer.model.name)
                dropped = written.dropped
            except ModelCancelledError:
                raise
            except ModelError as error:
                _log.warning("The model failed, the embedded answerer stands in: %s", error)
                told = self._extracted(inquiry, draft, Author(degraded=True))
        answered = time.perf_counter()
        timings = {
            "search": search_s,
            "read": read - started - search_s,
            "answer": answered - read,
            "total": answered - started,
        }
        told = replace(
            told,
            timings_ms={part: round(seconds * 1000, 3) for part, seconds in timings.items()},
            dropped=dropped if request.explain else None,
            usage=usage_of_all(rewriting.usage, told.usage),
            conversation_id=request.conversation_id,
        )
        if request.filters.as_of:
            told = self.conversations.standing(told)
        yield AnswerEvent(self._kept(request, told))

    def _following(self, request: Request) -> Request:
        """The request with what it follows, where it is of a conversation."""
        if request.conversation_id is None:
            return request
        return replace(request, before=self.conversations.exchanges(request.conversation_id, _REMEMBERED))

    def _kept(self, request: Request, told: Answer) -> Answer:
        """The answer, kept: as the next turn of its conversation, or to be judged where there is none."""
        if request.conversation_id is None:
            self.feedback.remember(told)
            return told
        return self.conversations.add(request.conversation_id, request.question, request.asker, told)

    def _standing_alone(self, request: Request) -> StandingAlone:
        """The question as it is to be searched, or why it can't be understood."""
        text = read_question(request.question)
        if request.mode == "generated" and self.writer is None:
            raise ModelNotConfiguredError(
                "No model is set to write answers: set QA_LLM_MODEL, or ask with mode auto or extractive."
            )
        if request.filters.sources or request.filters.since:
            # Who published what is older is not listed, and may be asked for as of then.
            check_filters(request.filters, () if request.filters.as_of else self.store.sources())
        several = several_in(self.store, request.filters, cited_before(request))
        return stand_alone(text, request.before, request.asker, several)

    def _rewritten(self, request: Request, ruled: StandingAlone, deadline: Deadline) -> Rewriting:
        """A follow-up as the model makes it stand alone, where it may; ruled: as the rules do."""
        if self.writer is None or request.mode == "extractive":
            return Rewriting(ruled)
        text, model = read_question(request.question), self.writer.model
        return rewritten(text, request.before, ruled, model, deadline, request.asker)

    def _inquire(self, request: Request, standing: StandingAlone) -> tuple[Inquiry, float]:
        """The question with what was found for it, and how many seconds the search took."""
        began = time.perf_counter()
        named, found = retrieve(self.store, request, standing, PASSAGES_READ)
        search_s = time.perf_counter() - began
        answered = limited(standing.answered, request.filters, self.store).question
        language = language_of_question(named.question)
        spoken = in_language(found.hits, language)
        hits = spoken.hits or found.hits  # where none can answer, what came nearest is shown
        question, findings = self._embedded.read(answered, language or ENGLISH, hits)
        inquiry = Inquiry(request, standing.question, question, findings, found.searched, named.understood)
        return replace(inquiry, language=language or ENGLISH, other_languages=spoken.others), search_s

    def _asks_model(self, inquiry: Inquiry, standing: StandingAlone) -> bool:
        """Whether the model is to write: it has something to read, in the language of the question."""
        wanted = inquiry.request.mode != "extractive" and not standing.more
        return wanted and bool(inquiry.evidence) and not inquiry.other_languages

    def _draft(self, inquiry: Inquiry, standing: StandingAlone) -> Draft:
        """What the embedded answerer says."""
        if inquiry.other_languages:
            return Draft((), "no_match")
        if standing.more:
            return tell_more(inquiry.evidence, inquiry.request.before)
        return self._embedded.draft(inquiry.question, inquiry.findings, inquiry.language)

    def _generated(self, inquiry: Inquiry, draft: Draft, prompt: Prompt, written: Written, model: str) -> Answer:
        author = Author(model, usage=written.usage)
        stand_in = Author(degraded=True, usage=written.usage)
        if written.refused:
            if draft.reason is None and inquiry.findings.answerable >= CONFIDENT:
                return self._extracted(inquiry, draft, stand_in)
            return self._refused(inquiry, draft, "weak_evidence", author)
        sources = {source.number: source for source in prompt.sources}
        # What a model writes in another language has no figures or spans read: those rules are for English.
        foreign = inquiry.language in OTHERS
        question = replace(inquiry.question, asked=Asked.WHAT) if foreign else inquiry.question
        sentences = written_sentences(question, written, sources, draft, self._shorts(inquiry), flag=self._flag)
        if any(sentence.rests_on for sentence in sentences):
            if draft.reason or foreign or self._answers(inquiry, sentences, draft):
                return self._told(inquiry, with_others(sentences, draft), author)
            _log.warning(
                "What the model wrote is borne out, and answers something else; the embedded answerer stands in."
            )
            return self._extracted(inquiry, draft, stand_in)
        _log.warning("Nothing that the model wrote is borne out by its sources; the embedded answerer stands in.")
        if draft.reason:
            return self._refused(inquiry, draft, "unverified", stand_in)
        return self._extracted(inquiry, draft, stand_in)

    def _extracted(self, inquiry: Inquiry, draft: Draft, author: Author) -> Answer:
        if draft.reason:
            return self._refused(inquiry, draft, draft.reason, author)
        return self._told(inquiry, sentences_of(draft), author)

    def _refused(self, inquiry: Inquiry, draft: Draft, reason: Reason, author: Author) -> Answer:
        """No answer, and why: above all, that the articles say the contrary."""
        return refusal(inquiry, "contradicted" if draft.contrary else reason, author, contrary=draft.contrary)

    def _told(self, inquiry: Inquiry, sentences: tuple[Sentence, ...], author: Author) -> Answer:
        """The answer, with the reprints of what it cites."""
        filters = inquiry.request.filters
        named = with_reprints(sentences, lambda article: self.store.reprints(article, filters))
        return answer(inquiry, named, author, same=same_event_by(self._similarity))

    def _answers(self, inquiry: Inquiry, sentences: tuple[Sentence, ...], draft: Draft) -> bool:
        return answers_as_well(inquiry.question, sentences, draft, self.store.rarity, self._similarity, self._reader)

    def _shorts(self, inquiry: Inquiry) -> ShortAnswers:
        return ShortAnswers(inquiry.question, self._similarity, self._reader)


def _at_once(writer: Writer, prompt: Prompt, deadline: Deadline) -> Generator[str, None, Written]:
    """Have the model write in one piece: nothing is told on the way."""
    yield from ()
    return writer.write(prompt, deadline)


def _as_it_comes(writer: Writer, prompt: Prompt, deadline: Deadline) -> Generator[str, None, Written]:
    return writer.stream(prompt, deadline)


def _as_text(deltas: Generator[str, None, Written]) -> Generator[TextEvent, None, Written]:
    """The deltas as events; closing this closes them."""
    try:
        while True:
            try:
                yield TextEvent(next(deltas))
            except StopIteration as done:
                written: Written = done.value
                return written
    finally:
        deltas.close()
