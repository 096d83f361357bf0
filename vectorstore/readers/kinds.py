"""The kinds of document that hold articles, each with the reader for it: the registry."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from vectorstore.readers.document import Document
from vectorstore.records import Source

Reader = Callable[[Document], Iterator[Source]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document. words: what a person calls it. extensions: in lower case. module: which has its `read`."""

    words: str
    extensions: tuple[str, ...]
    module: str

    def reader(self) -> Reader:
        """Its reader. Only now is it imported: some take longer to than a question does."""
        read: Reader = import_module(f"vectorstore.readers.{self.module}").read
        return read


TEXT = Kind("plain text", (".txt", ".text"), "text")
MARKDOWN = Kind("Markdown", (".md", ".markdown"), "markdown")
HTML = Kind("HTML", (".html", ".htm", ".xhtml"), "html")
PDF = Kind("PDF", (".pdf",), "pdf")
DOCX = Kind("Word document", (".docx",), "docx")
EML = Kind("e-mail", (".eml",), "eml")
CSV = Kind("CSV", (".csv", ".tsv"), "csv")
FEED = Kind("feed", (".rss", ".atom"), "feeds")
SITEMAP = Kind("sitemap", (), "sitemaps")
WARC = Kind("WARC", (".warc", ".warc.gz"), "warc")
JSONL = Kind("JSON Lines", (".jsonl", ".jsonl.gz"), "jsonl")

KINDS = (TEXT, MARKDOWN, HTML, PDF, DOCX, EML, CSV, FEED, SITEMAP, WARC, JSONL)


def kind_by_name(name: str) -> Kind | None:
    """What a file's name says it is."""
    lower = name.lower()
    return next((kind for kind in KINDS if kind.extensions and lower.endswith(kind.extensions)), None)
