"""A site's robots.txt, as RFC 9309 has it: the group for us, or for all, and in it the longest rule that fits. Pure."""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

AGENT = "Dateline"

_MOST_LINES = 10_000
_LONGEST_DELAY_S = 10.0
_SAFE = "/%:@!$&'()*+,;=?-._~"


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site asks. rules: (pattern of a path, whether it may be read). delay_s: between fetches, at most 10."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay_s: float = 0.0

    def allows(self, url: str) -> bool:
        """Whether an address of the site may be fetched. Of rules as long as each other, the one that allows counts."""
        parts = urlsplit(url)
        path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, path)]
        return max(fitting, default=(0, True))[1]


def parsed(text: str) -> Robots:
    """A robots.txt. What isn't understood is passed over."""
    groups: list[tuple[set[str], list[tuple[str, bool]], list[float]]] = []
    naming = False
    for line in text.splitlines()[:_MOST_LINES]:
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), value.strip()
        if not colon:
            continue
        if field == "user-agent":
            if not naming:
                groups.append((set(), [], []))
            groups[-1][0].add(value.lower())
            naming = True
            continue
        naming = False
        if not groups:
            continue
        if field in {"allow", "disallow"} and value:
            groups[-1][1].append((_normal(value), field == "allow"))
        elif field == "crawl-delay" and re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value):
            groups[-1][2].append(min(float(value), _LONGEST_DELAY_S))
    ours = [group for group in groups if AGENT.lower() in group[0]] or [group for group in groups if "*" in group[0]]
    rules = tuple(rule for _, some, _ in ours for rule in some)
    return Robots(rules, max((delay for *_, delays in ours for delay in delays), default=0.0))


def _normal(path: str) -> str:
    """A path with the same escapes whoever wrote it."""
    return quote(unquote(path, errors="surrogateescape"), safe=_SAFE, errors="surrogateescape")


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says: "*" is anything, "$" at its end the end. Without backtracking."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest):
        if whole and number == len(rest) - 1:
            return len(path) - len(part) >= at and path.endswith(part)
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return at == len(path) if whole else True
