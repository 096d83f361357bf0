"""Words of articles within Markdown: they say what they say, and mean nothing to it. Pure."""

import re

_MEANING = re.compile(r"([\\`*_{}\[\]<>#|~])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~])")
_SAFE_URL = re.compile(r"https?://[^\s<>()\[\]\\\"`]+")


def escaped(text: str) -> str:
    """Text on one line in which nothing means anything to Markdown."""
    return literal(text.strip())


def literal(text: str) -> str:
    """What is within a line, `escaped`: a space at its ends is kept."""
    return _MEANING.sub(r"\\\1", re.sub(r"\s+", " ", text))


def unescaped(text: str) -> str:
    """What was `escaped`, as it was."""
    return _ESCAPED.sub(r"\1", text)


def web_address(url: str | None) -> str | None:
    """The URL, where a browser opens it as a page and no sign in it ends a link; else None."""
    return url if url and _SAFE_URL.fullmatch(url) else None


def linked(title: str, url: str | None) -> str:
    """A title, linked where its URL is a `web_address`."""
    return f"[{escaped(title)}](<{url}>)" if web_address(url) else escaped(title)
