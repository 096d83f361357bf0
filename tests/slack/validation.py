"""What Slack takes: a message's limits as it documents them, by slack-sdk's own models; and what a message would do."""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block, BlockElement

Json = Mapping[str, Any]

MAX_TEXT, MAX_BLOCKS, MAX_VIEW_BLOCKS = 40_000, 50, 100
MAX_ALL_TEXT = 13_200
"""Of all rich text of a message; more is refused as `msg_blocks_too_long`."""

_CONTROL = re.compile(r"<([^<>]*)>")
_RICH = {"rich_text_section", "rich_text_quote", "rich_text_list", "rich_text_preformatted"}
_RICH_PARTS = {"text": "text", "link": "url"}
_ACTS = {"button", "feedback_buttons"}


class RefusedError(Exception):
    """Slack wouldn't take it. error: as Slack names it."""

    def __init__(self, error: str, why: str) -> None:
        super().__init__(f"{error}: {why}")
        self.error = error


def check_message(message: Json) -> None:
    """Raise RefusedError where Slack would refuse a message."""
    blocks, text = message.get("blocks") or [], message.get("text")
    if not blocks and not text:
        raise RefusedError("no_text", "neither text nor blocks")
    if text is not None and len(text) > MAX_TEXT:
        raise RefusedError("msg_too_long", f"{len(text)} characters")
    check_blocks(blocks, MAX_BLOCKS)


def check_blocks(blocks: Sequence[Json], most: int) -> None:
    """Raise RefusedError where Slack would refuse blocks."""
    if len(blocks) > most:
        raise RefusedError("invalid_blocks", f"{len(blocks)} blocks")
    for block in blocks:
        _check_block(block)
    written = sum(len(part.get("text", "")) for block in blocks for part in _parts(block))
    if written > MAX_ALL_TEXT:
        raise RefusedError("msg_blocks_too_long", f"{written} characters")
    acts = [element["action_id"] for block in blocks for element in block.get("elements", []) if "action_id" in element]
    if len(acts) != len(set(acts)):
        raise RefusedError("invalid_blocks", "an action_id twice")


def mentions(message: Json) -> list[str]:
    """What a message would mention: people, groups, channels, everybody."""
    met = [one for text in _marked_up(message) for one in _CONTROL.findall(text) if one[:1] in {"@", "#", "!"}]
    parts = (part for block in message.get("blocks") or [] for part in _parts(block))
    return met + [str(part) for part in parts if part["type"] not in _RICH_PARTS]


def links(message: Json) -> list[tuple[str, str]]:
    """The links of a message: where each leads, and what it says."""
    found = []
    for text in _marked_up(message):
        for one in _CONTROL.findall(text):
            if one[:1] not in {"@", "#", "!"}:
                url, _, label = one.partition("|")
                found.append((url, label))
    for block in message.get("blocks") or []:
        found += [(part["url"], part.get("text", "")) for part in _parts(block) if part["type"] == "link"]
    return found


def words(message: Json) -> str:
    """All that the blocks of a message show."""
    return "".join(part.get("text", "") for block in message.get("blocks") or [] for part in _parts(block))


def unfurls(message: Json) -> bool:
    """Whether links of a message would be unfolded."""
    return message.get("unfurl_links") is not False or message.get("unfurl_media") is not False


def _check_block(block: Json) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            parsed = Block.parse(dict(block))
        again = parsed.to_dict() if parsed else None
    except (SlackObjectFormationError, TypeError, ValueError) as error:
        raise RefusedError("invalid_blocks", str(error)) from None
    if again is None:
        raise RefusedError("invalid_blocks", f"no block of type {block.get('type')}")
    if block["type"] == "rich_text":
        _check_rich(block)
    for element in block.get("elements", []):
        if element["type"] in _ACTS:
            _check_element(element)


def _check_element(element: Json) -> None:
    try:
        parsed = BlockElement.parse(dict(element))
        if parsed is None or not parsed.to_dict().get("action_id"):
            raise RefusedError("invalid_blocks", "an element without an action_id")
    except (SlackObjectFormationError, TypeError) as error:
        raise RefusedError("invalid_blocks", str(error)) from None


def _check_rich(block: Json) -> None:
    if not block["elements"] or any(element["type"] not in _RICH for element in block["elements"]):
        raise RefusedError("invalid_blocks", "elements of rich text")
    for part in _parts(block):
        needed = _RICH_PARTS.get(part["type"])
        if needed and not part.get(needed):
            raise RefusedError("invalid_blocks", f"a {part['type']} without its {needed}")
        if part["type"] == "link" and len(part["url"]) > 3_000:
            raise RefusedError("invalid_blocks", "too long an address")


def _parts(block: Json) -> Iterator[Json]:
    """The runs of a rich text."""
    if block["type"] != "rich_text":
        return
    for element in block["elements"]:
        for one in element["elements"]:
            yield from one["elements"] if element["type"] == "rich_text_list" else [one]


def _marked_up(message: Json) -> Iterator[str]:
    """The texts of a message in which `<...>` has a meaning."""
    if message.get("text"):
        yield message["text"]
    if message.get("markdown_text"):
        yield message["markdown_text"]
    for block in message.get("blocks") or []:
        fields = [block.get("text"), *block.get("fields", []), *block.get("elements", [])]
        for one in fields:
            if isinstance(one, dict) and one.get("type") == "mrkdwn":
                yield one["text"]
