"""Sitemaps: the addresses of a site's pages, and of more sitemaps."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from vectorstore.errors import ReadError
from vectorstore.readers.document import Document
from vectorstore.readers.dump import NotArticlesError
from vectorstore.readers.urls import is_web, same_site
from vectorstore.records import Source

_GZIP = b"\x1f\x8b"
_LARGEST_BYTES = 50_000_000  # the protocol's own bound


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists, in its order. pages, sitemaps: addresses of its own site."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]


def read(_: Document) -> Iterator[Source]:
    """A saved sitemap holds no articles. Raises NotArticlesError."""
    raise NotArticlesError("it is a sitemap, which only lists pages; name its address, and they are fetched")


def listed(data: bytes, url: str) -> Sitemap:
    """What a sitemap lists that is of its own site: others are not its to speak for. ReadError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise ReadError("it is no sitemap that can be read; check its address")
    found: dict[str, list[str]] = {"url": [], "sitemap": []}
    for place in root.iter("{*}loc"):
        parent = etree.QName(place.getparent()).localname if place.getparent() is not None else ""
        address = (place.text or "").strip()
        if parent in found and is_web(address) and same_site(address, url):
            found[parent].append(address)
    return Sitemap(tuple(dict.fromkeys(found["url"])), tuple(dict.fromkeys(found["sitemap"])))


def unpacked(data: bytes) -> bytes:
    """What is fetched of a sitemap, unpacked where it is packed (sitemap.xml.gz). ReadError where it is too much."""
    if not data.startswith(_GZIP):
        return data
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(data, _LARGEST_BYTES)
    except zlib.error:
        raise ReadError("it is damaged and can't be unpacked; get it anew") from None
    if unpacker.unconsumed_tail:
        raise ReadError(f"it unpacks to more than {_LARGEST_BYTES:,} bytes; name its parts")
    return plain
