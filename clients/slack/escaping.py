"""Text that Slack takes for nothing but text, and addresses that may be linked. Pure.

Slack reads three kinds of text. Runs of a `rich_text` block are shown as they are: nothing in them is a mention, a link
or markup, which is why answers are made of those. `mrkdwn`, the `text` of a message, gives `<...>` a meaning and knows
the entities `&amp;`, `&lt;` and `&gt;`. Markdown, which streams take, has its own signs besides.
"""

import re

from clients.visible import clean

MAX_URL = 3_000
"""Characters of an address that Slack takes."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_JOINER = "\N{WORD JOINER}"
_MARKDOWN = re.compile(r"([\\`*_~\[\]()#|!{}+\-])")
_ADDRESS = re.compile(r"://|@(?=\w)|#(?=\w)|:(?=\w)|\.(?=\w)")
_LIKE_AN_ADDRESS = re.compile(r"(?i)://|\bwww\.|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b|@")


def mrkdwn(text: str) -> str:
    """Text for the `text` of a message: it mentions nobody and links nowhere.

    >>> mrkdwn("AT&T <!channel>")
    'AT&amp;T &lt;!channel&gt;'
    """
    return "".join(_ENTITIES.get(character, character) for character in clean(text))


def markdown(text: str) -> str:
    r"""Text for a stream: no markup, and no address, mention or emoji is recognised in it.

    Each character is escaped by itself, so that text which comes in pieces is as safe as the whole. Addresses are
    broken by a word joiner, which can't be seen; what is streamed is not the last word, so that it need not be exact.

    >>> markdown("[1] *x*")
    '\\[1\\] \\*x\\*'
    """
    broken = _ADDRESS.sub(lambda met: f"{met[0]}{_JOINER}", clean(text))
    escaped = _MARKDOWN.sub(r"\\\1", broken)
    return "".join(_ENTITIES.get(character, character) for character in escaped)


def linkable(url: str | None) -> str | None:
    """The address, where it is one of the web that can be linked as it is; else None."""
    if url is None or len(url) > MAX_URL or not url.startswith(("http://", "https://")):
        return None
    plain = url.isascii() and url.isprintable() and not re.search(r"[\s<>|\"\\^`{}]", url)
    return url if plain and re.match(r"https?://[^/?#@]+(?:[/?#]|$)", url) else None


def link_text(title: str, url: str) -> str:
    """What a link to an article shows: its title; its address where the title itself looks like an address.

    A title is an article's own words: "https://bank.example" must not lead elsewhere.
    """
    return url if _LIKE_AN_ADDRESS.search(title) else title
