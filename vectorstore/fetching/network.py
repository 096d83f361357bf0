"""Sockets for fetching: an address is checked when it is connected to, and every wait ends by one deadline.

A name is looked up once for a connection, what it gives is checked, and that address is connected to: what the name
leads to a moment later is of no account.
"""

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from vectorstore.errors import AddressRefusedError, FetchFailedError, FetchTimeoutError
from vectorstore.fetching.addresses import is_public
from vectorstore.name_lookup import addresses_of

_CONNECT_S = 5.0


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a fetch ends, by `time.monotonic()`. seconds: how long it may take in all."""

    seconds: float
    ends: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        return cls(seconds, time.monotonic() + seconds)

    def left(self, most: float | None = None) -> float:
        """Seconds that are left, at most so many. Raises FetchTimeoutError where none are."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise FetchTimeoutError(f"it takes longer than {self.seconds:.0f} s to fetch; try again later")
        return left if most is None else min(left, most)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses alone, unless `allow_private`, and by a deadline."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline's is shorter
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect. Raises AddressRefusedError, FetchTimeoutError, FetchFailedError or httpcore's errors."""
        found = look_up(host, port, self._deadline.left(_CONNECT_S))
        open_to = [address for address in found if self._allow_private or is_public(address)]
        if not open_to:
            raise AddressRefusedError(
                f"{host} is an address of a private network ({', '.join(found)[:100]}), which is not fetched from; set "
                "QA_ALLOW_PRIVATE_FETCH=1 where that is meant"
            )
        refused: Exception = httpcore.ConnectError("the name has no address")
        for address in open_to:
            try:
                seconds = self._deadline.left(_CONNECT_S)
                stream = self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
                return _DeadlineStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused


class _DeadlineStream(httpcore.NetworkStream):
    """A connection on which every single wait ends by the deadline, however slowly bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is, at most so much."""
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of it."""
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Speak TLS from here on, with the certificate of the name that was asked for."""
        seconds = self._deadline.left(_CONNECT_S if timeout is None else timeout)
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a stream."""
        return self._stream.get_extra_info(info)


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """A name's addresses, each once. Raises FetchFailedError or FetchTimeoutError."""
    try:
        return addresses_of(host, port, seconds)
    except TimeoutError as error:
        raise FetchTimeoutError(f"{error}; try again later") from None
    except OSError as error:
        raise FetchFailedError(f"{error}; check how the address is spelled", retryable=True) from None
