"""A message as a person sees it in Slack, in plain lines: for the demonstration."""

from collections.abc import Iterator
from typing import Any

from tests.slack.workspace import Said

Json = dict[str, Any]


def rendered(one: Said, name: str) -> Iterator[str]:
    """A message: who wrote it, and what it shows."""
    yield f"{name}:"
    shown = [line for block in one.blocks for line in _block(block)] or one.text.splitlines()
    yield from (f"    {line}" for line in shown)


def _block(block: Json) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            for element in block["elements"]:
                yield from _element(element)
        case "actions":
            yield "  ".join(f"( {one['text']['text']} )" for one in block["elements"])
        case "context_actions":
            for one in block["elements"]:
                texts = (one[f"{kind}_button"]["text"]["text"] for kind in ("positive", "negative"))
                yield "  ".join(f"( {text} )" for text in texts)


def _element(element: Json) -> Iterator[str]:
    match element["type"]:
        case "rich_text_list":
            for item in element["elements"]:
                yield f"• {_runs(item['elements'])}"
        case "rich_text_quote":
            yield f"| {_runs(element['elements'])}"
        case _:
            yield _runs(element["elements"])


def _runs(parts: list[Json]) -> str:
    return "".join(_run(part) for part in parts)


def _run(part: Json) -> str:
    text: str = part["text"]
    if part["type"] == "link" and not text.startswith("["):
        text = f"{text} <{part['url']}>"
    return f"*{text}*" if (part.get("style") or {}).get("bold") else text
