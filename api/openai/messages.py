"""The messages of a request -> the question, and the conversation before it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.openai.errors import OpenAIError
from api.openai.rendering import told_in
from qa.conversations.standalone import stand_alone
from qa.question.asked_text import MAX_CHARACTERS
from qa.records import Exchange

REMEMBERED = 8
"""Exchanges before the question that are looked at."""

_LOOKED_AT = 2 * REMEMBERED  # those from which the exchanges are made to stand alone
_TOLD = 4_000  # characters of an answer, which has four sentences at most

_TEXTS = {"text", "input_text", "output_text"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as it was put, and the exchanges before it, the oldest first."""

    question: str
    before: tuple[Exchange, ...]


def asked_in(messages: Sequence[Mapping[str, Any]], param: str) -> Asked:
    """The last message of the user is the question; those before it are the conversation.

    System and developer messages, and those of tools, are left out of account. param: the field that holds the
    messages. Raises OpenAIError where no message is the user's, or the question is more than text.
    """
    last = max((place for place, one in enumerate(messages) if one.get("role") == "user"), default=None)
    if last is None:
        raise OpenAIError("No message is the user's: the last one of the user is the question.", param=param)
    question = _text(messages[last].get("content"), f"{param}[{last}].content", strict=True)
    return Asked(question, _exchanges(messages[:last])[-REMEMBERED:])


def _exchanges(messages: Iterable[Mapping[str, Any]]) -> tuple[Exchange, ...]:
    """What was asked, each with what was answered to it. What can't have been asked is passed over.

    What each was searched as is not in the messages, and is worked out again.
    """
    turns: list[tuple[str, str]] = []
    for message in messages:
        text = _text(message.get("content"), "", strict=False).strip()
        if message.get("role") == "user":
            turns.append((text, ""))
        elif message.get("role") == "assistant" and turns and text:
            turns[-1] = (turns[-1][0], told_in(text))
    told: list[Exchange] = []
    for question, text in turns[-_LOOKED_AT:]:
        if 0 < len(question) <= MAX_CHARACTERS:
            standing = stand_alone(question, told[-REMEMBERED:])
            told.append(Exchange(question, standing.question, text[:_TOLD]))
    return tuple(told)


def _text(content: object, param: str, *, strict: bool) -> str:
    """The text of a content, which is a string or parts. strict: what is neither raises OpenAIError."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        if strict:
            raise OpenAIError("The content must be a string, or a list of parts with text.", param=param)
        return ""
    texts = []
    for place, part in enumerate(content):
        if isinstance(part, dict) and part.get("type") in _TEXTS and isinstance(part.get("text"), str):
            texts.append(part["text"])
        elif strict:
            kind = part.get("type") if isinstance(part, dict) else None
            what = f"A part of type {str(kind)[:40]!r}" if kind else "What is no part with a type"
            message = f"{what} can't be read: only text is, as parts of type 'text' or 'input_text'."
            raise OpenAIError(message, param=f"{param}[{place}]")
    return "\n".join(texts)
