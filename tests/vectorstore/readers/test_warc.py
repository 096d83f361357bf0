import gzip

import pytest

from tests.vectorstore.readers.test_web import PAGE
from vectorstore.errors import ReadError
from vectorstore.readers import kinds, warc
from vectorstore.readers.files import of_upload
from vectorstore.readers.sniff import by_content
from vectorstore.records import Source

HTML = "text/html; charset=iso-8859-1"


def crawl(*captures: tuple[str, str, str, bytes], packed: bool = False) -> bytes:
    """A WARC of (url, status, content type, body)."""
    records = [_record("warcinfo", "", "application/warc-fields", b"software: tests\r\n")]
    for url, status, kind, body in captures:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        records.append(_record("response", url, "application/http; msgtype=response", answer))
    return b"".join(map(gzip.compress, records) if packed else records)


def _record(kind: str, url: str, content_type: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{len(block)}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2020-05-01T00:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(title: str, head: str = "") -> bytes:
    return PAGE.format(title).replace("<head>", f"<head>{head}").encode("latin-1")


def read(data: bytes) -> list[Source]:
    return list(warc.read(of_upload(data, "a.warc")))


@pytest.mark.parametrize("packed", [False, True])
def test_the_article_of_each_page_that_was_there(packed: bool) -> None:
    data = crawl(
        ("https://News.example/a?utm_source=x", "200 OK", HTML, page("Orbáth resigns")),
        ("https://news.example/a", "200 OK", HTML, page("The same again")),
        ("https://news.example/b", "404 Not Found", HTML, page("Nothing here")),
        ("https://news.example/c.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://news.example/d", "200 OK", HTML, b"<html><body></body></html>"),
        packed=packed,
    )
    assert by_content(of_upload(data, "a")) is kinds.WARC
    article, empty = read(data)
    assert article.article is not None
    assert (article.article.title, article.article.url) == ("Orbáth resigns", "https://news.example/a")
    assert "no text of an article" in (empty.reason or "")


def test_a_date_after_the_capture_is_none() -> None:
    def published(day: str) -> str | None:
        head = f'<meta property="article:published_time" content="{day}">'
        (source,) = read(crawl(("https://news.example/a", "200 OK", HTML, page("T", head))))
        return source.article.published_at if source.article else None

    assert published("2020-04-30") == "2020-04-30"
    assert published("2021-04-30") is None


def test_a_page_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_LARGEST_PAGE", 100)
    (source,) = read(crawl(("https://news.example/a", "200 OK", HTML, page("T"))))
    assert "larger than 100 bytes" in (source.reason or "")


@pytest.mark.parametrize(
    ("data", "reason"), [(crawl(), "no page was captured"), (b"WARC/1.0\r\nno", "no page|damaged")]
)
def test_what_holds_no_pages(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data)


def test_a_torn_crawl_gives_what_can_be_read_and_says_so() -> None:
    data = crawl(("https://news.example/a", "200 OK", HTML, page("T")), packed=True)
    torn = data + gzip.compress(b"nonsense")
    found: list[Source] = []
    with pytest.raises(ReadError, match="damaged"):
        found.extend(warc.read(of_upload(torn, "a.warc.gz")))
    assert len(found) == 1
