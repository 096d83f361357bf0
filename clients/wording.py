"""How the surfaces for people put things into words: a number of things, a figure, what tells of a source. Pure."""

import re
from collections.abc import Iterable

from clients.visible import line
from qa.records import Answer, Figure, ToldDate

_COUNTED = re.compile(r"(?![A-Z]{3}$)[^\W\d].*")  # "US troops", neither "%" nor "USD"

_SEVERAL: dict[str | None, str] = {"differ": "The sources differ:", "changed": "The figure changed in time:"}


def counted(number: int, noun: str) -> str:
    """A number of things, in words: "1 article", "1,234 passages"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def figure_words(figure: Figure) -> str:
    """A figure with what it counts, on one line: "15,000 people"."""
    said = figure.text.lower()
    unit = figure.unit if figure.unit and _COUNTED.fullmatch(figure.unit) and figure.unit.lower() not in said else ""
    return line(f"{figure.text} {unit}".strip())


def figures_title(answer: Answer) -> str | None:
    """What stands above an answer's figures, where it gives several; None where it doesn't."""
    if len({str(figure.value) for figure in answer.figures}) < 2:
        return None
    return _SEVERAL.get(answer.agreement, "The articles give several figures:")


def dates_told(dates: Iterable[ToldDate]) -> str:
    """What the words for times in a quote mean: "Tuesday: Tuesday, 12 March 2024"."""
    return "; ".join(line(f"{one.words}: {one.told}") for one in dates)


def joined(*parts: str | None) -> str:
    """What is known of a source, each part on one line: "Meridian Wire, 2021-08-13"."""
    return ", ".join(line(part) for part in parts if part)
