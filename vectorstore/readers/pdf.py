"""PDFs (.pdf): the text of their pages, read in a process of its own that may take so much time and memory."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from vectorstore.errors import ReadError
from vectorstore.readers.document import Document, read_bytes
from vectorstore.readers.fields import make_article
from vectorstore.readers.pdf_tables import with_tables
from vectorstore.readers.pdf_text import joined
from vectorstore.records import Source

TIMEOUT_S = 90.0
_NO_TITLE = re.compile(r"untitled|microsoft \w+ - .*|.*\.(?:docx?|pdf|indd|qxp|odt|tex|rtf|txt)", re.IGNORECASE)


def read(document: Document) -> Iterator[Source]:
    """The document's article. Its date is what the text opens with: that of the file is when it was printed.

    ReadError where there is no text in it, or reading it takes too much; OSError.
    """
    found = _in_a_process(read_bytes(document))
    text = joined([with_tables(*page) for page in zip(found["pages"], found["layouts"], strict=True)])
    if not text:
        raise ReadError("there is no text in it, only pictures, as in a scan; have its text recognised (OCR) first")
    title = found["title"]
    fields = {
        "title": title if isinstance(title, str) and title.strip() and not _NO_TITLE.fullmatch(title.strip()) else None,
        "author": found["author"],
        "language": found["language"],
    }
    yield Source(document.name, make_article(text, fields, fallback_key=document.key))


def _in_a_process(data: bytes) -> dict[str, Any]:
    """What `pdf_worker` finds. ReadError."""
    # -P: modules of the working folder are nobody's business.
    command = [sys.executable, "-P", "-m", "vectorstore.readers.pdf_worker"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIMEOUT_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ReadError(f"it takes longer than {TIMEOUT_S:.0f} s to read; print it to a new PDF, or split it") from None
    if done.returncode < 0:
        raise ReadError("it takes more time or memory to read than a document does; print it to a new PDF, or split it")
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise ReadError("it is damaged, or no PDF that can be read; print it to a new PDF") from None
    if "reason" in found:
        raise ReadError(found["reason"])
    return found
