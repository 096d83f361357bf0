"""A model's reply as it grows, and whether it is whole."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from qa.errors import ModelReplyError
from qa.llm.model import Reply
from qa.records import Usage

if TYPE_CHECKING:  # LlamaIndex costs seconds to import, and is not needed where no model writes
    from llama_index.core.base.llms.types import ChatResponse

MAX_CHARS = 64_000
_MOST_TOKENS = 10**9
# How servers say that the model had nothing more to say; OpenAI's is "stop".
_WHOLE = {"stop", "eos", "eos_token", "stop_sequence", "end_turn"}
_CUT = {"length", "max_tokens", "model_length"}


class Transcript:
    """What came of a reply so far. name: the model's, for the errors."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._parts: list[str] = []
        self._size = 0
        self._half = ""
        self._finish: str | None = None
        self._usage: Usage | None = None

    @property
    def finished(self) -> bool:
        """Whether the model said why it ended: what comes after that is no text."""
        return self._finish is not None

    def add(self, response: "ChatResponse", delta: str) -> str:
        """Take in a part of the reply; `delta` is its text. Returns the text that is now sure. Raises ModelReplyError.

        An emoji may come in two halves, as JSON writes it: the first waits for the second.
        """
        self._usage = usage_of(response) or self._usage
        if self.finished:
            return ""
        self._size += len(delta)
        if self._size > MAX_CHARS:
            raise ModelReplyError(f"The reply of the model {self._name} is too long. Ask again, or set another model.")
        text = self._half + delta
        self._half = text[-1] if text and "\ud800" <= text[-1] <= "\udbff" else ""
        text = _text(text[: len(text) - len(self._half)])
        self._parts.append(text)
        self._finish = finish_of(response)
        return text

    def reply(self) -> Reply:
        """The reply, where the model ended it or its limit of tokens did. Raises ModelReplyError."""
        match self._finish:
            case None:
                raise ModelReplyError(f"The reply of the model {self._name} broke off before its end. Ask again.")
            case "content_filter":
                raise ModelReplyError(f"The provider's filter withheld the reply of the model {self._name}.")
            case reason if reason not in _WHOLE | _CUT:
                raise ModelReplyError(f"The model {self._name} ended in a way that is no answer. Set another model.")
        text = "".join(self._parts)
        cut = self._finish in _CUT
        if cut and not text.strip():
            raise cut_off(self._name)
        if not text.strip():
            raise ModelReplyError(f"The reply of the model {self._name} is empty. Ask again, or set another model.")
        return Reply(text, self._usage, cut)


def cut_off(name: str) -> ModelReplyError:
    """The error of a reply that was cut off before it said anything."""
    return ModelReplyError(
        f"The reply of the model {name} was cut off at its limit of tokens. Raise QA_LLM_MAX_TOKENS, "
        "or set a model that thinks less before it answers."
    )


def finish_of(response: "ChatResponse") -> str | None:
    """Why the model ended, in lower case, where this part of its reply says so."""
    choices = _get(response.raw, "choices")
    first = choices[0] if isinstance(choices, list) and choices else response.raw
    # "finish_reason" in OpenAI's words; the others are those of LlamaIndex's other integrations.
    for field in ("finish_reason", "stop_reason", "done_reason"):
        reason = _get(first, field)
        if isinstance(reason, str) and reason:
            return reason.lower()
    return None


def usage_of(response: "ChatResponse") -> Usage | None:
    """The tokens, where they are reported and can be what was used."""
    usage = _get(response.raw, "usage")
    prompt, completion = _tokens(_get(usage, "prompt_tokens")), _tokens(_get(usage, "completion_tokens"))
    return None if prompt is None or completion is None else Usage(prompt, completion)


def _tokens(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return int(value) if 0 <= value <= _MOST_TOKENS and value == int(value) else None


def _get(holder: object, field: str) -> object:
    return holder.get(field) if isinstance(holder, Mapping) else getattr(holder, field, None)


def _text(text: str) -> str:
    """Join halves of surrogate pairs, and replace what stays alone: no other program could encode it."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
