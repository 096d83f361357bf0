"""The word lists of `word_lists.txt`, by section."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("word_lists.txt")


def listed(section: str) -> frozenset[str]:
    """All words of a section, in lower case."""
    return frozenset(word for group in groups_of(section) for word in group)


def groups_of(section: str) -> tuple[tuple[str, ...], ...]:
    """The words of a section, line by line."""
    return _sections()[section]


@cache
def _sections() -> dict[str, tuple[tuple[str, ...], ...]]:
    sections: dict[str, tuple[tuple[str, ...], ...]] = {}
    name = ""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            sections[name] = ()
        elif line and not line.startswith("#"):
            sections[name] = (*sections[name], tuple(line.split()))
    return sections
