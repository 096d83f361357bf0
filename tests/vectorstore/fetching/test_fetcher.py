import gzip
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.vectorstore.fetching.sites import Reply, Site, serving
from vectorstore.errors import (
    AddressRefusedError,
    FetchError,
    FetchFailedError,
    FetchTimeoutError,
    PageTooLargeError,
    RobotsRefusedError,
)
from vectorstore.fetching import Fetched, Fetcher, fetcher
from vectorstore.fetching.network import look_up


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def get(site: Site, path: str) -> Fetched:
    return Fetcher(allow_private=True).get(site.url + path)


def moved(to: str, status: int = 302) -> Reply:
    return Reply(b"", status, {"Location": to, "Content-Length": "0"})


def test_a_page_and_its_encoding(site: Site) -> None:
    site.pages["/a"] = Reply("Orbáth".encode("latin-1"), headers={"Content-Type": "text/html; charset=ISO-8859-1"})
    assert get(site, "/a#part") == Fetched(f"{site.url}/a", b"Orb\xe1th", "iso-8859-1")


def test_redirects_are_followed_to_their_end_and_not_for_ever(site: Site) -> None:
    site.pages |= {"/a": moved("/b", 301), "/b": moved(f"{site.url}/c", 308), "/c": Reply(b"Words."), "/x": moved("/x")}
    assert get(site, "/a").url == f"{site.url}/c"
    with pytest.raises(FetchFailedError, match="more than 5 redirects"):
        get(site, "/x")
    assert site.asked.count("/x") == 6


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost:8000/x", "http://[::1]/", "http://169.254.169.254/latest/meta-data"),
        *("http://0.0.0.0/", "http://10.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://127.1/"),
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError, match="private network"):
        Fetcher().get(url)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example", "news", "", "http://", "javascript:x", "//a/b"],
)
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(AddressRefusedError, match="http://"):
        Fetcher().get(url)


def test_an_address_with_a_password_is_refused() -> None:
    with pytest.raises(AddressRefusedError, match="password"):
        Fetcher().get("http://user:secret@a.example/")


def lead(monkeypatch: pytest.MonkeyPatch, **names: list[str]) -> list[str]:
    """Have names lead to addresses, each time they are asked to the next; gives which are connected to."""
    connected: list[str] = []
    real, real_names = socket.create_connection, socket.getaddrinfo

    def resolve(host: str, port: int, *rest: Any, **named: Any) -> list[Any]:
        if host[0].isdigit():
            return list(real_names(host, port, *rest, **named))
        addresses = names[host.partition(".")[0]]
        address = addresses.pop(0) if len(addresses) > 1 else addresses[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in address.split(",")]

    def connect(address: tuple[str, int], *rest: Any, **named: Any) -> socket.socket:
        connected.append(address[0])
        if address[0] == "93.184.216.34":  # the open internet, for this test
            return real(("127.0.0.1", address[1]), *rest, **named)
        return real(address, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    return connected


def test_a_name_that_leads_inside_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    connected = lead(monkeypatch, inside=["10.0.0.1"])
    with pytest.raises(AddressRefusedError, match=r"inside.example is an address of a private network"):
        Fetcher().get("http://inside.example/")
    assert connected == []


def test_a_redirect_that_leads_inside_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    port = site.url.rpartition(":")[2]
    lead(monkeypatch, outside=["93.184.216.34"], inside=["127.0.0.1"])
    site.pages["/a"] = moved(f"http://inside.example:{port}/secret")
    with pytest.raises(AddressRefusedError, match=r"inside.example"):
        Fetcher().get(f"http://outside.example:{port}/a")
    assert "/secret" not in site.asked


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the name leads outside when it is asked for the first time, and inside ever after."""
    port = site.url.rpartition(":")[2]
    connected = lead(monkeypatch, rebound=["93.184.216.34", "93.184.216.34", "127.0.0.1"])
    site.pages["/a"] = Reply(b"Words.")
    run = Fetcher()
    assert run.get(f"http://rebound.example:{port}/a").data == b"Words."
    with pytest.raises(AddressRefusedError):
        run.get(f"http://rebound.example:{port}/a")
    assert set(connected) == {"93.184.216.34"}


def test_of_several_addresses_only_public_ones_are_tried(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    port = site.url.rpartition(":")[2]
    connected = lead(monkeypatch, both=["127.0.0.1,93.184.216.34"])
    site.pages["/a"] = Reply(b"Words.")
    assert Fetcher().get(f"http://both.example:{port}/a").data == b"Words."
    assert set(connected) == {"93.184.216.34"}


def test_what_is_too_large_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetcher, "LARGEST_BYTES", 100_000)
    endless = Reply(headers={"Content-Type": "text/html"}, parts=lambda: iter(lambda: b"x" * 10_000, None))
    packed = gzip.compress(b"x" * 50_000_000)
    bomb = Reply(packed, headers={"Content-Encoding": "gzip", "Content-Length": str(len(packed))})
    site.pages |= {"/endless": endless, "/bomb": bomb}
    for path in ("/endless", "/bomb"):
        with pytest.raises(PageTooLargeError, match="larger than 100,000 bytes"):
            get(site, path)


def test_packed_pages(site: Site) -> None:
    packed = gzip.compress(b"Words.")
    site.pages |= {
        "/a": Reply(packed, headers={"Content-Encoding": "gzip"}),
        "/b": Reply(packed[:-12], headers={"Content-Encoding": "br"}),
        "/c": Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
    }
    assert get(site, "/a").data == b"Words."
    for path, why in (("/b", "not asked for"), ("/c", "damaged")):
        with pytest.raises(FetchFailedError, match=why):
            get(site, path)


def test_what_drips_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetcher, "TIMEOUT_S", 0.6)

    def dripping() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x"
            time.sleep(0.1)

    site.pages["/a"] = Reply(headers={"Content-Type": "text/html"}, parts=dripping)
    began = time.monotonic()
    with pytest.raises(FetchTimeoutError):
        get(site, "/a")
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("status", "why", "retryable"),
    [
        (403, "doesn't show it", False),
        (404, "nothing at this address", False),
        (429, "fewer", False),
        (503, "error", True),
    ],
)
def test_what_a_site_answers_in_words(site: Site, status: int, why: str, retryable: bool) -> None:
    site.pages["/a"] = Reply(b"", status)
    with pytest.raises(FetchFailedError, match=why) as raised:
        get(site, "/a")
    assert (raised.value.status, raised.value.retryable) == (status, retryable)


def test_robots_txt_is_kept_also_by_redirects(site: Site) -> None:
    site.pages |= {
        "/robots.txt": Reply(b"User-agent: *\nDisallow: /private\n"),
        "/a": moved("/private/b"),
        "/private/b": Reply(b"Words."),
    }
    for path in ("/private/b", "/a"):
        with pytest.raises(RobotsRefusedError, match=r"robots.txt"):
            get(site, path)
    assert "/private/b" not in site.asked


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    site.pages |= {"/robots.txt": Reply(b"", 500), "/a": Reply(b"Words.")}
    with pytest.raises(RobotsRefusedError, match="try again later"):
        get(site, "/a")
    assert site.asked == ["/robots.txt"]


def test_robots_txt_is_read_once_and_its_pauses_kept(site: Site) -> None:
    pauses: list[float] = []
    site.pages |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 5\n"), "/a": Reply(b"A."), "/b": Reply(b"B.")}
    run = Fetcher(allow_private=True, sleep=pauses.append)
    run.get(f"{site.url}/a")
    run.get(f"{site.url}/b")
    assert site.asked == ["/robots.txt", "/a", "/b"]
    assert [4 < pause <= 5 for pause in pauses] == [True]


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(FetchError, match="can't be reached"):
        Fetcher(allow_private=True).get(f"http://127.0.0.1:{port}/")


def test_a_name_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchFailedError, match=r"the name nowhere.example is not known"):
        look_up("nowhere.example", 80, 1)
