"""Feeds (RSS, Atom): their entries, and the articles of those that hold the whole of one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import feedparser

from vectorstore.dates import iso_date
from vectorstore.errors import ReadError
from vectorstore.readers.document import Document, read_bytes
from vectorstore.readers.html import page_article
from vectorstore.readers.page_facts import not_later
from vectorstore.readers.urls import is_web
from vectorstore.records import Article, Source

_FEWEST_WORDS = 100  # of what is taken for a whole article; less is a summary
_ENTITY = b"<!entity"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed. url: of its page, where it names one. content: HTML, all that the feed has of it."""

    name: str
    url: str | None
    content: str
    facts: dict[str, str]


def read(document: Document) -> Iterator[Source]:
    """The articles of a feed that was saved: nothing is fetched, so that of a mere summary is a reason. ReadError."""
    for entry in entries(read_bytes(document), document.name):
        article = whole_article(entry, f"{document.key}#{entry.name}")
        reason = "the feed has only its summary; name the feed's address, and the article is fetched"
        yield Source(entry.name, article, None if article else reason)


def entries(data: bytes, name: str) -> list[Entry]:
    """The entries of a feed, in its order. name: of the feed, in words. ReadError where it has none."""
    if _ENTITY in data[: 1 << 20].lower():
        raise ReadError("it declares entities, which no feed needs; it is not read")
    found = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries:
        raise ReadError("it has no entries, so it holds no articles; check its address")
    return [_entry(each, found.feed, f"{name}, entry {number}") for number, each in enumerate(found.entries, start=1)]


def whole_article(entry: Entry, key: str) -> Article | None:
    """The article of an entry that has the whole of it; None where it has a summary."""
    if len(entry.content.split()) < _FEWEST_WORDS:
        return None
    markup = f"<html><body><article>{entry.content}</article></body></html>"
    try:
        article = page_article(markup, entry.url, key, datetime.now(UTC), entry.facts)
    except ReadError:
        return None
    return article if len(article.text.split()) >= _FEWEST_WORDS else None


def _entry(entry: Any, feed: Any, name: str) -> Entry:
    contents = [part.get("value") or "" for part in entry.get("content", [])]
    published = not_later(iso_date(entry.get("published") or entry.get("updated")), datetime.now(UTC))
    language = next((part.get("language") for part in entry.get("content", []) if part.get("language")), None)
    facts = {
        "title": entry.get("title"),
        "published": published,
        "author": entry.get("author"),
        "source": feed.get("title"),
        "language": language or feed.get("language"),
    }
    link = entry.get("link")
    return Entry(
        name,
        link if isinstance(link, str) and is_web(link) else None,
        max([*contents, entry.get("summary") or ""], key=len),
        {field: value for field, value in facts.items() if isinstance(value, str) and value.strip()},
    )
