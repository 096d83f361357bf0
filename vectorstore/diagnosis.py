"""What was looked at in a data folder and what is wrong with it, as every surface shows it. Imports nothing heavy."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    name: what, in a word or two. found: what was seen, in words. advice: what to do; None where all is well.
    """

    name: str
    ok: bool
    found: str
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All checks, in the order in which they build on each other. ok: whether all is well now.

    repairs: what was made anew or removed, in words.
    """

    ok: bool
    checks: tuple[Check, ...]
    repairs: tuple[str, ...] = ()

    @classmethod
    def of(cls, checks: Iterable[Check], repairs: Iterable[str] = ()) -> Self:
        """From the checks; all is well where each of them says so."""
        told = tuple(checks)
        return cls(all(check.ok for check in told), told, tuple(repairs))
