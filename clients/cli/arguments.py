"""What the commands take, beyond plain strings and numbers. What is wrong is a `typer.TyperException`: wrong usage."""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from vectorstore.records import Span

MAX_STDIN = 1 << 20

_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_LONGEST_S = 30 * 86_400.0

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


class UsageError(typer.TyperException):
    """The command can't be meant as it was typed."""


def day(text: str) -> date:
    """A day, written in ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("A day is written like 2021-08-13.") from None


def interval(text: str) -> float:
    """A time between two rounds, in seconds: 30s, 5m, 2h, 1d."""
    number, unit = (text[:-1], text[-1:]) if text[-1:].isalpha() else (text, "s")
    seconds = float(number) * _UNITS[unit] if number.isdecimal() and len(number) < 7 and unit in _UNITS else 0.0
    if not 1 <= seconds <= _LONGEST_S:
        raise typer.BadParameter("A time is written like 30s, 5m, 2h or 1d, from a second to thirty days.")
    return seconds


def moment(text: str) -> date | datetime:
    """A day, or a moment in ISO 8601; without a zone, in this machine's."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter("A day is written like 2021-08-13, a moment like 2021-08-13T09:00.") from None


def path(text: str) -> Path:
    """A path. An empty one, as of a variable that isn't set, would be the working folder."""
    if not text:
        raise typer.BadParameter('A path is empty. Name a file or a folder; "." is the working folder.')
    return Path(text)


def place(text: str) -> Path | str:
    """A path, or a web address."""
    from vectorstore.readers.urls import is_web  # no other command needs the readers, which import YAML

    if not is_web(text) and "://" in text:
        raise typer.BadParameter(
            f"{text}: only addresses with http or https are fetched; give one of those, or a file."
        )
    return text if is_web(text) else path(text)


def span(text: str) -> Span:
    """START:END, in code points from 0."""
    start, _, end = text.partition(":")
    if not (start.isdecimal() and end.isdecimal() and len(text) < 40 and int(start) < int(end)):
        raise typer.BadParameter("A span is written START:END, in characters from 0, like 412:466.")
    return Span(int(start), int(end))


def text(value: str) -> str:
    """What must be text: an argument is bytes, and Python hides those that the locale lacks in half surrogate pairs."""
    try:
        return value if value.isascii() else os.fsencode(value).decode("utf-8")
    except UnicodeError:
        raise UsageError("An argument is not valid UTF-8 text.") from None


def question(words: list[str]) -> str:
    """The question: the words joined, or stdin where there are none (or just "-")."""
    if words not in ([], ["-"]):
        return text(" ".join(words))
    if not words and sys.stdin.isatty():
        raise UsageError('No question was asked. Try: qa ask "how many were evacuated".')
    try:
        # No question is that long; the bound is for a stream that never ends.
        return sys.stdin.buffer.read(MAX_STDIN).decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise UsageError("The question on stdin is not UTF-8 text.") from None
