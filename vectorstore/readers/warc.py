"""Crawls (.warc, .warc.gz): the article of each page that was captured, streamed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from vectorstore.errors import ReadError
from vectorstore.readers.document import Document
from vectorstore.readers.html import page_article, page_text
from vectorstore.readers.urls import is_web, normal_url
from vectorstore.records import Source

_LARGEST_PAGE = 10_000_000  # bytes, unpacked
_PAGES = ("text/html", "application/xhtml+xml")


def read(document: Document) -> Iterator[Source]:
    """The article of each page that was there (status 200), or why it has none; of one captured again, the first.

    A date of publication after the capture is none. ReadError where the file is no WARC, or is damaged and ends early.
    """
    seen: set[str] = set()
    pages = 0
    with document.open() as stream:
        try:
            for record in ArchiveIterator(stream, arc2warc=True):
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                if _is_page(record) and is_web(url) and (key := normal_url(url)) not in seen:
                    seen.add(key)
                    pages += 1
                    yield _source(record, url, key)
        except (ArchiveLoadFailed, EOFError) as error:
            raise ReadError("it is damaged and can't be read to its end; get the file anew") from error
    if not pages:
        raise ReadError("no page was captured in it (status 200, HTML), so it holds no articles")


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in _PAGES


def _source(record: Any, url: str, key: str) -> Source:
    data = record.content_stream().read(_LARGEST_PAGE + 1)
    if len(data) > _LARGEST_PAGE:
        return Source(url, reason=f"the page is larger than {_LARGEST_PAGE:,} bytes")
    try:
        return Source(url, page_article(page_text(data, _charset(record)), url, key, _captured(record)))
    except ReadError as error:
        return Source(url, reason=str(error))


def _charset(record: Any) -> str | None:
    said = (record.http_headers.get_header("Content-Type") or "").lower().partition("charset=")[2]
    return said.strip(" \"';") or None


def _captured(record: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
