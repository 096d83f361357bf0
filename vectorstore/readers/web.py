"""An address -> the articles there: of a page or a file, of a feed's entries, of the pages that a sitemap lists."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from urllib.parse import urlsplit

from vectorstore.errors import NotModifiedError, ReadError
from vectorstore.fetching import Fetched
from vectorstore.fetching.conditional import Getter
from vectorstore.readers import kinds
from vectorstore.readers.document import Document
from vectorstore.readers.reading import read_document
from vectorstore.readers.sniff import by_content
from vectorstore.readers.urls import normal_url
from vectorstore.records import Source

MOST_PAGES = 1_000
_MOST_SITEMAPS = 50


@dataclass(frozen=True, slots=True)
class Opened:
    """What is at an address. lists_pages: whether it is a feed or sitemap. sources: read as they are asked for."""

    lists_pages: bool
    sources: Iterator[Source]


class WebReader:
    """Reads addresses, each page once. most: pages that one feed or sitemap may bring.

    turn: where a sitemap is read in parts, as often as it takes: the pages of the least turn come first, and that some
    are left is no failure. left: how many.
    """

    def __init__(
        self,
        fetcher: Getter,
        columns: Mapping[str, str] | None = None,
        *,
        most: int = MOST_PAGES,
        turn: Callable[[str], int] | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._columns = columns or {}
        self._most = most
        self._turn = turn
        self.left = 0
        self._seen: set[str] = set()
        self._begun = self._pages = 0

    def read(self, url: str) -> Iterator[Source]:
        """The articles at an address; see `open`."""
        yield from self.open(url).sources

    def open(self, url: str) -> Opened:
        """What is at an address. ReadError, FetchError among them, where it can't be fetched or read itself.

        What can't be read of the pages that a feed or sitemap names is a Source with a reason.
        """
        document, kind = self._document(self._fetcher.get(url))
        self._seen.add(document.key)
        if kind is kinds.FEED:
            return Opened(True, self._of_feed(document))
        if kind is kinds.SITEMAP:
            return Opened(True, self._of_sitemap(document))
        return Opened(False, _read(document))

    def share(self) -> float | None:
        """How much of the feed or sitemap that was opened last has been read, 0 to 1; None where it is neither."""
        return self._begun / self._pages if self._pages else None

    def _of_feed(self, document: Document) -> Iterator[Source]:
        from vectorstore.readers.feeds import entries, whole_article  # 0.1 s

        with document.open() as stream:
            found = entries(stream.read(), document.name)
        for number, entry in enumerate(found):
            if (reason := self._enough(number, len(found))) is not None:
                yield Source(document.name, reason=reason)
                return
            key = normal_url(entry.url) if entry.url else f"{document.key}#{entry.name}"
            if key in self._seen:
                continue
            self._seen.add(key)
            article = whole_article(entry, key)
            if article is None and entry.url:
                yield from (_completed(source, entry.facts) for source in self._page(entry.url))
            else:
                reason = "the feed has neither its text nor its address; name the page itself"
                yield Source(entry.url or entry.name, article, None if article else reason)

    def _of_sitemap(self, document: Document) -> Iterator[Source]:
        from vectorstore.readers.sitemaps import listed, unpacked

        with document.open() as stream:
            waiting, pages = [listed(unpacked(stream.read()), document.name)], list[str]()
        opened = 1
        while waiting:
            sitemap = waiting.pop(0)
            pages += sitemap.pages
            for address in sitemap.sitemaps:
                if opened == _MOST_SITEMAPS or (self._turn is None and len(pages) > self._most):
                    yield Source(address, reason="it is one sitemap too many for one time; name it itself")
                    break
                opened += 1
                try:
                    waiting.append(listed(unpacked(self._fetcher.get(address).data), address))
                except NotModifiedError:
                    continue
                except ReadError as error:
                    yield Source(address, reason=str(error))
        fresh = [page for page in dict.fromkeys(pages) if normal_url(page) not in self._seen]
        if self._turn is not None:
            self.left = max(0, len(fresh) - self._most)
            fresh = sorted(fresh, key=self._turn)[: self._most]
        for number, page in enumerate(fresh):
            if (reason := self._enough(number, len(fresh))) is not None:
                yield Source(document.name, reason=reason)
                return
            yield from self._page(page)

    def _page(self, url: str) -> Iterator[Source]:
        """The article of a page that another named: its failure is a reason, and one that was not modified is none."""
        try:
            document, kind = self._document(self._fetcher.get(url))
            self._seen.add(document.key)
            if kind in {kinds.FEED, kinds.SITEMAP}:
                yield Source(url, reason="it only lists pages itself; name its address")
            else:
                yield from _read(document)
        except NotModifiedError:
            return
        except ReadError as error:
            yield Source(url, reason=str(error))

    def _enough(self, number: int, of: int) -> str | None:
        """Why no more pages are fetched; None where they are. number: of those that were, of so many."""
        self._begun, self._pages = number, min(of, self._most)
        rest = f"the other {of - number:,} of its {of:,} pages were not fetched"
        if number >= self._most:
            return f"{self._most:,} pages are the most at one time, so {rest}; name them, or their sitemaps"
        return None

    def _document(self, fetched: Fetched) -> tuple[Document, kinds.Kind | None]:
        """What was fetched, and its kind as far as its content shows it. ReadError where it holds no text."""
        data = fetched.data
        document = Document(
            fetched.url,
            normal_url(fetched.url),
            lambda: BytesIO(data),
            len(data),
            fetched.url,
            fetched.charset,
            self._columns,
        )
        if document.name.lower().partition("?")[0].endswith(".xml.gz"):
            return document, kinds.SITEMAP
        return document, by_content(document)


def _completed(source: Source, facts: Mapping[str, str]) -> Source:
    """The article of a feed's page, with what the feed says of it where the page says nothing."""
    article = source.article
    if article is None:
        return source
    published = article.published_at or facts.get("published")
    author, publisher = article.author or facts.get("author"), article.source
    if publisher is None or publisher == urlsplit(article.url or "").netloc:  # the page only has its address
        publisher = facts.get("source", publisher)
    return replace(source, article=replace(article, published_at=published, author=author, source=publisher))


def _read(document: Document) -> Iterator[Source]:
    """What is in a document that was fetched; an article that names no address of its own has the document's."""
    for source in read_document(document):
        article = source.article
        if article is not None and article.url is None and article.key == document.key:
            source = replace(source, article=replace(article, url=document.key))
        yield source
