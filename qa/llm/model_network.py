"""Sockets on which every single wait ends by an exchange's deadline: name look-up, connect, TLS, read and write."""

import ipaddress
import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from qa.llm.exchange import Exchange
from qa.llm.model import Deadline
from vectorstore.name_lookup import addresses_of

CONNECT_S = 5.0
_POLL_S = 0.1


class DeadlineStream(httpcore.NetworkStream):
    """A connection on which a time limit may be an Exchange."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: Exchange | float | None = None) -> bytes:
        """Read what there is, at most so much."""
        while isinstance(timeout, Exchange):
            try:
                return self._stream.read(max_bytes, timeout.patience(_POLL_S if timeout.cancellable else None))
            except httpcore.ReadTimeout:
                timeout.patience()  # raises, unless that was a look at whether it is given up
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: Exchange | float | None = None) -> None:
        """Write all of it."""
        self._stream.write(buffer, timeout.patience() if isinstance(timeout, Exchange) else timeout)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: Exchange | float | None = None,
    ) -> httpcore.NetworkStream:
        """Speak TLS from here on."""
        seconds = timeout.patience(CONNECT_S) if isinstance(timeout, Exchange) else timeout
        return DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, seconds))

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a stream."""
        return self._stream.get_extra_info(info)


class DeadlineBackend(httpcore.NetworkBackend):
    """Connects within an Exchange, name look-up included, to whichever of a name's addresses answers first."""

    def __init__(self) -> None:
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: Exchange | float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect. Raises httpcore's ConnectError and ConnectTimeout."""
        exchange = timeout if isinstance(timeout, Exchange) else Exchange(Deadline.at(timeout or CONNECT_S))
        refused: Exception = httpcore.ConnectError("the name has no address")
        for address in _addresses(host, port, exchange.patience(CONNECT_S)):
            try:
                seconds = exchange.patience(CONNECT_S)
                return DeadlineStream(self._backend.connect_tcp(address, port, seconds, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused


def _addresses(host: str, port: int, seconds: float) -> list[str]:
    """A name's addresses; an address is its own."""
    try:
        return [str(ipaddress.ip_address(host.strip("[]")))]
    except ValueError:
        pass
    try:
        return addresses_of(host, port, seconds)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from None
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from None
