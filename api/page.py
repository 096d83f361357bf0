"""The page at /: one HTML file with its scripts and styles, all from here, and the rules that a browser keeps.

The addresses of scripts and styles hold a digest of them all. So a browser keeps them without asking again, some thirty
times a visit, and an upgrade, which is another address, never leaves old scripts beside a new page.
"""

import hashlib
import os
from functools import cache
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WEB = Path(__file__).with_name("web")
ASSETS = "/web"

# Nothing but the page's own files is run, shown or called, whatever an article or an answer holds. Trusted Types
# forbid scripts what the page never does: to make markup or code of a string.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ASKED_FOR_AGAIN = {"Cache-Control": "no-cache"}
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


@cache
def digest() -> str:
    """A name for what the page's files hold: 16 characters, others where one of them is changed. Read once."""
    hashed = hashlib.sha256()
    for path in sorted(path for path in WEB.rglob("*") if path.is_file()):
        hashed.update(f"{path.relative_to(WEB).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()[:16]


class _Files(StaticFiles):
    """The page's files, each with its rules."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or 304 where the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update(HEADERS | _KEPT)
        return response


def add_page(app: FastAPI) -> None:
    """Serve the page and its assets. The addresses in it are relative, so it works behind a path prefix too."""
    tag = f'"{digest()}"'
    text = (WEB / "index.html").read_text("utf-8").replace('="web/', f'="web/{digest()}/')
    headers = HEADERS | _ASKED_FOR_AGAIN | {"ETag": tag}

    @app.get("/", include_in_schema=False)
    async def page(request: Request) -> Response:
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return HTMLResponse(text, headers=headers)

    app.mount(f"{ASSETS}/{digest()}", _Files(directory=WEB))
