"""What was begun and what was acknowledged, written by a process that may be killed at any moment, and read by another.

A line is written in one call and survives its writer: what the store tells it, it has told.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

Version = str | None
"""Which text an article has; None: it is not there."""


class Ledger:
    """Written by the one who may be killed."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def begun(self, doing: str, versions: dict[str, Version]) -> None:
        """What is about to be asked for: articles by their keys."""
        self._write({"begun": doing, "versions": versions})

    def kept(self, key: str, version: Version) -> None:
        """What was acknowledged."""
        self._write({"kept": key, "version": version})

    def failed(self, why: str) -> None:
        """What should not have failed."""
        self._write({"failed": why})

    def _write(self, entry: object) -> None:
        os.write(self._file, json.dumps(entry).encode() + b"\n")


@dataclass(slots=True)
class Expected:
    """What must be there, by what was acknowledged.

    may: of each article that something was begun with since, the versions that it may have; the first is the one
    acknowledged. doing: what was begun last. failures: what should not have failed.
    """

    versions: dict[str, Version] = field(default_factory=dict)
    may: dict[str, list[Version]] = field(default_factory=dict)
    doing: str = "opening"
    acknowledged: int = 0
    failures: list[str] = field(default_factory=list)

    def read(self, lines: Iterable[str]) -> None:
        """Go on with what a process has written."""
        self.doing = "opening"
        for line in lines:
            entry = json.loads(line)
            if "begun" in entry:
                self.doing = entry["begun"]
                for key, version in entry["versions"].items():
                    self.may.setdefault(key, [self.versions.get(key)]).append(version)
            elif "kept" in entry:
                self.versions[entry["kept"]] = entry["version"]
                self.may.pop(entry["kept"], None)
                self.acknowledged += 1
            else:
                self.failures.append(entry["failed"])

    def settle(self, key: str, version: Version) -> bool:
        """Whether an article may be as it was found. From now on it must be so."""
        may = self.may.pop(key, [self.versions.get(key)])
        self.versions[key] = version
        return version in may
