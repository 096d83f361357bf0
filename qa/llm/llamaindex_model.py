"""Any LlamaIndex LLM behind the ChatModel seam: whole replies or typed errors, by the deadline."""

import logging
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import TypeVar

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.llms.llm import LLM

from qa.errors import ModelRefusedError
from qa.llm.chat_options import (
    NO_OPTIONS,
    OptionRefusedError,
    Options,
    refused_option,
    shortest,
    without,
    without_streaming,
)
from qa.llm.exchange import Exchange
from qa.llm.model import Deadline, Message, Reply
from qa.llm.model_errors import model_error
from qa.llm.retrying import Breaker, Retries
from qa.llm.transcript import Transcript

log = logging.getLogger(__name__)

CHECK_S = 3.0
CHECK_VALID_S = 60.0
_USAGE_S = 1.0
_HELLO = ChatMessage(role=MessageRole.USER, content="Hello")

# Asks a server in its own way whether all is well: False where it has no such way; raises what a call would.
Probe = Callable[[], bool]
_T = TypeVar("_T")


class LlamaIndexModel:
    """A ChatModel over a LlamaIndex LLM. Thread-safe where the LLM is; OpenAILike is.

    options: what each call is given besides the messages. probe: how `check` asks first; else it asks for one token.
    retries, breaker: when a call is made again, and when not at all. close: frees what the LLM holds.
    An LLM whose HTTP client isn't on a DeadlineTransport keeps to the deadline between two parts of a reply only.
    """

    def __init__(
        self,
        llm: LLM,
        name: str,
        *,
        options: Options = NO_OPTIONS,
        probe: Probe | None = None,
        retries: Retries | None = None,
        breaker: Breaker | None = None,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._llm = llm
        self._name = name
        self._options = options
        self._probe = probe
        self._retries = retries or Retries()
        self._breaker = breaker or Breaker()
        self._close = close
        self._refusal: str | None = None
        self._check_lock = threading.Lock()
        self._checked: tuple[float, str | None] | None = None

    @property
    def name(self) -> str:
        """The model's name, as answers give it."""
        return self._name

    def complete(self, messages: Sequence[Message], deadline: Deadline) -> Reply:
        """The whole reply. Raises ModelError, by the deadline at the latest."""
        chat = [ChatMessage(role=MessageRole(message.role), content=message.content) for message in messages]

        def attempt() -> Reply:
            with self._attempt(deadline, streamed=False) as (exchange, options):
                transcript = Transcript(self._name)
                with exchange.current():
                    response = self._llm.chat(chat, **options)
                transcript.add(response, response.message.content or "")
                return transcript.reply()

        return self._retried(attempt, deadline)

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Generator[str, None, Reply]:
        """Yield the reply's text as it comes and return the whole reply; see ChatModel. Raises ModelError."""
        chat = [ChatMessage(role=MessageRole(message.role), content=message.content) for message in messages]

        def attempt() -> tuple[str, Generator[str, None, Reply]]:
            deltas = self._deltas(chat, deadline)
            return next(deltas), deltas

        # From the first text on nothing is tried again: it is already on somebody's screen.
        first, deltas = self._retried(attempt, deadline)
        with closing(deltas):
            yield first
            return (yield from deltas)

    def check(self) -> str | None:
        """None when the model can be used, else what is wrong, in words. Asks at most once a minute, for 3 s at most.

        A real call that was refused counts until one succeeds: a server may tell anyone which models it has.
        """
        if self._refusal is not None:
            return self._refusal
        with self._check_lock:
            if self._checked is None or time.monotonic() - self._checked[0] >= CHECK_VALID_S:
                self._checked = (time.monotonic(), self._probed())
            return self._checked[1]

    def close(self) -> None:
        """Close the connections that are kept for further calls."""
        self._close()

    def _probed(self) -> str | None:
        deadline = Deadline.at(CHECK_S)
        try:
            with closing(Exchange(deadline)) as exchange, exchange.current():
                if self._probe is not None and self._probe():
                    return None
            self._adapted(lambda: self._hello(deadline))
        except Exception as error:  # noqa: BLE001 - an integration may raise anything; none of it may pass
            return str(model_error(error, self._name))
        return None

    def _hello(self, deadline: Deadline) -> None:
        """The cheapest call there is; what it answers doesn't matter."""
        with self._attempt(deadline, streamed=False) as (exchange, options), exchange.current():
            self._llm.chat([_HELLO], **shortest(options))

    def _retried(self, attempt: Callable[[], _T], deadline: Deadline) -> _T:
        try:
            result = self._adapted(lambda: self._retries.call(attempt, deadline))
        except ModelRefusedError as error:
            if error.lasting:
                self._refusal = str(error)
            raise
        self._refusal = None
        return result

    def _adapted(self, call: Callable[[], _T]) -> _T:
        while True:  # ends: each time round has one option less
            try:
                return call()
            except OptionRefusedError as error:
                log.info("The model's server refuses %s; it is not sent any more", error.option)
                self._options = without(self._options, error.option)

    def _deltas(self, chat: Sequence[ChatMessage], deadline: Deadline) -> Generator[str, None, Reply]:
        """One request: the reply's text as it comes."""
        with self._attempt(deadline, streamed=True) as (exchange, options):
            transcript = Transcript(self._name)
            try:
                with closing(_each(exchange, lambda: self._llm.stream_chat(chat, **options))) as responses:
                    for response in responses:
                        if text := transcript.add(response, response.delta or ""):
                            yield text
                        exchange.patience()
                        if transcript.finished:
                            # All that is still to come is what it cost, which is not worth a wait.
                            exchange.hurry(_USAGE_S)
            except Exception as error:
                if not transcript.finished:
                    raise
                log.debug("The model's stream broke off after its end (%s)", type(error).__name__)
            return transcript.reply()

    @contextmanager
    def _attempt(self, deadline: Deadline, *, streamed: bool) -> Iterator[tuple[Exchange, Options]]:
        """Around one request: what goes wrong comes out as a ModelError, and its connection is closed."""
        options = self._options if streamed else without_streaming(self._options)
        with self._breaker.attempt():
            try:
                with closing(Exchange(deadline)) as exchange:
                    exchange.patience()
                    yield exchange, options
            except Exception as error:  # noqa: BLE001 - an integration may raise anything; none of it may pass
                failure = refused_option(error, options) or model_error(error, self._name)
                log.info("A request to the model failed: %s (%s)", failure, type(error).__name__)
                raise failure from None


def _each(exchange: Exchange, call: Callable[[], Iterator[ChatResponse]]) -> Generator[ChatResponse, None, None]:
    """The parts of a streamed reply, each waited for within the exchange; none of it is left in force in between."""
    with exchange.current():
        parts = call()
    try:
        while True:
            with exchange.current():
                part = next(parts, None)
            if part is None:
                return
            yield part
    finally:
        exchange.close()
        if isinstance(parts, Generator):
            parts.close()
