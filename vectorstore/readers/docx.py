"""Word documents (.docx): paragraphs, lists and tables in their order, and what the document says of itself."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document as Docx
from docx.table import Table

from vectorstore.errors import ReadError
from vectorstore.readers.document import Document, read_bytes
from vectorstore.readers.fields import make_article
from vectorstore.records import Source

_MOST_WORDS = 20_000_000  # bytes of XML unpacked, of which a document of words needs few
_MOST_BYTES = 200_000_000  # unpacked in all, pictures too
_MOST_PARTS = 5_000


def read(document: Document) -> Iterator[Source]:
    """The document's article. A row of a table is a line, its cells between bars. ReadError; OSError."""
    data = read_bytes(document)
    _check_size(data)
    opened = docx.Document(BytesIO(data))
    text, heading = _text(opened)
    if not text.strip():
        raise ReadError("there is no text in it, only pictures or what Word draws; save its text as .txt")
    yield Source(document.name, make_article(text, _fields(opened), fallback_key=document.key, title=heading))


def _check_size(data: bytes) -> None:
    """Refuse what unpacks to far more than a document. What is unpacked is never more than the directory says."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
    words = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    whole = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or words > _MOST_WORDS or whole > _MOST_BYTES:
        raise ReadError("it unpacks to far more than a document holds; save its text as .txt")


def _text(opened: Docx) -> tuple[str, str | None]:
    """(the text, the first heading)."""
    lines: list[str] = []
    heading = None
    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            lines.append("\n".join(_rows(block)))
            continue
        words = block.text.strip()
        style = (block.style.name or "") if block.style is not None else ""
        if words and heading is None and style.startswith(("Heading", "Title")):
            heading = words
        lines.append(f"- {words}" if words and style.startswith("List") else words)
    return "\n\n".join(filter(None, lines)), heading


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells = [" ".join(cell.text.split()) for cell in row.cells]
        if any(cells):
            yield f"| {' | '.join(cells)} |"


def _fields(opened: Docx) -> dict[str, object]:
    """What its properties say. The date is none of them: it is that of the file, and seldom that of the article."""
    properties = opened.core_properties
    fields = {"title": properties.title, "author": properties.author, "language": properties.language}
    return {name: value for name, value in fields.items() if value and value != "python-docx"}
