"""What a page holds but doesn't show: taken out before anything is read, so that nobody's answer rests on it.

It goes by what the page's own markup says: attributes, inline styles and the simple rules of its <style> elements. What
an external style sheet or a script hides is not known here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

_NEVER_SHOWN = {"script", "style", "template", "noscript", "iframe", "object", "svg", "head"}
_KEPT = {"html", "body"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<marks>(?:[.#][\w-]+)*)", re.IGNORECASE)
_MARK = re.compile(r"[.#][\w-]+")
_ZERO = re.compile(r"[+-]?0*\.?0+\s*(?:px|em|rem|%|pt|vh|vw)?")
_FAR_OFF = re.compile(r"-\d{3,}(?:\.\d+)?\s*(?:px|em|rem|pt|%|vw|vh)")
_CLIPPED = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)|inset\(\s*(?:50|100)%")
_LONGEST_STYLE = 1_000_000  # characters of a page's own rules
_NAMED = {"white": "ffffff", "black": "000000"}
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?\s*\)")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule of a style sheet that is about one element by itself. marks: ".class" and "#id", all to be met."""

    tag: str
    marks: frozenset[str]
    declared: Mapping[str, str]
    weight: tuple[int, int, int]


def drop_hidden(page: HtmlElement) -> None:
    """Take out of a page whatever a reader doesn't see. JSON-LD is to be read before: it is in a script."""
    rules = _Rules(page)
    _drop(page, rules, None)


class _Rules:
    """The simple rules of a page's own style sheets, by what they are about."""

    def __init__(self, page: HtmlElement) -> None:
        self._by: dict[str, list[_Rule]] = defaultdict(list)
        css = "\n".join(style.text or "" for style in page.iter("style"))[:_LONGEST_STYLE]
        for number, (selectors, declared) in enumerate(_top_rules(_COMMENT.sub("", css))):
            for selector in selectors.split(","):
                found = _SELECTOR.fullmatch(selector.strip())
                if found and found[0]:
                    marks = frozenset(_MARK.findall(found["marks"]))
                    tag = (found["tag"] or "").lower()
                    ids = sum(mark.startswith("#") for mark in marks)
                    rule = _Rule(tag, marks, declared, (ids, len(marks) - ids, number))
                    self._by[min(marks) if marks else tag].append(rule)

    def declared(self, element: HtmlElement) -> dict[str, str]:
        """What the page says of how an element looks, its own style last."""
        marks = {f".{name}" for name in (element.get("class") or "").split()}
        if element.get("id"):
            marks.add(f"#{element.get('id')}")
        rules = [rule for key in (*marks, element.tag) for rule in self._by.get(key, ())]
        met = (rule for rule in rules if rule.marks <= marks and rule.tag in ("", element.tag))
        style: dict[str, str] = {}
        for rule in sorted(met, key=lambda rule: rule.weight):
            style |= rule.declared
        return style | _declarations(element.get("style") or "")


def _top_rules(css: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """(selectors, declarations) outside of at-rules: what a medium or an animation says holds only sometimes."""
    depth, start, selectors = 0, 0, ""
    for at, sign in ((found.start(), found[0]) for found in re.finditer(r"[{};]", css)):
        if sign == "{":
            if depth == 0:
                selectors, start = css[start:at].strip(), at + 1
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                if not selectors.startswith("@"):
                    yield selectors, _declarations(css[start:at])
                start = at + 1
        elif depth == 0:  # the end of an @import
            start = at + 1


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon and value.strip()
    }


def _drop(page: HtmlElement, rules: _Rules, background: str | None) -> None:
    """Go through the tree with a stack of its own: pages may be nested deeper than calls."""
    waiting: list[tuple[HtmlElement, str | None]] = [(page, background)]
    while waiting:
        element, behind = waiting.pop()
        for child in list(element):
            if not isinstance(child.tag, str):  # a comment or an instruction
                child.drop_tree()
                continue
            style = rules.declared(child)
            shown = style.get("background-color") or style.get("background")
            on = (_colour(shown) if shown else None) or behind
            if child.tag not in _KEPT and (_is_never_shown(child) or _is_unseen(style, on)):
                child.drop_tree()
            else:
                waiting.append((child, on))


def _is_never_shown(element: HtmlElement) -> bool:
    if element.tag in _NEVER_SHOWN or "hidden" in element.attrib:
        return True
    return bool(element.tag == "dialog" and "open" not in element.attrib)


def _is_unseen(style: Mapping[str, str], background: str | None) -> bool:
    """Whether these declarations leave nothing to be seen. background: the colour behind, None where not told."""
    if not style:
        return False
    zero = {name for name, value in style.items() if _ZERO.fullmatch(value)}
    colour = _colour(style["color"]) if "color" in style else None
    flat = zero & {"width", "height", "max-width", "max-height"}
    placed = style.get("position") in {"absolute", "fixed"}
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or bool(zero & {"opacity", "font-size"})
        or (bool(flat) and style.get("overflow") in {"hidden", "clip"})
        or (placed and any(_FAR_OFF.fullmatch(style.get(side, "")) for side in ("left", "top", "right")))
        or bool(_FAR_OFF.fullmatch(style.get("text-indent", "")))
        or bool(_CLIPPED.match(style.get("clip", "")) or _CLIPPED.match(style.get("clip-path", "")))
        or colour == "transparent"
        or (colour is not None and colour == background)
    )


def _colour(value: str) -> str | None:
    """A colour as six hexadecimal digits, "transparent", or None where it isn't a plain one."""
    value = _NAMED.get(value, value.removeprefix("#")) if not value.startswith("rgb") else value
    if re.fullmatch(r"[0-9a-f]{3}", value):
        return "".join(digit * 2 for digit in value)
    if re.fullmatch(r"[0-9a-f]{6}", value) or value == "transparent":
        return value
    found = _RGB.match(value)
    if not found:
        return None
    if found[4] is not None and float(found[4].rstrip("%") or 1) == 0:
        return "transparent"
    return "".join(f"{min(255, int(part)):02x}" for part in found.groups()[:3])
