"""Dumps (.jsonl, .jsonl.gz): one article a line, streamed, however large the file."""

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from itertools import count
from typing import BinaryIO

from vectorstore.errors import ReadError
from vectorstore.readers.decode import decode
from vectorstore.readers.document import Document
from vectorstore.readers.dump import has_text, no_text_in, source
from vectorstore.records import Source

_LONGEST_LINE = 20_000_000  # bytes
_BAD_LINES = 20  # with which a file may open before it is taken for something else
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # UTF-32's little-endian mark starts with UTF-16's

_GZIP = b"\x1f\x8b"

_Stream = gzip.GzipFile | BinaryIO


def read(document: Document) -> Iterator[Source]:
    """The article of each line, or why it has none; the lines after a bad one go on.

    A line is an object with its text under "text", "body" or "content". NotArticlesError where the first object has
    none of these; ReadError where the file is no JSON Lines at all, or is damaged and ends early; OSError.
    """
    try:
        with document.open() as stream:
            packed = document.name.lower().endswith(".gz") or stream.read(2) == _GZIP
            stream.seek(0)
            yield from _sources(document, gzip.GzipFile(fileobj=stream) if packed else stream)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ReadError(f"it is damaged and can't be unpacked to its end ({error}); get the file anew") from error


def _sources(document: Document, stream: _Stream) -> Iterator[Source]:
    bad: list[Source] = []  # the lines before the first record: whether it is a dump is not known yet
    is_dump = False
    for number, line in _lines(stream):
        name = f"{document.name}, line {number}"
        try:
            record = _record(line)
        except ReadError as error:
            bad.append(Source(name, reason=str(error)))
        else:
            if not is_dump and not has_text(record, document):
                raise no_text_in(f"its first record (line {number})", document)
            is_dump = True
            yield from bad
            bad.clear()
            yield source(document, name, record, number)
        if len(bad) == _BAD_LINES and not is_dump:
            raise ReadError(f"none of its first {_BAD_LINES} lines is a JSON object; write one object a line")
    if not bad and not is_dump:
        raise ReadError("it is empty; remove it or put articles in, one JSON object a line")
    yield from bad


def _lines(stream: _Stream) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered from 1; of one that is too long, only the start."""
    for number in count(1):
        line = stream.readline(_LONGEST_LINE + 1)
        if not line:
            return
        if number == 1 and line.startswith(_WIDE_MARKS):
            raise ReadError("it is UTF-16 or UTF-32; save it as UTF-8 and try again")
        rest = line
        while len(rest) > _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(_LONGEST_LINE + 1)
        if line.strip():
            yield number, line


def _record(line: bytes) -> Mapping[str, object]:
    if len(line) > _LONGEST_LINE:
        raise ReadError(f"the line is too long for one article (more than {_LONGEST_LINE:,} bytes); split it")
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        raise ReadError(f"it is not valid JSON ({error}); write one object a line") from error
    if not isinstance(record, dict):
        raise ReadError("it is not a JSON object; write one object a line")
    return record
