"""A bound on request bodies, with its own bound for some paths.

FastAPI has `max_body_size`, but its 413 is plain text wherever the client announces the length, whatever the
exception handlers say. This one raises, so that `api.errors` answers.
"""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MIB = 1024 * 1024


class BodyLimit:
    """ASGI middleware: a body over the bound of its path is a 413, before more of it is read.

    limit: bytes; limits: bytes by exact path, where it differs.
    """

    def __init__(self, app: ASGIApp, *, limit: int = MIB, limits: dict[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.limits = limits or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is read, and stop at the bound."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limits.get(scope["path"], self.limit)
        announced = Headers(scope=scope).get("content-length", "0")
        seen = int(announced) if announced.isdecimal() and len(announced) < 20 else 0
        read = 0

        async def counted() -> Message:
            nonlocal read
            if seen > limit:
                raise _too_large(limit)
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise _too_large(limit)
            return message

        await self.app(scope, counted, send)


def _too_large(limit: int) -> HTTPException:
    # The rest of the body is never read, so the connection can't be used again.
    return HTTPException(413, f"The body is over {limit // MIB} MiB.", headers={"Connection": "close"})
