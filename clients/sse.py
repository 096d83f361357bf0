"""Server-sent events out of bytes as they come, by the HTML standard: an event is whole once a blank line ends it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_EVENT = 16 * 1024 * 1024
"""Bytes of one event: more than any answer, and a bound on what a server can make a client hold."""

_LINE_END = re.compile(rb"\r\n|\r|\n")


class TooLongError(ValueError):
    """An event is longer than MAX_EVENT."""


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event. data: its lines of data, joined by line breaks."""

    name: str
    data: bytes


def read_events(chunks: Iterable[bytes]) -> Iterator[ServerEvent]:
    """The events of a stream, wherever it is cut into chunks. What no blank line has ended is dropped.

    Raises TooLongError, and what `chunks` raises.
    """
    name, data, size = b"", list[bytes](), 0
    for line in _lines(chunks):
        size += len(line)
        if size > MAX_EVENT:
            raise TooLongError
        if not line:
            if data:
                yield ServerEvent(name.decode(errors="replace") or "message", b"\n".join(data))
            name, data, size = b"", [], 0
            continue
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"event":
            name = value
        elif field == b"data":
            data.append(value)


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines that are ended. Only CR, LF and both together end one: JSON may hold the other line breaks as they are.

    A CR ends its line at once, although an LF may come that belongs to it: nobody waits for the next chunk.
    """
    begun, size, after_return = list[bytes](), 0, False
    for chunk in chunks:
        first, *others = _LINE_END.split(chunk.removeprefix(b"\n") if after_return else chunk)
        after_return = chunk.endswith(b"\r") or (after_return and not chunk)
        begun.append(first)
        size += len(first)
        for part in others:
            yield b"".join(begun)
            begun, size = [part], len(part)
        if size > MAX_EVENT:
            raise TooLongError
