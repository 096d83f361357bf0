"""What a person wrote in Slack, as plain text: mentions, links and escapes in words. Pure."""

import re

_CONTROL = re.compile(r"<([^<>]*)>")
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ESCAPED = re.compile("|".join(_NAMED))
_BLANKS = re.compile(r"[ \t]{2,}")


def plain(text: str, me: str) -> str:
    """A message's text without mentions of the bot. me: the bot's user id.

    >>> plain("<@UBOT> did <@U1|ann> say <https://example.org|this> &amp; that?", "UBOT")
    'did @ann say this & that?'
    """
    spoken = _CONTROL.sub(lambda met: _spoken(met[1], me), text)
    return _BLANKS.sub(" ", _ESCAPED.sub(lambda met: _NAMED[met[0]], spoken)).strip()


def mentions(text: str, person: str) -> bool:
    """Whether a message's text mentions a person, by id."""
    return re.search(rf"<@{re.escape(person)}(?:\|[^<>]*)?>", text) is not None


def is_to_another(text: str, me: str) -> bool:
    """Whether a message begins with the mention of somebody else than the bot."""
    met = re.match(r"\s*<@([A-Z0-9]+)(?:\|[^<>]*)?>", text)
    return met is not None and met[1] != me


def _spoken(inside: str, me: str) -> str:
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return "" if target[1:] == me else f"@{label or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
        case _:
            return label or target
