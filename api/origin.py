"""No request that a web page elsewhere has had a browser send: the server asks for no password.

Two ways lead from a page to a server on the same machine. The page sends a request straight to it (forgery): a browser
then says in `Sec-Fetch-Site`, or in `Origin`, that it comes from elsewhere. Or the page's own name is made to lead to
127.0.0.1 (DNS rebinding), so that the browser takes them for one site: then `Host` is that name.
"""

import ipaddress
from collections.abc import Callable, Collection, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import refused

Refused = Callable[[int, str], Response]

_SAFE = {"GET", "HEAD", "OPTIONS"}


class OwnOrigin:
    """ASGI middleware: refuses what other sites send, by the rules of Go's net/http.CrossOriginProtection.

    loopback: whether this machine alone can reach the server, so that no other Host than this machine is right.
    allowed: the origins of other sites that may use it.
    dialects: by the beginning of a path, what a refusal there is answered with, where it isn't a problem.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        loopback: bool,
        allowed: Collection[str] = (),
        dialects: Mapping[str, Refused] | None = None,
    ) -> None:
        self.app = app
        self.loopback = loopback
        self.allowed = allowed
        self.dialects = dialects or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is the server's own."""
        app = self.app
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            answer = next(
                (told for path, told in self.dialects.items() if scope["path"].startswith(f"{path}/")), refused
            )
            if self.loopback and not _is_this_machine(headers.get("host")):
                app = answer(421, "This server answers on this machine only: call it localhost or 127.0.0.1.")
            elif scope["method"] not in _SAFE and self._is_refused(headers):
                app = answer(
                    403,
                    "Pages of other sites may not use this server. Call it from a program instead, or have "
                    "QA_ALLOWED_ORIGINS name this one.",
                )
        await app(scope, receive, send)

    def _is_refused(self, headers: Headers) -> bool:
        return headers.get("origin") not in self.allowed and _is_from_elsewhere(headers)


def _is_this_machine(host: str | None) -> bool:
    """Whether a Host header names the loopback. No browser leaves it out."""
    if host is None:
        return True
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _is_from_elsewhere(headers: Headers) -> bool:
    """Whether a browser sends this for another site. Programs, which send neither header, are not bound by this."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in {"same-origin", "none"}
    return origin is not None and origin.partition("://")[2] != headers.get("host")
