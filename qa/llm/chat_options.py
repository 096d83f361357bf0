"""What a chat request holds besides its messages, and how to do without what a server refuses.

Servers differ: some don't know `stream_options`, OpenAI's newer models want `max_completion_tokens` and take no
temperature, and what each of them knows can only be found out by asking.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import openai

from qa.errors import ModelRefusedError

Options = Mapping[str, Any]
NO_OPTIONS: Options = MappingProxyType({})

# What can be done without, and what to send instead.
_INSTEAD = {"stream_options": None, "max_tokens": "max_completion_tokens", "temperature": None}
_LIMITS = ("max_tokens", "max_completion_tokens")
_READ_CHARS = 2_000


class OptionRefusedError(ModelRefusedError):
    """The server doesn't know an option that can be done without: the same request without it may succeed."""

    def __init__(self, option: str) -> None:
        super().__init__(f"The model's server refuses {option}.", lasting=False)
        self.option = option


def chat_options(max_tokens: int) -> Options:
    """What OpenAI's API is asked for: a reply of so many tokens at most and, streamed too, what it cost."""
    return {"max_tokens": max_tokens, "stream_options": {"include_usage": True}}


def without_streaming(options: Options) -> Options:
    """The options of a request whose reply comes all at once: some servers refuse stream_options there."""
    return {name: value for name, value in options.items() if name != "stream_options"}


def shortest(options: Options) -> Options:
    """The options for a reply of a single token."""
    return {name: 1 if name in _LIMITS and isinstance(value, int) else value for name, value in options.items()}


def without(options: Options, refused: str) -> Options:
    """The options without one, or with what replaces it. The LLM's own default is left out of the request, too."""
    instead = _INSTEAD[refused]
    replaced = {} if instead is None or refused not in options else {instead: options[refused]}
    return {**options, **replaced, refused: openai.omit}


def refused_option(error: Exception, options: Options) -> OptionRefusedError | None:
    """The option that a server refuses, where its error names one that can be done without."""
    if not isinstance(error, openai.APIStatusError) or error.status_code not in {400, 422}:
        return None
    told = str(error.body)[:_READ_CHARS]
    for name in _INSTEAD:
        # The temperature is the LLM's own and always sent, until it is left out here.
        sent = options.get(name, ... if name == "temperature" else openai.omit) is not openai.omit
        if sent and name in told:
            return OptionRefusedError(name)
    return None
