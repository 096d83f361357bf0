"""The rows of tables and the items of lists, each with how it is read: a sentence that says by itself what it is of.

"East | 11 | 66%" is read "District: East; Seats: 11; Turnout: 66%", and "- Anna Berg, 34" is "The dead are: Anna Berg,
34". Text is found, compared and answered by what is read; what is cited is the row as it stands. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from vectorstore.grids import Grid, Line, grids_of, lines_of

_PERCENT = re.compile(r"\s*(?:\(%\)|\(per ?cent\)|%)$", re.IGNORECASE)
_BARE = re.compile(r"[-+−]?\d[\d.,\s]*")
_ITEM = re.compile(r"(?:[-*•‣◦·+]|\(?\d{1,3}[.)])\s+(?=\S)")
_INTRODUCED = re.compile(r":[*_ \t]*\n\s*(?:[-*•‣◦·+]|\(?\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=\S)")
_LONGEST_LEAD = 200  # characters of what introduces a list
_LONGEST_ITEM = 400
_KEPT, _LONGEST_KEPT = 64, 20_000  # texts whose rows are kept, and the characters of one
_KEPT_LONGER = 8  # longer texts: each of their sentences asks for all their rows


class Named(NamedTuple):
    """A cell with what its column is called, "" where nothing says so: `reading[start:end]` of its row."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or an item of a list: `text[start:end]`.

    reading: what is read for it. cells: those of a table's row that hold something. table: where the
    first row of its table begins; None for an item. head: whether it only names columns, or is a rule, and says nothing
    by itself.
    """

    start: int
    end: int
    reading: str
    cells: tuple[Named, ...] = ()
    table: int | None = None
    head: bool = False


def rows_of(text: str) -> tuple[Row, ...]:
    """The rows and items of a text that is canonical, in order, without overlap. The same text gives the same rows.

    >>> [row.reading for row in rows_of("District | Seats\\nNorth | 14\\nEast | 11")]
    ['District | Seats', 'District: North; Seats: 14', 'District: East; Seats: 11']
    """
    return _kept_rows(text) if len(text) <= _LONGEST_KEPT else _kept_longer(text)


def row_at(text: str, start: int, end: int) -> Row | None:
    """The row that is just `text[start:end]`."""
    return next((row for row in rows_of(text) if row.start == start and row.end == end), None)


def aloud(text: str, start: int, end: int) -> str:
    """`text[start:end]` as it is read: each row that is wholly in it by its reading."""
    told, at = [], start
    for row in _within(text, start, end):
        told += [text[at : row.start], row.reading]
        at = row.end
    return "".join(told) + text[at:end]


def place_aloud(text: str, start: int, place: int) -> int:
    """Where `text[place]` is in `aloud(text, start, ...)`, where it is in no row, or begins one."""
    longer = sum(len(row.reading) - (row.end - row.start) for row in _within(text, start, place))
    return place - start + longer


def _within(text: str, start: int, end: int) -> Iterator[Row]:
    return (row for row in rows_of(text) if start <= row.start and row.end <= end)


def _rows(text: str) -> tuple[Row, ...]:
    grids = [row for grid in grids_of(text) for row in _of_grid(grid)]
    taken = {row.start for row in grids}
    items = [row for row in _items(text) if row.start not in taken] if _INTRODUCED.search(text) else []
    return tuple(sorted((*grids, *items), key=lambda row: row.start))


_kept_rows = lru_cache(maxsize=_KEPT)(_rows)
_kept_longer = lru_cache(maxsize=_KEPT_LONGER)(_rows)


def _of_grid(grid: Grid) -> Iterator[Row]:
    table = grid.rows[0][0].start
    for line in grid.above:
        yield Row(line.start, line.end, line.text, table=table, head=True)
    for line, cells in grid.rows:
        reading, named = _read(grid.head, cells)
        yield Row(line.start, line.end, reading, named, table)


def _read(head: tuple[str, ...], cells: tuple[str, ...]) -> tuple[str, tuple[Named, ...]]:
    """A row in words: each cell after what its column is called; of two columns without names the first is that."""
    if not head and len(cells) == 2 and all(cells):
        head, cells = cells[:1], cells[1:]
    told, named = "", []
    for name, cell in zip_longest(head, cells, fillvalue=""):
        if not cell:
            continue
        name, cell = _with_unit(name.rstrip(": "), cell)
        told += ("; " if told else "") + (f"{name}: " if name else "")
        named.append(Named(name, len(told), len(told) + len(cell)))
        told += cell
    return told, tuple(named)


def _with_unit(name: str, cell: str) -> tuple[str, str]:
    """A column's name and a cell of it: "Turnout (%)" and "61" are "Turnout" and "61%"."""
    if _PERCENT.search(name) and _BARE.fullmatch(cell):
        return _PERCENT.sub("", name), f"{cell}%"
    return name, cell


def _items(text: str) -> Iterator[Row]:
    """The items of the lists that a line introduces, with blank lines between them or none."""
    lead: str | None = None
    lines = lines_of(text)
    for place, line in enumerate(lines):
        if not _ITEM.match(line.text):
            lead = lead if place and _goes_on(text, lines[place - 1], line) else _lead(line)
        elif lead:
            last = place
            while last + 1 < len(lines) and _goes_on(text, lines[last], lines[last + 1]):
                last += 1
            if row := _item(text[line.start : lines[last].end], line.start, lead):
                yield row


def _goes_on(text: str, line: Line, following: Line) -> bool:
    """Whether an item goes on in the line below it: in small letters, or further in."""
    between = text[line.end : following.start]
    if between.count("\n") != 1 or _ITEM.match(following.text):
        return False
    return following.text[0].islower() or between.endswith(("  ", "\t"))


def _lead(line: Line) -> str | None:
    """What introduces the lines after it, without its colon; None where it doesn't."""
    told = line.text.rstrip("*_ ")
    last = list(_SENTENCE_END.finditer(told))
    told = told[last[-1].end() :] if last else told
    return told[:-1].lstrip("#*_ ") if told.endswith(":") and len(told) <= _LONGEST_LEAD else None


def _item(written: str, start: int, lead: str) -> Row | None:
    """An item with what introduces it; None where it is of several sentences, which say by themselves what they say."""
    told = " ".join(_ITEM.sub("", written, count=1).split())
    if len(told) > _LONGEST_ITEM or _SENTENCE_END.search(told):
        return None
    return Row(start, start + len(written), f"{lead}: {told}")
