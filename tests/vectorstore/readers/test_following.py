"""A round of a watch reads what is new or has changed, and nothing else."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from tests.vectorstore.fetching.sites import Reply, Site, serving
from tests.vectorstore.readers.test_web import PAGE
from vectorstore.fetching import Fetcher
from vectorstore.readers.following import Round
from vectorstore.readers.places import Place
from vectorstore.readers.seen import Seen


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def read(seen: Seen, *places: Place, failed: Collection[str] = ()) -> list[tuple[str, str | None]]:
    """(name, reason) of what one round reads, which is then settled."""
    going = Round(places, seen, Fetcher(allow_private=True), {})
    found = [(source.name, source.reason) for source in going.read()]
    going.settle({name for name, reason in found if reason is not None} | set(failed), seen)
    return found


def names(seen: Seen, *places: Place, failed: Collection[str] = ()) -> list[str]:
    return [name.rpartition("/")[2] for name, _ in read(seen, *places, failed=failed)]


def page(name: str, **headers: str) -> Reply:
    return Reply(PAGE.format(name).encode(), headers={"Content-Type": "text/html"} | headers)


def test_of_a_folder_what_is_new_or_has_changed(tmp_path: Path) -> None:
    seen = Seen()
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.jsonl").write_text('{"text": "One.", "id": 1}\n{"text": "Two.", "id": 2}\n')
    (tmp_path / "README.md").write_text("No article.")
    assert names(seen, tmp_path) == ["a.txt", "b.jsonl, line 1", "b.jsonl, line 2"]
    assert names(seen, tmp_path) == []
    (tmp_path / "a.txt").write_text("Other words.")
    (tmp_path / "c.txt").write_text("New words.")
    assert names(seen, tmp_path) == ["a.txt", "c.txt"]
    os.utime(tmp_path / "c.txt", ns=(1, 1))
    assert names(seen, tmp_path) == ["c.txt"]


def test_what_failed_is_read_again(tmp_path: Path) -> None:
    seen = Seen()
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "b.txt").write_text("Words.")
    assert names(seen, tmp_path, failed=[str(tmp_path / "a.txt")]) == ["a.txt", "b.txt"]
    (tmp_path / "c.txt").write_bytes(b"")
    assert names(seen, tmp_path) == ["a.txt", "c.txt"]
    assert names(seen, tmp_path) == ["c.txt"]


def test_what_is_gone_is_told_once(tmp_path: Path) -> None:
    seen = Seen()
    news, other = tmp_path / "news", tmp_path / "other"
    for folder in (news, other):
        folder.mkdir()
        (folder / "a.txt").write_text("Words.")
    read(seen, news, other)
    (news / "a.txt").unlink()
    (other / "a.txt").unlink()
    going = Round([news], seen, Fetcher(), {})
    assert list(going.read()) == []
    assert going.gone() == [str((news / "a.txt").resolve())]
    going.settle((), seen)
    assert Round([news], seen, Fetcher(), {}).gone() == []
    (news / "a.txt").write_text("Words.")
    assert names(seen, news) == ["a.txt"]


def test_a_page_is_read_once_and_when_it_has_changed(site: Site) -> None:
    seen = Seen()
    site.pages["/a"] = page("One", ETag='"1"')
    assert names(seen, f"{site.url}/a") == ["a"]
    assert names(seen, f"{site.url}/a") == []
    assert site.unchanged == ["/a"]
    site.pages["/a"] = page("One, corrected", ETag='"2"')
    assert names(seen, f"{site.url}/a") == ["a"]


def feed(site: Site, *paths: str, **headers: str) -> Reply:
    items = "".join(f"<item><link>{site.url}/{path}</link></item>" for path in paths)
    return Reply(f"<rss><channel>{items}</channel></rss>".encode(), headers=headers)


def test_of_a_feed_the_pages_that_are_new_or_have_changed(site: Site) -> None:
    seen, address = Seen(), f"{site.url}/feed"
    site.pages |= {name: page(name, ETag=name) for name in ("/a", "/b", "/c")}
    site.pages["/feed"] = feed(site, "a", "b", ETag="1")
    assert names(seen, address) == ["a", "b"]
    site.asked.clear()
    assert names(seen, address) == []
    assert site.asked == ["/robots.txt", "/feed"]
    site.pages["/feed"] = feed(site, "c", "a", "b", ETag="2")
    site.pages["/b"] = page("b, corrected", ETag="new")
    assert names(seen, address) == ["c", "b"]


def test_a_page_of_a_feed_that_fails_is_tried_again_though_the_feed_has_not_changed(site: Site) -> None:
    seen, address = Seen(), f"{site.url}/feed"
    site.pages |= {"/a": page("a", ETag="a"), "/b": Reply(b"", 503), "/feed": feed(site, "a", "b", ETag="1")}
    assert names(seen, address) == ["a", "b"]
    assert names(seen, address) == ["b"]
    site.pages["/b"] = page("b", ETag="b")
    assert names(seen, address) == ["b"]
    assert names(seen, address) == []


def test_an_article_of_a_feed_that_was_not_taken_in_is_read_again(site: Site) -> None:
    seen, address = Seen(), f"{site.url}/feed"
    site.pages |= {"/a": page("a", ETag="a"), "/b": page("b", ETag="b"), "/feed": feed(site, "a", "b", ETag="1")}
    assert names(seen, address, failed=[f"{site.url}/a"]) == ["a", "b"]
    assert names(seen, address) == ["a"]
    assert names(seen, address) == []


def test_a_site_that_is_down_is_told_and_asked_again(site: Site) -> None:
    seen = Seen()
    site.pages["/a"] = Reply(b"", 503)
    ((name, reason),) = read(seen, f"{site.url}/a")
    assert name == f"{site.url}/a"
    assert "status 503" in (reason or "")
    site.pages["/a"] = page("a")
    assert names(seen, f"{site.url}/a") == ["a"]


def test_robots_txt_is_kept(site: Site) -> None:
    site.pages |= {"/a": page("a"), "/robots.txt": Reply(b"User-agent: *\nDisallow: /")}
    ((_, reason),) = read(Seen(), f"{site.url}/a")
    assert "robots.txt" in (reason or "")
    assert site.asked == ["/robots.txt"]


def test_a_large_sitemap_is_followed_in_parts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.readers.web.WebReader.__init__.__kwdefaults__", {"most": 2, "turn": None})
    listed = "".join(f"<url><loc>{site.url}/{name}</loc></url>" for name in "abcde")
    site.pages["/sitemap.xml"] = Reply(f'<urlset xmlns="http://x">{listed}</urlset>'.encode())
    for name in "abcde":
        site.pages[f"/{name}"] = page(name)
    seen, address = Seen(), f"{site.url}/sitemap.xml"
    assert [names(seen, address) for _ in range(3)] == [["a", "b"], ["c", "d"], ["e"]]  # and "a", which is as it was
    site.pages["/b"], site.pages["/e"] = page("b, corrected"), page("e, corrected")
    assert names(seen, address) == ["b"]  # and "c": those that were not looked at for the longest
    assert [names(seen, address) for _ in range(2)] == [["e"], []]
