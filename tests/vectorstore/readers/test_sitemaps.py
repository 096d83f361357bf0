import gzip

import pytest

from vectorstore.errors import ReadError
from vectorstore.readers import kinds, sitemaps
from vectorstore.readers.dump import NotArticlesError
from vectorstore.readers.files import of_upload
from vectorstore.readers.sitemaps import Sitemap, listed, unpacked
from vectorstore.readers.sniff import by_content

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
URL = "https://www.news.example/sitemap.xml"


def test_the_pages_of_its_own_site() -> None:
    places = ("https://news.example/a", "https://news.example/a", "https://other.example/b", "file:///etc/passwd", "c")
    data = f"<urlset {NAMESPACE}>{''.join(f'<url><loc> {place} </loc></url>' for place in places)}</urlset>".encode()
    assert by_content(of_upload(data, "a")) is kinds.SITEMAP
    assert listed(data, URL) == Sitemap(("https://news.example/a",), ())


def test_more_sitemaps() -> None:
    data = f"<sitemapindex {NAMESPACE}><sitemap><loc>https://news.example/1.xml</loc></sitemap></sitemapindex>".encode()
    assert listed(data, URL) == Sitemap((), ("https://news.example/1.xml",))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Words.",
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>',
    ],
)
def test_what_is_no_sitemap(data: bytes) -> None:
    with pytest.raises(ReadError, match="no sitemap"):
        listed(data, URL)


def test_packed_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unpacked(gzip.compress(b"<urlset/>")) == b"<urlset/>"
    monkeypatch.setattr(sitemaps, "_LARGEST_BYTES", 1_000)
    with pytest.raises(ReadError, match="unpacks to more"):
        unpacked(gzip.compress(b" " * 100_000))
    with pytest.raises(ReadError, match="damaged"):
        unpacked(b"\x1f\x8bno")


def test_a_saved_one_holds_no_articles() -> None:
    with pytest.raises(NotArticlesError, match="name its address"):
        list(sitemaps.read(of_upload(b"<urlset/>", "a")))
