"""The terminal: what goes to it, and what becomes of what can't be written."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

from rich.console import Console
from rich.text import Text

from clients.errors import OutputError
from clients.visible import clean


def standard_output(*, wrapped: bool = False) -> Console:
    """A console for stdout: colour on a terminal only, and text as it is, neither wrapped, cut nor taken for markup.

    wrapped: wrap it after all, for what is to be wiped away again: its lines must be known.
    """
    _never_fail(sys.stdout)
    return Console(file=sys.stdout, soft_wrap=not wrapped, highlight=False, markup=False, emoji=False)


def standard_error() -> Console:
    """The same for stderr."""
    _never_fail(sys.stderr)
    return Console(file=sys.stderr, soft_wrap=True, highlight=False, markup=False, emoji=False)


def complain(message: str) -> None:
    """An error on stderr, a line for each of its lines. Where that can't be written, there is nobody to tell."""
    console = standard_error()
    with suppress(OSError):
        for part in message.splitlines() or [""]:
            console.print(Text.assemble(("qa: ", "bold red"), clean(part)))


@contextmanager
def written() -> Iterator[None]:
    """Around what writes to stdout: raises OutputError where that fails, BrokenPipeError where nobody reads on."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise OutputError(f"The output can't be written: {why}. Free some space, or send it elsewhere.") from None


def open_closed_streams() -> None:
    """Let each of stdin, stdout and stderr that came closed lead nowhere.

    Else the first file that is opened would get its number, and with it what is meant for the terminal.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end


def abandon_output() -> None:
    """Let stdout lead nowhere: what Python still flushes when it ends must not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_json(document: bytes) -> None:
    """One JSON document on stdout, in UTF-8 whatever the locale is. C1 controls, which JSON allows, are escaped."""
    text = document.decode("utf-8")
    safe = "".join(f"\\u{ord(c):04x}" if "\x7f" <= c <= "\x9f" else c for c in text) if not text.isascii() else text
    with written():
        sys.stdout.flush()
        sys.stdout.buffer.write(safe.encode("utf-8") + b"\n")
        sys.stdout.buffer.flush()


def _never_fail(stream: object) -> None:
    """What the locale's encoding lacks becomes a question mark, not an error."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")
