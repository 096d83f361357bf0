"""A web site on this machine, for the tests of fetching."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Reply:
    """What a path is answered with. parts: its body; what is said of its length is up to `headers`."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    parts: Callable[[], Iterator[bytes]] | None = None


@dataclass(slots=True)
class Site:
    """A site that is served. pages: path -> reply; asked: the paths that were, in order.

    unchanged: those of them that were asked for by their validators, and answered with 304 for that.
    """

    url: str
    pages: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Site]:
    """A site of no pages yet, served while this lasts."""
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            reply = site.pages.get(self.path, Reply(b"", 404))
            known = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
            if any(self.headers.get(asked) == reply.headers.get(said) is not None for asked, said in known):
                site.unchanged.append(self.path)
                reply = Reply(status=304)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for part in reply.parts() if reply.parts else (reply.body,):
                    self.wfile.write(part)
                    self.wfile.flush()
            except OSError:
                return  # nobody reads on

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
