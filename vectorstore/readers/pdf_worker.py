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
_LAID_OUT = 200  # pages whose columns are looked at: it takes as long as reading them
_SHORT, _FEWEST_ROWS = 120, 2  # characters of a line that may be a table's row, and how many of them make a table
_TOO_MUCH = {"reason": "it unpacks to more than a document holds; print it to a new PDF"}


def main() -> None:
    """{"pages": [text, ...], "layouts": [text or "", ...], "title": ..., "author": ..., "language": ...}, or {"reason":
    why there is nothing}. layouts: the same pages with the columns of their lines kept apart, where they may matter.
    """
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
        layouts: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            layouts.append(_layout(page) if len(layouts) < _LAID_OUT and _may_hold_table(pages[-1]) else "")
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
        "layouts": layouts,
        "title": said.title if said else None,
        "author": said.author if said else None,
        "language": str(language) if language else None,
    }


def _may_hold_table(text: str) -> bool:
    """Whether some lines are short and hold figures."""
    short = [line for line in text.splitlines() if len(line) <= _SHORT and any(map(str.isdigit, line))]
    return len(short) >= _FEWEST_ROWS


def _layout(page: Any) -> str:
    """A page with its columns kept apart by spaces; nothing where pypdf can't tell."""
    try:
        laid_out: str = page.extract_text(extraction_mode="layout")
    except Exception:  # noqa: BLE001 - on odd fonts and matrices it fails in many ways, and the plain text is there
        return ""
    return laid_out


if __name__ == "__main__":
    main()
