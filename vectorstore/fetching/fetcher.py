"""Fetcher: a web address -> its bytes, by way of at most five redirects, each checked as the first."""

import ssl
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from vectorstore.errors import (
    AddressRefusedError,
    FetchError,
    FetchFailedError,
    FetchTimeoutError,
    NotModifiedError,
    PageTooLargeError,
    RobotsRefusedError,
)
from vectorstore.fetching.network import Deadline, GuardedBackend
from vectorstore.fetching.robots import AGENT, Robots, parsed

LARGEST_BYTES = 10_000_000
TIMEOUT_S = 20.0
MOST_REDIRECTS = 5

_LARGEST_ROBOTS = 500_000
_MOST_SITES = 1_000  # whose robots.txt is remembered
_REDIRECTS = {301, 302, 303, 307, 308}
_LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site calls a version of a page, for asking whether it is still that one (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """As a request gives them. Each is a site's own words, so what can't be sent is left out."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value and value.isascii() and value.isprintable()}


NONE = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is at an address. url: where it was found in the end. charset: what the server says of its encoding."""

    url: str
    data: bytes
    charset: str | None = None
    validators: Validators = NONE


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer that is no redirect."""

    url: str
    status: int
    headers: dict[str, str]
    data: bytes


class Fetcher:
    """Fetches pages for one run: it remembers each site's robots.txt, and keeps the pauses that it asks for.

    allow_private: fetch from private networks too. sleep: waits so many seconds.
    """

    def __init__(self, *, allow_private: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
        self._allow_private = allow_private
        self._sleep = sleep
        self._robots: dict[str, Robots] = {}
        self._last: dict[str, float] = {}
        self._tls: ssl.SSLContext | None = None

    def get(self, url: str, known: Validators = NONE) -> Fetched:
        """What is at an address, at most 10 MB of it, within 20 s. known: of what was there before.

        Raises AddressRefusedError, RobotsRefusedError, PageTooLargeError, FetchTimeoutError or FetchFailedError, and
        NotModifiedError where it is what is known.
        """
        answer = self._follow(url, LARGEST_BYTES, self._heed, known.headers())
        if answer.status == 304 and known != NONE:
            raise NotModifiedError("it has not changed since it was last fetched")
        if answer.status != 200:
            raise FetchFailedError(_failed(answer.status), status=answer.status, retryable=answer.status >= 500)
        kind = Message()
        kind["content-type"] = answer.headers.get("content-type", "")
        validators = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
        return Fetched(answer.url, answer.data, kind.get_content_charset(), validators)

    def _follow(
        self, url: str, largest: int, heed: Callable[[str], None], headers: Mapping[str, str] | None = None
    ) -> _Answer:
        """The answer at the end of redirects. heed: is told each address before it is fetched, and may refuse it."""
        deadline = Deadline.after(TIMEOUT_S)
        for _ in range(MOST_REDIRECTS + 1):
            url = _checked(url)
            heed(url)
            answer = self._once(url, largest, deadline, headers or {})
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return answer
            url = urljoin(url, answer.headers["location"])
        raise FetchFailedError(f"it leads on and on (more than {MOST_REDIRECTS} redirects); name where it ends")

    def _heed(self, url: str) -> None:
        """Keep to the robots.txt of an address's site. Raises RobotsRefusedError."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            if len(self._robots) >= _MOST_SITES:
                self._robots.clear()
            self._robots[site] = self._robots_of(site)
        robots = self._robots[site]
        if not robots.allows(url):
            raise RobotsRefusedError(
                "the site's robots.txt asks that it isn't fetched; save the page and name the file"
            )
        if robots.delay_s and site in self._last:
            self._sleep(max(0.0, self._last[site] + robots.delay_s - time.monotonic()))
        self._last[site] = time.monotonic()

    def _robots_of(self, site: str) -> Robots:
        """What a site asks. One without a robots.txt asks nothing; one that fails to give it asks for everything."""
        try:
            answer = self._follow(f"{site}/robots.txt", _LARGEST_ROBOTS, lambda _: None)
        except AddressRefusedError:
            raise
        except FetchError as error:
            raise RobotsRefusedError(f"the site's robots.txt can't be read, so nothing is fetched: {error}") from error
        if answer.status >= 500:
            raise RobotsRefusedError("the site's robots.txt can't be read, so nothing is fetched; try again later")
        return parsed(answer.data.decode("utf-8-sig", errors="replace")) if answer.status == 200 else Robots()

    def _once(self, url: str, largest: int, deadline: Deadline, also: Mapping[str, str]) -> _Answer:
        """One request, over a connection of its own. Raises FetchError."""
        backend = GuardedBackend(deadline, allow_private=self._allow_private)
        headers = {
            "User-Agent": f"{AGENT}/1.0",
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Encoding": "gzip",
            **also,
        }
        try:
            with (
                httpcore.ConnectionPool(self._context(url), max_connections=1, network_backend=backend) as pool,
                pool.stream("GET", url, headers=list(headers.items())) as response,
            ):
                said = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
                data = b"" if response.status in _REDIRECTS else _body(response.iter_stream(), said, largest)
                return _Answer(url, response.status, said, data)
        except (httpcore.TimeoutException, TimeoutError):
            raise FetchTimeoutError("the site doesn't answer in time; try again later") from None
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchFailedError(
                f"the site can't be reached ({type(error).__name__}); try again later", retryable=True
            ) from None

    def _context(self, url: str) -> ssl.SSLContext | None:
        """The certificates that are trusted; loading them takes as long as a page."""
        if self._tls is None and url.startswith("https:"):
            self._tls = httpx.create_ssl_context(trust_env=False)
        return self._tls


def _checked(url: str) -> str:
    """An address that may be tried, in ASCII. Raises AddressRefusedError."""
    try:
        address = httpx.URL(url)
        sent = str(address.copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError, TypeError):
        raise AddressRefusedError("it is no web address; write it like https://news.example/story") from None
    if address.scheme not in {"http", "https"} or not address.host or len(sent) > _LONGEST_ADDRESS:
        raise AddressRefusedError("only addresses that begin with http:// or https:// are fetched")
    if address.userinfo:
        raise AddressRefusedError("an address with a user name or password in it is not fetched; leave them out")
    return sent


def _body(parts: Iterator[bytes], headers: dict[str, str], largest: int) -> bytes:
    """A body, unpacked, at most so many bytes of it. Raises PageTooLargeError or FetchFailedError."""
    packed = headers.get("content-encoding", "").strip().lower()
    if packed not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchFailedError(
            "the site packs its answer in a way that was not asked for; save the page, name the file"
        )
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed not in {"", "identity"} else None
    data = bytearray()
    try:
        for part in parts:
            data += part if unpacker is None else unpacker.decompress(part, largest + 1 - len(data))
            if len(data) > largest:
                raise PageTooLargeError(
                    f"it is larger than {largest:,} bytes; save what is wanted of it, name the file"
                )
    except zlib.error:
        raise FetchFailedError("what the site sent is damaged; try again later", retryable=True) from None
    return bytes(data)


def _failed(status: int) -> str:
    if status in {401, 402, 403, 407, 451}:
        return f"the site doesn't show it to everybody (status {status}); save the page and name the file"
    if status in {404, 410}:
        return f"there is nothing at this address (status {status}); check how it is spelled"
    if status == 429:
        return "the site asks for fewer requests (status 429); try again later"
    return f"the site answers with an error (status {status}); try again later"
