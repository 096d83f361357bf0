"""Which kind of document bytes are, by what they hold; their name speaks only where that leaves it open."""

import codecs
import json
import re
import zipfile
import zlib

from vectorstore.errors import ReadError
from vectorstore.readers import kinds
from vectorstore.readers.document import Document, head
from vectorstore.readers.kinds import Kind

_SURE = 0.6  # puremagic's confidence, 0 to 1, in what a signature of some bytes says
_GZIP = b"\x1f\x8b"
_WARC = re.compile(rb"WARC/\d\.\d\r?\n")
_PDF = b"%PDF-"
_PDF_WITHIN = 1_024  # bytes: readers of PDFs have always passed over some before it
_ZIP = b"PK\x03\x04"
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[\w-]+[ \t]*:.*|[ \t#-].*|[ \t]*)\r?\n")
_BLANK_LINE = re.compile(r"\r?\n\r?\n")
_FIELD = re.compile(r"([A-Za-z][\w-]*):(?:\s|$)")
_TEXTS = {"text", "body", "content"}
_LONGEST_FIELD = 60  # characters of a field's name in a table
_OBJECT = re.compile(r'\{\s*"')
# A page, whatever stands before its first element; an <html> of its own, since text may begin with any other tag.
_BEFORE = r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*"
_HTML = re.compile(rf"{_BEFORE}<(?:!doctype\s+html|html\b|head\b|body\b)", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(
    rf"{_BEFORE}(?:<!doctype[^>]*>\s*)?<(rss|feed|rdf:rdf|urlset|sitemapindex)\b", re.IGNORECASE | re.DOTALL
)
_ROOTS = dict.fromkeys(("rss", "feed", "rdf:rdf"), kinds.FEED) | dict.fromkeys(
    ("urlset", "sitemapindex"), kinds.SITEMAP
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # UTF-32's little-endian mark starts with UTF-16's
_SAVE_AS = "save its text as .txt, .md, .html, .docx or .pdf"


def kind_of(document: Document) -> Kind:
    """The kind of a document that somebody named. ReadError where it can be no article; OSError."""
    found, named = by_content(document), kinds.kind_by_name(document.name)
    return found or named or kinds.TEXT


def by_content(document: Document) -> Kind | None:
    """What the content alone shows it to be; None where it is text of any kind.

    ReadError, which names what it is, where it holds no text: a picture, a program, an archive. OSError.
    """
    start = head(document)
    if start.startswith(_GZIP):
        return _packed(start)
    if _WARC.match(start):
        return kinds.WARC
    if _PDF in start[:_PDF_WITHIN]:
        return kinds.PDF
    if start.startswith(_ZIP):
        return _zipped(document)
    if start.startswith(_WIDE_MARKS) or not (refused := _no_text(start)):
        return _of_text(_words(start))
    raise ReadError(f"it holds no text that can be read: {refused}; {_SAVE_AS}")


def _of_text(text: str) -> Kind | None:
    if _is_object(text):
        return kinds.JSONL
    if _FRONT_MATTER.match(text):
        return kinds.MARKDOWN
    if _HTML.match(text):
        return kinds.HTML
    if found := _ROOT.match(text):
        return _ROOTS.get(found[1].lower())
    if _is_message(text):
        return kinds.EML
    return kinds.CSV if _is_table(text) else None


def _packed(start: bytes) -> Kind:
    """What a gzip file holds: archives are not opened but for dumps, which are streams of articles."""
    try:
        inner = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, len(start))
    except zlib.error:
        inner = b""
    if _WARC.match(inner):
        return kinds.WARC
    if _is_object(_words(inner)):
        return kinds.JSONL
    raise ReadError("it is a gzip archive, and archives are not opened; unpack it, and name what is in it")


def _zipped(document: Document) -> Kind:
    """What a zip file is: of those, only Word's documents are opened."""
    try:
        with document.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReadError("it is a damaged zip archive or Word document; get the file anew") from error
    if "word/document.xml" in names:
        return kinds.DOCX
    raise ReadError(f"it is a zip archive, and archives are not opened; unpack it, or {_SAVE_AS}")


def _is_message(text: str) -> bool:
    """Whether text opens as an e-mail does: fields, among them who sent it and what only a message has."""
    lines = _BLANK_LINE.split(text, 1)[0].splitlines()
    names = {found[1].lower() for line in lines if (found := _FIELD.match(line))}
    every = all(_FIELD.match(line) or line[:1] in " \t" for line in lines)
    return every and "from" in names and bool(names & {"message-id", "mime-version", "received"})


def _is_table(text: str) -> bool:
    """Whether the first line names fields, the text's among them."""
    first = text.partition("\n")[0].strip().lower()
    names = [name.strip(" \t\"'") for name in first.split(max(",;\t|", key=first.count))]
    return len(names) > 1 and not _TEXTS.isdisjoint(names) and all(len(name) <= _LONGEST_FIELD for name in names)


def _is_object(text: str) -> bool:
    """Whether the first line is an object of JSON, as far as it can be seen."""
    line, newline, _ = text.lstrip().partition("\n")
    if not _OBJECT.match(line):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not newline  # its end is further on


def _no_text(start: bytes) -> str | None:
    """What bytes that are no text are, in words; None where they may be text."""
    if not _CONTROL.search(start) and start[:5] != b"{\\rtf":
        return None
    import puremagic  # 10 ms, and most files are text

    try:
        best = max(puremagic.magic_string(start), key=lambda match: match.confidence)
    except (puremagic.PureError, ValueError):
        return None  # damaged text, which its reader has words for
    known = best.confidence >= _SURE or b"\0" in start
    return f"{best.name} ({best.extension})" if known and best.name else None


def _words(start: bytes) -> str:
    """The beginning as text, whatever can't be decoded left out."""
    encoding = "utf-16" if start.startswith(_WIDE_MARKS) else "utf-8-sig"
    return start.decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n")
