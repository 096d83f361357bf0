"""A model that says what it is told to, and remembers what it was asked."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field

from qa.llm.model import Deadline, Message, Reply
from qa.records import Usage

Scripted = str | Exception | Callable[[Sequence[Message]], str]
TOKENS = Usage(prompt_tokens=100, completion_tokens=10)


@dataclass
class FakeChatModel:
    """Gives its replies in order, one a call, then `always`; with neither left, it fails the test.

    A reply is a text, an error that is raised, or what makes a text of the messages. sizes: the characters of the
    pieces that a stream comes in, the last of them for all that is left. wrong: what `check` says. calls: the messages
    of each call. closed: how many streams were closed before their end. shut: whether the model itself was closed.
    """

    replies: Iterable[Scripted] = ()
    always: Scripted | None = None
    sizes: Sequence[int] = (7,)
    usage: Usage | None = TOKENS
    name: str = "fake-model"
    wrong: str | None = None
    calls: list[tuple[Message, ...]] = field(default_factory=list)
    closed: int = 0
    shut: bool = False

    def __post_init__(self) -> None:
        self._queue = deque(self.replies)

    def complete(self, messages: Sequence[Message], deadline: Deadline) -> Reply:
        self.calls.append(tuple(messages))
        reply = self._queue.popleft() if self._queue else self.always
        assert reply is not None, "the model is asked once more than its script goes"
        if isinstance(reply, Exception):
            raise reply
        return Reply(reply if isinstance(reply, str) else reply(messages), self.usage)

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Reply]:
        reply = self.complete(messages, deadline)
        try:
            yield from pieces(reply.text, self.sizes)
        except GeneratorExit:
            self.closed += 1
            raise
        return reply

    def check(self) -> str | None:
        return self.wrong

    def close(self) -> None:
        self.shut = True


def pieces(text: str, sizes: Sequence[int]) -> list[str]:
    """A text cut into pieces of these sizes, the last of them for all that is left; put together they are the text."""
    cut, at, place = [], 0, 0
    while at < len(text):
        size = sizes[min(place, len(sizes) - 1)]
        cut.append(text[at : at + size])
        at, place = at + size, place + 1
    return cut
