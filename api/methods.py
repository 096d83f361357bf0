"""HEAD wherever there is GET, and which methods an address takes. FastAPI's routes know neither."""

from fastapi import Request
from starlette.routing import BaseRoute, Match, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class HeadAsGet:
    """ASGI middleware: HEAD is answered as GET is. The server below leaves the body out by itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HEAD on as GET, in a copy: the server goes by its own scope."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self.app(scope, receive, send)


def allowed_methods(request: Request) -> str:
    """For the Allow header: the methods of all routes of this address, not only of the first that has it.

    An address that is described by itself ("/articles/import") is not also another's by a parameter ("/articles/{id}").
    """
    described = request.app.openapi().get("paths", {}).get(request.scope["path"])
    methods = [method for method in _METHODS if described is None or method.lower() in described]
    taken = [method for method in methods if _is_taken(request, method)]
    return ", ".join([*taken, *(["HEAD"] if "GET" in taken else []), "OPTIONS"])


def _is_taken(request: Request, method: str) -> bool:
    # Within a mount, the path is taken for the mount's own.
    root_path = request.scope.get("app_root_path", request.scope.get("root_path", ""))
    scope = {**request.scope, "method": method, "root_path": root_path}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes if _takes(route, method))


def _takes(route: BaseRoute, method: str) -> bool:
    """False for what is known of a mount alone: it matches by the path, and files can only be read."""
    return method == "GET" or not (isinstance(route, Mount) and isinstance(route.app, StaticFiles))
