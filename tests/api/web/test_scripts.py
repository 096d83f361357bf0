"""The page's modules that judge: offsets, Markdown and events, each asked by itself in the browser."""

from collections.abc import Iterator
from typing import Any

import pytest

from api.page import digest
from tests.api.web.conftest import visiting
from tests.api.web.site import Site
from tests.api.web.window import Window

SCRIPTS = f"/web/{digest()}/scripts"
CALL = f"async ([module, name, values]) => (await import(`{SCRIPTS}/${{module}}.js`))[name](...values)"


@pytest.fixture(scope="module")
def window(opened: Window, service: Site) -> Iterator[Window]:
    """The page, loaded once: what is asked of its modules leaves nothing behind."""
    with visiting(opened, service) as window:
        yield window


def call(window: Window, module: str, name: str, *values: object) -> Any:
    return window.page.evaluate(CALL, [module, name, values])


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("plain words", 0, 5),
        ("🛩️ and 𝔗𝔥𝔢 rest", 7, 10),
        ("e\u0301 👩‍👩‍👧 x", 3, 8),
        ("🎌", 0, 1),
        ("a\r\nb\u2028c", 2, 5),
        ("short", 2, 99),
        ("", 0, 0),
    ],
)
def test_a_text_is_cut_at_code_points_as_python_cuts_it(window: Window, text: str, start: int, end: int) -> None:
    assert call(window, "codepoints", "cutAt", text, start, end) == [text[:start], text[start:end], text[end:]]


def test_words_in_markdown_are_no_markdown(window: Window) -> None:
    hostile = "![x](http://a) <b> `c` [d]: http://e www.f.g *h* ~i~ | # \\ j@k.l"
    assert call(window, "markdown", "escaped", hostile) == (
        r"\!\[x\](http\://a) \<b\> \`c\` \[d\]: http\://e www\.f.g \*h\* \~i\~ \| \# \\ j\@k.l"
    )
    assert call(window, "markdown", "escaped", " 1. one\n- two") == r"1\. one - two"
    assert call(window, "markdown", "escaped", "- one") == r"\- one"


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://a.b/c?d=<e>#f", "https://a.b/c?d=%3Ce%3E#f"),
        ("HTTP://a.b", "http://a.b/"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        (" data:text/html,x", None),
        ("//a.b", None),
        ("/ask", None),
        ("vbscript:x", None),
        ("blob:https://a.b/c", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_links(window: Window, address: str | None, taken: str | None) -> None:
    assert call(window, "dom", "webAddress", address) == taken


def test_events_are_read_however_they_are_cut(window: Window) -> None:
    stream = 'event: text\r\ndata: {"delta":"ä🎌"}\r\n\r\n: a comment\n\n'
    stream += "event: answer\rdata: a\rdata:b\r\revent: cut\ndata: x\n"
    read = """async ([bytes, size]) => {
        const { readEvents } = await import("SCRIPTS/sse.js");
        const pieces = [];
        for (let at = 0; at < bytes.length; at += size) pieces.push(new Uint8Array(bytes.slice(at, at + size)));
        const events = [];
        const body = new ReadableStream({ start(c) { pieces.forEach((p) => c.enqueue(p)); c.close(); } });
        for await (const event of readEvents(body)) events.push([event.name, event.data]);
        return events;
    }""".replace("SCRIPTS", SCRIPTS)
    for size in (1, 2, 3, 7, 1000):
        events = window.page.evaluate(read, [list(stream.encode()), size])
        assert events == [["text", '{"delta":"ä🎌"}'], ["answer", "a\nb"]], size
