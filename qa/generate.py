"""The model answerer: the model writes from numbered sources, and code checks every sentence before it counts."""

from collections.abc import Generator, Mapping
from dataclasses import dataclass

from qa.errors import ModelCancelledError, ModelError
from qa.language.markup import addresses_in, plain
from qa.language.noise import is_quotable
from qa.language.similarity import Similarity
from qa.llm.model import ChatModel, Deadline, Message, Reply
from qa.prompt import Prompt, is_refusal, write_repair
from qa.records import Usage
from qa.verification.claims import MarkerStream, parse_claims
from qa.verification.verify import SourceText, Verdict, verify

_MOST_CLAIMS = 8  # an answer has one to three sentences; what goes on much longer is not read to its end


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
    def failed(self) -> bool:
        """Whether a sentence is not borne out by what it cites."""
        return any(verdict.support == "unsupported" for verdict in self.verdicts)


class Writer:
    """Has a model write an answer and judges it. Thread-safe where the model is."""

    def __init__(self, model: ChatModel, similarity: Similarity) -> None:
        self.model = model
        self._similarity = similarity

    def write(self, prompt: Prompt, deadline: Deadline) -> Written:
        """Have the model write, all at once. Raises ModelError."""
        return self._judged(prompt, self.model.complete(prompt.messages, deadline), deadline)

    def stream(self, prompt: Prompt, deadline: Deadline) -> Generator[str, None, Written]:
        """Have the model write; yield its text as it comes, markers never cut in two, and return it judged.

        What was yielded is not yet checked. Raises ModelError; ModelCancelledError once the deadline is cancelled.
        """
        shown = MarkerStream()
        deltas = self.model.stream(prompt.messages, deadline)
        try:
            while True:
                try:
                    delta = next(deltas)
                except StopIteration as done:
                    reply: Reply = done.value
                    break
                if text := shown.feed(delta):
                    yield text
        finally:
            deltas.close()
        if text := shown.flush():
            yield text
        return self._judged(prompt, reply, deadline)

    def _judged(self, prompt: Prompt, reply: Reply, deadline: Deadline) -> Written:
        """Judge a reply; have it repaired once where a sentence failed, and keep the better of the two."""
        first = self._verdicts(prompt, reply)
        if not first.failed:
            return first
        try:
            again = self._verdicts(prompt, self.model.complete(self._repair(prompt, reply, first), deadline))
        except ModelCancelledError:
            raise
        except ModelError:
            return first
        usage = _sum(first.usage, again.usage)
        better = again if _kept(again) >= _kept(first) else first
        return Written(better.verdicts, better.refused, repaired=True, usage=usage)

    def _repair(self, prompt: Prompt, reply: Reply, written: Written) -> tuple[Message, ...]:
        return write_repair(prompt, reply.text, written.verdicts)

    def _verdicts(self, prompt: Prompt, reply: Reply) -> Written:
        sources = {source.number: source for source in prompt.sources}
        written = parse_claims(reply.text, sources)
        claims = [claim for claim in written if claim.markers or not is_refusal(claim.text)]
        if not claims or all(is_refusal(claim.text) for claim in claims):
            return Written(
                (), refused=any(is_refusal(claim.text) for claim in written), repaired=False, usage=reply.usage
            )
        judged = (verify(claim, sources, self._similarity) for claim in claims[:_MOST_CLAIMS])
        verdicts = tuple(_checked(verdict, sources) for verdict in judged)
        return Written(verdicts, refused=False, repaired=False, usage=reply.usage)


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


def _kept(written: Written) -> int:
    return sum(verdict.support != "unsupported" for verdict in written.verdicts)


def _sum(first: Usage | None, second: Usage | None) -> Usage | None:
    if first is None or second is None:
        return first or second
    return Usage(first.prompt_tokens + second.prompt_tokens, first.completion_tokens + second.completion_tokens)
