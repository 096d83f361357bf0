"""How far a command is, on stderr: a bar with the rate and the time left on a terminal, else a line now and then."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from clients.cli.terminal import complain, standard_error
from clients.visible import line
from clients.wording import counted

LINE_S = 10.0
"""How often a line is printed where there is no terminal."""

_SOONEST_S = 1.0  # before that, a rate and what it says of the rest mean nothing


class Shown:
    """What is shown of a command's progress. noun: what is counted. bar, lines: what is used."""

    def __init__(self, noun: str, bar: Progress | None, *, lines: bool = False) -> None:
        self._noun = noun
        self._bar = bar
        self._lines = lines
        self._task = None if bar is None else bar.add_task("", total=None, told="")
        self._began = self._told = time.monotonic()

    def update(self, done: int, share: float | None, name: str = "") -> None:
        """So many are done, which is this share of the work, 0 to 1; None where that isn't known. name: of the last."""
        now = time.monotonic()
        words = told(done, self._noun, now - self._began, share)
        if self._bar is not None and self._task is not None:
            total = None if share is None else 1.0
            self._bar.update(self._task, total=total, completed=share or 0, told=words, description=_fitting(name))
        elif self._lines and now - self._told >= LINE_S:
            complain(words)
            self._told = now


@contextmanager
def shown(noun: str, *, quiet: bool = False) -> Iterator[Shown]:
    """Show progress while this lasts; quiet: show nothing."""
    console = standard_error()
    if quiet or not console.is_terminal:
        yield Shown(noun, None, lines=not quiet)
        return
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.fields[told]}"), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as bar:
        yield Shown(noun, bar)


def told(done: int, noun: str, seconds: float, share: float | None) -> str:
    """How far it is, in words. Pure.

    >>> told(1200, "article", 20.0, 0.25)
    '1,200 articles, 25%, 60/s, 0:01:00 left'
    """
    parts = [counted(done, noun)]
    if share is not None:
        parts.append(f"{share:.0%}")
    if seconds >= _SOONEST_S and done:
        parts.append(f"{done / seconds:,.0f}/s")
        if share:
            parts.append(f"{timedelta(seconds=round(seconds * (1 - share) / share))} left")
    return ", ".join(parts)


def _fitting(name: str) -> str:
    """The end of a name, which tells most; without what rich would take for markup."""
    return line(name)[-40:].replace("[", "(")
