"""Tables (.csv, .tsv): one article a row, its fields named in the first row; of figures, one article. Streamed."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import PurePath

from vectorstore.errors import ReadError
from vectorstore.grids import is_head
from vectorstore.readers.decode import decode
from vectorstore.readers.document import Document, head
from vectorstore.readers.dump import has_text, no_text_in, source
from vectorstore.readers.fields import make_article
from vectorstore.records import Source

_LONGEST_FIELD = 20_000_000  # characters
_DELIMITERS = ",;\t|"
_FEWEST_ROWS, _MOST_ROWS = 2, 5_000  # of a table of figures
_LONGEST_CELL = 200  # characters; longer ones are texts under a name that isn't known
_WHOLE = 20_000_000  # bytes of a file that isn't UTF-8, whose encoding has to be told from all of it


def read(document: Document) -> Iterator[Source]:
    """The article of each row, or why it has none; of a table of figures, one article that is the table.

    ReadError where the first row names no fields, or it is no table.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with _text(document) as stream:
        first = stream.readline(_LONGEST_FIELD)
        if not first.strip():
            raise ReadError("it is empty; remove it or put articles in, one a row, with the fields' names in the first")
        rows = csv.reader(chain([first], stream), delimiter=delimiter_of(first), strict=True)
        try:
            yield from _sources(document, rows)
        except csv.Error as error:
            raise ReadError(f"it is no whole table: {error} (line {rows.line_num}); mend that line") from error
        except UnicodeDecodeError as error:
            raise ReadError(f"it is damaged: not valid UTF-8 after line {rows.line_num}; save it as UTF-8") from error


def delimiter_of(line: str) -> str:
    """What parts the fields of a first row: the sign of those there are that it has most of."""
    return max(_DELIMITERS, key=line.count)


def _text(document: Document) -> io.TextIOBase:
    """The file as text, read as it is asked for where it is UTF-8."""
    start = head(document)
    try:
        start[:-4].decode("utf-8")
    except UnicodeDecodeError:
        if document.size > _WHOLE:
            raise ReadError("it is not UTF-8; save it as UTF-8 and try again") from None
        with document.open() as stream:
            return io.StringIO(decode(stream.read()), newline="")
    return io.TextIOWrapper(document.open(), "utf-8-sig", newline="")


def _sources(document: Document, rows: Iterator[list[str]]) -> Iterator[Source]:
    names = [name.strip() for name in next(rows)]
    fields = names if document.columns else [name.lower() for name in names]
    if not has_text(dict.fromkeys(fields), document):
        table = _table(names, rows) if not document.columns else None
        if table is None:
            raise no_text_in(f"its first row ({', '.join(names[:8])[:200]})", document)
        title = re.sub(r"[_-]+", " ", PurePath(document.name).stem).strip()
        yield Source(document.name, make_article(table, {}, fallback_key=document.key, title=title or None))
        return
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        name = f"{document.name}, row {number}"
        if len(row) != len(fields):
            reason = f"it has {len(row)} fields and the first row names {len(fields)}; put what holds commas in quotes"
            yield Source(name, reason=reason)
        else:
            yield source(document, name, dict(zip(fields, row, strict=True)), number)


def _table(names: list[str], rows: Iterator[list[str]]) -> str | None:
    """A table of figures as text, a row a line, its cells between bars; None where it is none, or too long for one."""
    told = [names, *(row for row in islice(rows, _MOST_ROWS + 1) if any(cell.strip() for cell in row))]
    cells = [[" ".join(cell.split()).replace("|", "\\|") for cell in row] for row in told]
    if not _FEWEST_ROWS < len(cells) <= _MOST_ROWS or len({len(row) for row in cells}) > 1:
        return None
    if max(len(cell) for row in cells for cell in row) > _LONGEST_CELL:
        return None
    if not is_head(cells[0], cells[1:], wordy=False):
        return None
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)
