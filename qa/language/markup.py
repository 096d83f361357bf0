"""Markup in news text: what is taken out of a sentence before it is shown, and what keeps it from being shown. Pure.

The text of an answer is plain: `plain("[The *Post*](https://example.org) said <b>no</b>.")` gives "The *Post* said no."
"""

import re

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]{0,500})?/?>")
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,300})\]\((?!\s*<)[^()\s]{0,500}(?:\s[^()]{0,200})?\)")
_ACTIVE = re.compile(
    r"""<[a-zA-Z/!?] | \]\s?\( | \]:\s?\S+:// | !\[ | ```
      | \b[a-z][a-z0-9+.-]{1,20}:// | \bwww\d?\. | \b(?:javascript|vbscript|mailto):\S | \bdata:\w+/
      | [\w.+-]@[\w-]{1,63}\.[a-z]""",
    re.IGNORECASE | re.VERBOSE,
)
_RUNNING = re.compile(
    r"<(?:script|style|iframe|object|embed|img|svg|form|input|link|meta|base|video|audio)\b|\son\w+\s*=|"
    r"\b(?:javascript|vbscript):|\bdata:\w+/",
    re.IGNORECASE,
)
# One of these is in everything that is live: a quick look before that.
_SIGNS = ("<", "](", "] (", "]:", "![", "```", "://", "www", "script:", "mailto:", "data:", "@", "=")
# Not everything that may be a domain, but what a client may make a link of: "evil.com", not "U.S. troops" or "p.m."
_ADDRESS = re.compile(
    r"(?<![\w@.-])(?:[\w-]+\.)+(?:com|net|org|info|biz|io|ai|app|dev|xyz|top|site|online|shop|store|club|link|live|"
    r"news|gov|edu|int|eu|uk|us|ru|cn|de|fr|me|tv|cc|ly|gg|co)\b(?:/\S*)?",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """A text without tags, and with its Markdown links' words in place of the links."""
    if "<" in text:
        text = _TAG.sub("", text)
    return _LINK.sub(r"\1", text) if "](" in text else text


def is_live(text: str) -> bool:
    """Whether a text holds what a page would load, run or make a link of, once it is plain: then it is not shown."""
    lowered = text.lower()
    if not any(sign in lowered for sign in _SIGNS):
        return False
    return bool(_RUNNING.search(text) or _ACTIVE.search(plain(text)))


def addresses_in(text: str) -> frozenset[str]:
    """The bare addresses of a text, in lower case.

    >>> sorted(addresses_in("Amazon.com Inc. moved to evil.example.com/x at 5 p.m. in the U.S."))
    ['amazon.com', 'evil.example.com/x']
    """
    return frozenset(found[0].casefold().rstrip(".,;:!?)\"'”’") for found in _ADDRESS.finditer(text))
