"""What a watch has seen, over its rounds and its process: a small file beside the library."""

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from vectorstore.errors import StorageError
from vectorstore.fetching.conditional import Version
from vectorstore.fetching.fetcher import Validators
from vectorstore.layout import NEW_WATCHED, WATCHED

Stamp = tuple[int, int]
"""When a file was last changed, in nanoseconds, and its size in bytes."""


@dataclass(slots=True)
class Seen:
    """files: by path, as they were when they were taken in. pages: the same by address."""

    files: dict[str, Stamp] = field(default_factory=dict)
    pages: dict[str, Version] = field(default_factory=dict)


class SeenFile:
    """Where it is kept for each library that is written to from here. library: its server, "" for the folder's own."""

    def __init__(self, data_dir: Path, library: str) -> None:
        self._path = data_dir / WATCHED
        self._library = library

    def load(self) -> Seen:
        """What was seen; nothing where the file is not there, or damaged: then all is read again, and known."""
        try:
            kept = self._all()[self._library]
            files = {path: (int(stamp[0]), int(stamp[1])) for path, stamp in kept["files"].items()}
            pages = {
                url: Version(Validators(**page["validators"]), str(page["digest"]))
                for url, page in kept["pages"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            return Seen()
        return Seen(files, pages)

    def save(self, seen: Seen) -> None:
        """Keep it, in one step. Raises StorageError."""
        try:
            everything = self._all()
        except (OSError, ValueError):
            everything = {}
        everything[self._library] = asdict(seen)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=NEW_WATCHED)
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(everything, file)
                Path(name).replace(self._path)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StorageError(
                f"What was seen can't be kept in {self._path}: {error.strerror}. Let this user write there, and free "
                "some space; until then all is read again each time."
            ) from error

    def _all(self) -> dict[str, Any]:
        found = json.loads(self._path.read_text(encoding="utf-8"))
        return found if isinstance(found, dict) else {}
