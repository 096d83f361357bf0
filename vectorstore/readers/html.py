"""Web pages (.html, .htm): an article's main text and what the page says of it, without what is around it or hidden."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from lxml.etree import LxmlError, ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from vectorstore.errors import ReadError
from vectorstore.readers.decode import decode
from vectorstore.readers.document import Document, read_bytes
from vectorstore.readers.fields import make_article
from vectorstore.readers.hidden import drop_hidden
from vectorstore.readers.page_facts import guessed_facts, not_later, shown_facts, stated_facts
from vectorstore.readers.urls import same_site
from vectorstore.records import Article, Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]{2,40})", re.IGNORECASE)
_CHARSET_BYTES = 4_096
_ENDS_OF_LINES = re.compile(r"[ \t]+$", re.MULTILINE)
_FEWEST_WORDS = 5
_LONGEST_MARKUP = 5_000_000  # characters; a megabyte of hostile markup takes seconds
_LONGEST_CELL = 400  # characters in a cell of a table that holds data
# What stands beside an article, by what its makers call it; trafilatura knows the rest.
_AROUND = [
    f"//*[contains(@class, '{name}') or contains(@id, '{name}')]"
    for name in ("related", "newsletter", "cookie", "consent", "paywall", "promo")
]


def read(document: Document) -> Iterator[Source]:
    """The page's article. ReadError where it has no main text; OSError."""
    markup = page_text(read_bytes(document), document.charset)
    yield Source(document.name, page_article(markup, document.url, document.key, datetime.now(UTC)))


def page_text(data: bytes, charset: str | None = None) -> str:
    """The page's markup. charset: what the server said. ReadError."""
    declared = _CHARSET.search(data[:_CHARSET_BYTES])
    for name in (charset, declared[1].decode("ascii") if declared else None):
        try:
            if name and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
                return data.decode(name)
        except (LookupError, ValueError):  # not its encoding, or none at all
            continue
    return decode(data)


def page_article(
    markup: str, url: str | None, key: str, latest: datetime, known: Mapping[str, str] | None = None
) -> Article:
    """The article of a page. url: where it was fetched. latest: a date of publication after it is none. ReadError.

    known: what is known of it already, by the names of `page_facts`, and counts before what the page says.
    """
    if len(markup) > _LONGEST_MARKUP:
        raise ReadError(f"it has more markup than a page ({_LONGEST_MARKUP:,} characters); save its text as .txt")
    page = _parsed(markup)
    facts = stated_facts(page) | dict(known or {})
    drop_hidden(page)
    if not_later(facts.get("published"), latest) is None:
        facts.pop("published", None)
    facts = shown_facts(page, latest) | facts
    text = _main_text(page)
    if len(text.split()) < _FEWEST_WORDS:
        raise ReadError("it has no text of an article that a reader sees; name a page that has one")
    if not {"title", "published", "source"} <= facts.keys():
        facts = guessed_facts(_parsed(markup, scripts=False), url, latest) | facts
    stated = facts.pop("url", None)
    address = stated if stated and (url is None or same_site(stated, url)) else url
    if address:
        facts["url"] = address
    return make_article(_without_title(text, facts.get("title")), facts, fallback_key=key)


def _parsed(markup: str, *, scripts: bool = True) -> HtmlElement:
    """The tree of a page. Nothing is loaded from anywhere. ReadError."""
    # A declared encoding is that of the bytes, which are text by now.
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup, count=1)
    try:
        page = document_fromstring(markup, parser=HTMLParser(no_network=True, huge_tree=False, remove_pis=True))
    except (LxmlError, ParserError, ValueError) as error:
        raise ReadError("it is no HTML that can be read; save the page anew") from error
    for script in [] if scripts else list(page.iter("script")):
        script.drop_tree()
    return page


def _main_text(page: HtmlElement) -> str:
    from trafilatura import bare_extraction  # 0.1 s

    for table in list(page.iter("table")):
        if not table.xpath(".//th") and any(len(cell.text_content()) > _LONGEST_CELL for cell in table.iter("td")):
            _unwrap(table)
    found = bare_extraction(page, include_comments=False, include_tables=True, prune_xpath=_AROUND)
    text = "" if found is None or isinstance(found, dict) else found.text or ""
    return _ENDS_OF_LINES.sub("", text).strip()


def _unwrap(table: HtmlElement) -> None:
    """Make blocks of a table that only places what is on the page, as pages were once built."""
    for part in list(table.iter("table", "tbody", "tr", "td")):
        part.tag = "div"


def _without_title(text: str, title: str | None) -> str:
    """The text without the title before it, which is kept beside it."""
    first, _, rest = text.partition("\n")
    return rest.lstrip() if title and rest.strip() and first.strip() == title else text
