"""Addresses of articles, each in the one form by which it is known again."""

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")  # nothing in it has another form


def is_web(address: str) -> bool:
    """Whether it is an address of the web: http or https, with a host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)


def normal_url(address: str) -> str:
    """The address without trackers, its host in lower case, its query in order; what is no web address as it stands.

    >>> normal_url("https://News.example/a?utm_source=x&id=3")
    'https://news.example/a?id=3'
    """
    if not is_web(address) or _PLAIN.fullmatch(address):
        return address
    from courlan import normalize_url  # 0.1 s, and many articles have no address

    try:
        return str(normalize_url(address))
    except (ValueError, TypeError):
        return address


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: hosts that are alike but for "www", "m" or "amp" in front."""
    return _site(one) == _site(other) != ""


def _site(address: str) -> str:
    host = (urlsplit(address).hostname or "") if is_web(address) else ""
    first, _, rest = host.partition(".")
    return rest if first in {"www", "m", "amp", "mobile"} and "." in rest else host
