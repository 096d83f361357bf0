"""Reads one PDF from stdin and writes what it holds to stdout as JSON, in a process of its own and within limits.

A PDF is a program of a kind: a small one can take hours or all memory. What ends this process ends nothing else.
"""

import json
import resource
import sys
from contextlib import suppress
from io import BytesIO
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_S = 60
MOST_PAGES = 2_000
_LONGEST_TEXT = 20_000_000  # characters
_TOO_MUCH = {"reason": "it unpacks to more than a document holds; print it to a new PDF"}


def main() -> None:
    """{"pages": [text, ...], "title": ..., "author": ..., "language": ...}, or {"reason": why there is nothing}."""
    for limit, amount in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_S)):
        with suppress(ValueError, OSError):  # a system that has none of that kind
            resource.setrlimit(limit, (amount, amount))
    try:
        found = _read(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        found = _TOO_MUCH
    json.dump(found, sys.stdout)


def _read(data: bytes) -> dict[str, Any]:
    from pypdf import PdfReader  # within the limits
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

    protected = {"reason": "it is protected by a password; save it without one"}
    reader = PdfReader(BytesIO(data))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            return protected
        if len(reader.pages) > MOST_PAGES:
            return {"reason": f"it has {len(reader.pages):,} pages, and {MOST_PAGES:,} is the most; split it"}
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > _LONGEST_TEXT:
                return {"reason": f"it has more text than one article (over {_LONGEST_TEXT:,} characters); split it"}
    except (DependencyError, FileNotDecryptedError):
        return protected
    except LimitReachedError:
        return _TOO_MUCH
    said = reader.metadata
    language = reader.root_object.get("/Lang")
    return {
        "pages": pages,
        "title": said.title if said else None,
        "author": said.author if said else None,
        "language": str(language) if language else None,
    }


if __name__ == "__main__":
    main()
