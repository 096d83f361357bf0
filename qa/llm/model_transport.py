"""The HTTP under the model client: every wait on a socket ends by the deadline, and every reply is bounded.

The client's own time limits are a read's: a server that drips a byte a second outlives them for ever. Here the limit of
a request is an `Exchange`, which every single read, write and connect asks how long it may still take.
"""

import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpcore
import httpx

from qa.errors import ModelReplyError
from qa.llm.exchange import Exchange
from qa.llm.model_network import DeadlineBackend

# On the wire a token is up to 400 bytes of JSON, and a reply is at most a few thousand tokens.
MAX_BYTES = 4_000_000
# The client sends more: the machine's system, its Python, and an organisation's name from the environment.
_SENT = {"accept", "authorization", "content-length", "content-type", "host", "user-agent"}


class DeadlineTransport(httpx.BaseTransport):
    """Connections that are kept and used again, over which each request keeps to its Exchange.

    secure: whether it is for https addresses. proxy: the address of an HTTP proxy to go through.
    """

    def __init__(self, *, secure: bool, proxy: str | None = None) -> None:
        tls, backend = httpx.create_ssl_context() if secure else None, DeadlineBackend()
        # No bound on the connections but the callers': a wait for another one's to come free couldn't be cancelled.
        self._pool: httpcore.ConnectionPool
        if proxy is None:
            self._pool = httpcore.ConnectionPool(tls, max_connections=None, network_backend=backend)
        else:
            url = httpx.Proxy(proxy)
            self._pool = httpcore.HTTPProxy(
                str(url.url), url.raw_auth, ssl_context=tls, max_connections=None, network_backend=backend
            )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Raises httpcore's errors, ModelReplyError and ModelCancelledError."""
        exchange = Exchange.of_this_thread()
        waits = dict.fromkeys(("connect", "read", "write"), exchange)
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=[item for item in request.headers.raw if item[0].decode("ascii").lower() in _SENT],
                content=request.stream,
                # httpcore hands these to the network stream as they are; only the pool itself waits by a number.
                extensions={"timeout": {**waits, "pool": exchange.patience()}},
            )
        )
        body = _BoundedBody(response)
        exchange.opened(body)
        headers = httpx.Headers(response.headers)
        try:
            _check_kind(response.status, headers)
        except ModelReplyError:
            body.close()
            raise
        return httpx.Response(response.status, headers=headers, stream=body)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _BoundedBody(httpx.SyncByteStream):
    """A reply's bytes, no more of them than any reply needs."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._response.iter_stream():
            size += len(part)
            if size > MAX_BYTES:
                raise ModelReplyError("The model's reply does not end. Ask again, or set another QA_LLM_MODEL.")
            yield part

    def close(self) -> None:
        self._response.close()


def proxy_for(base_url: str) -> str | None:
    """The proxy that this machine is set to use for an address (HTTPS_PROXY, NO_PROXY...); none for itself."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if host == "localhost" or host.startswith("127.") or host == "::1" or urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def _check_kind(status: int, headers: httpx.Headers) -> None:
    """Refuse what can't be a reply before a byte of it is read."""
    if headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        # It wasn't asked for, and a few kilobytes can unpack to gigabytes.
        raise ModelReplyError("The model's server packs its reply, which it was not asked to. Check QA_LLM_BASE_URL.")
    if status == 200 and headers.get("content-type", "").lower().startswith("text/html"):
        raise ModelReplyError(
            "The model's server answers with a web page. Set QA_LLM_BASE_URL to the address of its "
            "OpenAI-compatible API; it often ends in /v1."
        )
