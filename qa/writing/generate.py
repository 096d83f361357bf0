"""The model answerer: the model writes from numbered sources, and code checks every sentence before it counts."""

import logging
import re
from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace

from qa.errors import ModelCancelledError, ModelContextError, ModelError
from qa.language.markup import addresses_in, plain
from qa.language.noise import is_quotable
from qa.language.quotations import normalised
from qa.language.similarity import Similarity
from qa.llm.model import ChatModel, Deadline, Message, Reply
from qa.llm.transcript import cut_off
from qa.records import Dropped, Usage, usage_of_all
from qa.verification.claims import Claim, MarkerStream, parse_claims
from qa.verification.entailment import Entailment
from qa.verification.reply_text import ThoughtStream, answer_text, without_thoughts
from qa.verification.verify import SourceText, Verdict, verify
from qa.writing.prompt import Prompt, with_half, write_repair
from qa.writing.refusals import is_refusal
from vectorstore.canonical import canonical_text

_MOST_CLAIMS = 8  # an answer has one to three sentences; what goes on much longer is not read to its end
_LOOKED_AT = 200  # characters of a stream between two looks at whether enough has stood
_WHOLE = re.compile(r".*[.!?…][\"'”’)*]*(?:\s*\[[\d, ]+\])*(?=\s|\Z)", re.DOTALL)
_DOUBT = "it is only partly borne out, beside what isn't at all"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, judged. verdicts: one a sentence, in order; refused: it said that the sources don't say.

    repaired: whether it was asked once more. usage: the tokens of all calls, where they were reported.
    """

    verdicts: tuple[Verdict, ...]
    refused: bool
    repaired: bool
    usage: Usage | None

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """The sentences that are not borne out, and why."""
        failed = (verdict for verdict in self.verdicts if verdict.support == "unsupported")
        return tuple(Dropped(verdict.claim.text, verdict.problems) for verdict in failed)

    @property
    def failed(self) -> bool:
        """Whether a sentence is not borne out by what it cites."""
        return any(verdict.support == "unsupported" for verdict in self.verdicts)


class Writer:
    """Has a model write an answer and judges it. Thread-safe where the model is.

    entailment: judges whether a source bears a sentence out; None: what is kept in the package.
    """

    def __init__(self, model: ChatModel, similarity: Similarity, entailment: Entailment | None = None) -> None:
        self.model = model
        self._similarity = similarity
        self._entailment = entailment

    def write(self, prompt: Prompt, deadline: Deadline) -> Written:
        """Have the model write, all at once. Raises ModelError."""
        while True:
            try:
                return _doubted(self._judged(prompt, self.model.complete(prompt.messages, deadline), deadline))
            except ModelContextError as error:
                prompt = _smaller(prompt, error)

    def stream(self, prompt: Prompt, deadline: Deadline) -> Generator[str, None, Written]:
        """Have the model write; yield its text as it comes, markers never cut in two, and return it judged.

        What was yielded is not yet checked; what a model thinks aloud is not yielded. The stream is closed once more
        has been written than is read. Raises ModelError; ModelCancelledError once the deadline is cancelled.
        """
        while True:
            try:
                reply = yield from self._as_it_comes(prompt, deadline)
            except ModelContextError as error:
                prompt = _smaller(prompt, error)
            else:
                return _doubted(self._judged(prompt, reply, deadline))

    def _as_it_comes(self, prompt: Prompt, deadline: Deadline) -> Generator[str, None, Reply]:
        thoughts, shown, told, looked_at = ThoughtStream(), MarkerStream(), "", 0
        deltas = self.model.stream(prompt.messages, deadline)
        try:
            while True:
                try:
                    delta = next(deltas)
                except StopIteration as done:
                    reply: Reply = done.value
                    break
                told += delta
                if text := shown.feed(thoughts.feed(delta)):
                    yield text
                if len(told) - looked_at > _LOOKED_AT:
                    looked_at = len(told)
                    if _is_enough(told):
                        reply = Reply(told, None, cut=True)
                        break
        finally:
            deltas.close()
        if text := shown.feed(thoughts.flush()) + shown.flush():
            yield text
        return reply

    def _judged(self, prompt: Prompt, reply: Reply, deadline: Deadline) -> Written:
        """Judge a reply; have it repaired once where a sentence failed, and keep the better of the two."""
        first = self._verdicts(prompt, reply)
        if not first.failed:
            return first
        try:
            told = self.model.complete(self._repair(prompt, reply, first), deadline)
            if told.text.strip() == reply.text.strip():
                return replace(first, repaired=True, usage=usage_of_all(first.usage, told.usage))
            again = self._verdicts(prompt, told)
        except ModelCancelledError:
            raise
        except ModelError:
            return first
        usage = usage_of_all(first.usage, again.usage)
        better = again if _kept(_doubted(again)) >= _kept(_doubted(first)) else first
        return Written(better.verdicts, better.refused, repaired=True, usage=usage)

    def _repair(self, prompt: Prompt, reply: Reply, written: Written) -> tuple[Message, ...]:
        return write_repair(prompt, reply.text, written.verdicts)

    def _verdicts(self, prompt: Prompt, reply: Reply) -> Written:
        sources = {source.number: source for source in prompt.sources}
        text = canonical_text(answer_text(_whole(reply), sources))
        if reply.cut and not text:
            raise cut_off(self.model.name)
        written = parse_claims(text, sources)
        claims = _each_once(claim for claim in written if _states(claim))
        if not claims:
            refused = any(is_refusal(claim.text) for claim in written)
            return Written((), refused=refused, repaired=False, usage=reply.usage)
        verdicts = tuple(self._verdict(prompt, claim, sources) for claim in claims[:_MOST_CLAIMS])
        if not any(verdict.support != "unsupported" for verdict in verdicts) and all(
            is_refusal(claim.text) for claim in claims
        ):
            return Written((), refused=True, repaired=False, usage=reply.usage)
        return Written(verdicts, refused=False, repaired=False, usage=reply.usage)

    def _verdict(self, prompt: Prompt, claim: Claim, sources: Mapping[int, SourceText]) -> Verdict:
        """Judge a claim; one that cites nothing is tried against all sources, and cites those that bear it out."""
        if not claim.markers and not claim.unknown:
            claim = replace(claim, markers=tuple(sources))
        verdict = verify(claim, sources, self._similarity, self._entailment, question=prompt.question)
        if verdict.support == "unsupported" and claim.shared:  # what is cited further on need not be meant for it
            every = replace(claim, markers=tuple(sources), shared=False)
            verdict = verify(every, sources, self._similarity, self._entailment, question=prompt.question)
        verdict = _checked(verdict, sources)
        if verdict.support == "unsupported":
            _log.debug("dropped: %s (%s)", claim.text, "; ".join(verdict.problems))
        return verdict


def _smaller(prompt: Prompt, error: ModelContextError) -> Prompt:
    """The prompt with half of its sources, after a model's error that its context is too small; raises that for one."""
    smaller = with_half(prompt)
    if smaller is None:
        raise error
    _log.info("The model's context is too small for %d sources; asking with half of them.", len(prompt.sources))
    return smaller


def _states(claim: Claim) -> bool:
    """Whether a sentence is to be judged: not where it only says that the sources don't say."""
    return not is_refusal(claim.text) or (bool(claim.markers) and not claim.shared)


def _whole(reply: Reply) -> str:
    """The reply as far as its sentences are whole, where it was cut off."""
    if not reply.cut:
        return reply.text
    found = _WHOLE.match(without_thoughts(reply.text))
    return found[0] if found else ""


def _is_enough(told: str) -> bool:
    """Whether more has been written than is read, or the same over again."""
    sentences = [claim.text for claim in parse_claims(without_thoughts(told), ())]
    return len(sentences) > _MOST_CLAIMS + 1 or len(set(sentences)) < len(sentences) - 1


def _each_once(claims: Iterable[Claim]) -> list[Claim]:
    """The claims, each in its first place only: a small model says the same sentence seven times."""
    found: dict[str, Claim] = {}
    for claim in claims:
        found.setdefault(normalised(claim.text).casefold(), claim)
    return list(found.values())


def _checked(verdict: Verdict, sources: Mapping[int, SourceText]) -> Verdict:
    """Refuse what no sentence of an answer may be or hold, whatever its sources say.

    That is markup, an address that isn't in what it quotes, an instruction, and a question.
    """
    text = verdict.claim.text
    quoted = " ".join(sources[quote.number].article.text[quote.start : quote.end] for quote in verdict.quotes)
    if plain(text) != text or not is_quotable(text):
        problem = "it asks, tells the reader what to do, or holds a link, an image or a tag"
    elif foreign := addresses_in(text) - addresses_in(quoted):
        problem = f"the address {min(foreign)} is not in what it cites"
    else:
        return verdict
    return Verdict(verdict.claim, "unsupported", (), (*verdict.problems, problem))


def _doubted(written: Written) -> Written:
    """Drop what is only partly borne out from a reply of which a sentence isn't borne out at all.

    Whoever invents one thing may have invented the other: docs/verification.md has how often.
    """
    if not written.failed:
        return written
    verdicts = tuple(
        Verdict(one.claim, "unsupported", (), (*one.problems, _DOUBT)) if one.support == "partial" else one
        for one in written.verdicts
    )
    return replace(written, verdicts=verdicts)


def _kept(written: Written) -> int:
    return sum(verdict.support != "unsupported" for verdict in written.verdicts)
