from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vectorstore.fetching.sites import Reply, Site, serving
from tests.vectorstore.readers.pdfs import pdf
from tests.vectorstore.readers.test_feeds import FULL
from vectorstore.errors import AddressRefusedError, FetchFailedError
from vectorstore.fetching import Fetcher
from vectorstore.readers.places import Place, PlacesReader
from vectorstore.readers.web import WebReader
from vectorstore.records import Source

PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1>" + FULL + "</article></body></html>"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        for name in "abc":
            found.pages[f"/{name}"] = Reply(PAGE.format(f"Story {name}").encode())
        yield found


def read(site: Site, path: str, most: int = 100) -> list[Source]:
    return list(WebReader(Fetcher(allow_private=True), most=most).read(site.url + path))


def titles(sources: list[Source]) -> list[str | None]:
    return [source.article.title if source.article else source.reason for source in sources]


def test_a_page(site: Site) -> None:
    site.pages["/a?utm_source=x"] = site.pages["/a"]
    (source,) = read(site, "/a?utm_source=x")
    assert source.article is not None
    assert (source.article.title, source.article.url, source.article.key) == (
        "Story a",
        f"{site.url}/a",
        f"{site.url}/a",
    )


def test_a_file_has_the_address_that_it_was_fetched_from(site: Site) -> None:
    site.pages["/a.pdf"] = Reply(pdf([["The dam burst in the night."]]), headers={"Content-Type": "application/pdf"})
    (source,) = read(site, "/a.pdf")
    assert source.article is not None
    assert source.article.url == source.article.key == f"{site.url}/a.pdf"


def test_a_feed_has_the_articles_of_its_summaries_fetched(site: Site) -> None:
    whole = (
        f"<item><link>{site.url}/whole</link><title>Whole</title><description><![CDATA[{FULL}]]></description></item>"
    )
    items = "".join(
        f"<item><link>{site.url}/{name}</link><pubDate>Thu, 14 Mar 2024 10:30:00 +0100</pubDate></item>"
        for name in "abax"
    )
    site.pages["/feed"] = Reply(f"<rss><channel><title>Valley Post</title>{items}{whole}</channel></rss>".encode())
    found = read(site, "/feed")
    assert titles(found)[:2] == ["Story a", "Story b"]
    assert "status 404" in (found[2].reason or "")
    assert titles(found)[3:] == ["Whole"]
    assert found[0].article is not None
    assert (found[0].article.published_at, found[0].article.source) == ("2024-03-14T10:30:00+01:00", "Valley Post")
    assert "/whole" not in site.asked


def test_a_sitemap_and_those_that_it_names(site: Site) -> None:
    site.pages |= {
        "/sitemap.xml": Reply(
            f"<sitemapindex><sitemap><loc>{site.url}/1.xml</loc></sitemap>"
            f"<sitemap><loc>{site.url}/gone.xml</loc></sitemap></sitemapindex>".encode()
        ),
        "/1.xml": Reply(
            b"<urlset>" + b"".join(f"<url><loc>{site.url}/{name}</loc></url>".encode() for name in "abc") + b"</urlset>"
        ),
    }
    found = read(site, "/sitemap.xml")
    assert "status 404" in (found[0].reason or "")
    assert titles(found)[1:] == ["Story a", "Story b", "Story c"]
    cut = read(site, "/1.xml", most=2)
    assert titles(cut)[:2] == ["Story a", "Story b"]
    assert "the other 1 of its 3 pages were not fetched" in (cut[2].reason or "")


def test_how_far_a_sitemap_is_read(site: Site) -> None:
    pages = "".join(f"<url><loc>{site.url}/{name}</loc></url>" for name in "abcd")
    site.pages["/1.xml"] = Reply(f"<urlset>{pages}</urlset>".encode())
    web = WebReader(Fetcher(allow_private=True), most=3)
    found = web.open(f"{site.url}/1.xml")
    assert found.lists_pages
    assert [web.share() for _ in found.sources] == [0.0, 1 / 3, 2 / 3, 1.0]
    page = web.open(f"{site.url}/a")
    assert not page.lists_pages


def test_a_page_that_cannot_be_fetched_raises(site: Site) -> None:
    with pytest.raises(FetchFailedError):
        read(site, "/gone")
    with pytest.raises(AddressRefusedError):
        list(WebReader(Fetcher()).read(f"{site.url}/a"))


def test_places_are_read_in_their_order(site: Site, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    places: list[Place] = [f"{site.url}/a", tmp_path / "a.txt", f"{site.url}/gone", f"{site.url}/b"]
    found = list(PlacesReader(places, Fetcher(allow_private=True), lambda _: None, {}).read())
    assert titles(found)[:2] == ["Story a", "Words."]
    assert "nothing at this address" in (found[2].reason or "")
    assert titles(found)[3:] == ["Story b"]
