"""Tables as they stand in plain text: which runs of lines are one, and what their cells are. Pure.

Cells are parted by bars ("a | b", Markdown), by tabs or runs of spaces (aligned columns), or by commas or semicolons
(CSV). A run of lines is a table only where its form says so: prose has commas and double spaces, too.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_FEWEST_ALIGNED = 3  # lines without bars, of which two may be alike by chance
_LONGEST_CELL = 120
_LONGEST_CSV_LINE = 300
_FEWEST_COMMAS = 2
_NUMERIC_SHARE = 0.5  # of a column's cells, from which on it is one of figures
_SLACK = 1  # characters by which columns may be out of line

_RULE = re.compile(r"(?=.*[-=]{2})[\s|:+=-]+")
_RULES = frozenset("|:+=-")
_BAR = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r"\t+ *| {2,}\t*")
_AFTER_SENTENCE = re.compile(r"[.!?][\"”’)]* {2}(?! )")  # as typists part sentences
_ENDED = re.compile(r"[.!?:,;][\"”’)]*$")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a line. at: where it begins in the line; text: without white space around it, often empty."""

    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: `text[start:end]`, not blank, without white space around it."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends, exclusive."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. head: what its columns are called, () where nothing says so. above: the lines that hold no row: that of
    the head, and rules. rows: each line with its cells, as many as the head has where it has one."""

    head: tuple[str, ...]
    above: tuple[Line, ...]
    rows: tuple[tuple[Line, tuple[str, ...]], ...]


_Cells = Callable[[str], list[Cell]]
_Row = tuple[Line, list[Cell]]


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    found, at = [], 0
    for raw in text.splitlines(keepends=True):
        if line := raw.strip():
            found.append(Line(at + len(raw) - len(raw.lstrip()), line))
        at += len(raw)
    return found


def grids_of(text: str) -> list[Grid]:
    """The tables of a text, in order. Linear in its length."""
    barred, gapped = "|" in text, _GAP.search(text) is not None
    if not barred and not gapped and text.count("\n") < _FEWEST_ALIGNED - 1:
        return []
    lines = lines_of(text)
    found: list[Grid] = []
    layouts: list[tuple[_Cells, Callable[[list[_Row], bool], Grid | None]]] = []
    layouts += [(_barred, _of_bars)] if barred else []
    layouts += [(_gapped, _of_columns)] if gapped else []
    layouts += [(_commas, _of_csv), (_semicolons, _of_csv)]
    for cells, make in layouts:
        taken = {line.start for grid in found for line in (*grid.above, *(line for line, _ in grid.rows))}
        free = [line for line in lines if line.start not in taken]
        for rows, rules in _runs(text, free, cells, across=cells is _barred):
            grid = make(rows, any(rule.start > rows[0][0].start and rule.start < rows[1][0].start for rule in rules))
            if grid is not None:
                found.append(Grid(grid.head, (*grid.above, *rules), grid.rows))
    return sorted(found, key=lambda grid: grid.rows[0][0].start)


def is_figure(cell: str) -> bool:
    """Whether a cell holds a figure."""
    return _DIGIT.search(cell) is not None


def _runs(text: str, lines: Sequence[Line], cells: _Cells, *, across: bool) -> Iterator[tuple[list[_Row], list[Line]]]:
    """Runs of two lines or more that have cells, and the rules between them. across: blank lines end none of them."""
    rows: list[_Row] = []
    rules: list[Line] = []
    for place, line in enumerate(lines):
        apart = place > 0 and text.count("\n", lines[place - 1].end, line.start) > 1
        rule = line.text[0] in _RULES and _RULE.fullmatch(line.text) is not None
        found = [] if rule else cells(line.text)
        other = across and apart and rows and found and len(found) != len(rows[-1][1])
        if (apart and not across) or other or (not rule and len(found) < 2):
            if len(rows) > 1:
                yield rows, rules
            rows, rules = [], []
        if rule and rows:
            rules.append(line)
        elif len(found) > 1:
            rows.append((line, found))
    if len(rows) > 1:
        yield rows, rules


def _barred(line: str) -> list[Cell]:
    """The cells between bars; those before the first and after the last bar of a line count where they aren't empty."""
    cells, at = [], 0
    for bar in (*_BAR.finditer(line), None):
        end = bar.start() if bar else len(line)
        cells.append(Cell(at, line[at:end].strip().replace("\\|", "|")))
        at = end + 1
    if len(cells) == 1:
        return []
    inner = cells[1:] if not cells[0].text else cells
    return inner[:-1] if not inner[-1].text else inner


def _gapped(line: str) -> list[Cell]:
    if _AFTER_SENTENCE.search(line) or "|" in line:
        return []
    cells, at = [], 0
    for gap in (*_GAP.finditer(line), None):
        end = gap.start() if gap else len(line)
        cells.append(Cell(at, line[at:end]))
        at = gap.end() if gap else end
    return cells if all(0 < len(cell.text) <= _LONGEST_CELL for cell in cells) else []


def _commas(line: str) -> list[Cell]:
    return _delimited(line, ",") if line.count(",") >= _FEWEST_COMMAS else []


def _semicolons(line: str) -> list[Cell]:
    return _delimited(line, ";") if ";" in line else []


def _delimited(line: str, delimiter: str) -> list[Cell]:
    if len(line) > _LONGEST_CSV_LINE or _ENDED.search(line):
        return []
    try:
        (row,) = csv.reader([line], delimiter=delimiter, skipinitialspace=True, strict=True)
    except (csv.Error, ValueError):
        return []
    return [Cell(0, cell.strip()) for cell in row]


def _of_bars(rows: list[_Row], ruled: bool) -> Grid | None:
    """A row of which only one cell holds something, or all the same, is the table's caption where it is the first."""
    told = [tuple(cell.text for cell in cells) for _, cells in rows]
    captions = 0
    while captions < len(rows) - 2 and len(set(filter(None, told[captions]))) < 2:
        captions, ruled = captions + 1, False
    rows, told, above = rows[captions:], told[captions:], tuple(line for line, _ in rows[:captions])
    first = told[0]
    if any(len(row) > len(first) for row in told):
        return None if not ruled else _grid(rows, [row[: len(first)] for row in told], above, headed=True)
    full = [row + ("",) * (len(first) - len(row)) for row in told]
    return _grid(rows, full, above, headed=ruled or is_head(full[0], full[1:], wordy=len(rows) >= _FEWEST_ALIGNED))


def _of_columns(rows: list[_Row], ruled: bool) -> Grid | None:
    """Columns that stand under each other: by where their cells begin or end, or as figures under words."""
    if len(rows) < _FEWEST_ALIGNED - ruled:
        return None
    columns = max((cells for _, cells in rows[:2]), key=len)
    told = [_under(columns, cells) for _, cells in rows]
    if any(row is None for row in told):
        return None
    full = [row for row in told if row is not None]
    starts_alike = all(
        any(abs(cell.at - column.at) <= _SLACK for column in columns) for _, cells in rows for cell in cells
    )
    headed = ruled or is_head(full[0], full[1:], wordy=starts_alike)
    return _grid(rows, full, headed=headed) if headed or starts_alike else None


def _of_csv(rows: list[_Row], _ruled: bool) -> Grid | None:
    told = [tuple(cell.text for cell in cells) for _, cells in rows]
    if len(rows) < _FEWEST_ALIGNED or len({len(row) for row in told}) > 1:
        return None
    return _grid(rows, told, headed=True) if is_head(told[0], told[1:], wordy=False) else None


def _under(columns: Sequence[Cell], cells: Sequence[Cell]) -> tuple[str, ...] | None:
    """The cells of a line by the columns they stand under, "" where none does; None where two stand under one."""
    if len(cells) == len(columns):
        return tuple(cell.text for cell in cells)
    row = [""] * len(columns)
    for cell in cells:
        place = min(range(len(columns)), key=lambda at: _distance(columns[at], cell))
        if row[place]:
            return None
        row[place] = cell.text
    return tuple(row)


def _distance(column: Cell, cell: Cell) -> int:
    """How far two cells are out of line: by their beginnings, or their ends where those are nearer."""
    return min(abs(column.at - cell.at), abs(column.at + len(column.text) - cell.at - len(cell.text)))


def is_head(first: Sequence[str], body: Sequence[Sequence[str]], *, wordy: bool) -> bool:
    """Whether a first row names the columns: it holds words, or years, and figures stand below them.

    wordy: whether words may stand below them as well.
    """
    named = [cell for cell in first if cell]
    years = [bool(_YEAR.fullmatch(cell)) for cell in first]
    if any(is_figure(cell) and not year for cell, year in zip(first, years, strict=True)):
        return False
    if years[0] or (any(years) and not all(years[1:])) or len(set(named)) < len(first) - 1:
        return False
    columns = list(zip(*body, strict=True))
    figures = [sum(map(is_figure, column)) >= _NUMERIC_SHARE * len(column) for column in columns]
    return any(figures) or (wordy and not any(years) and all(map(any, columns)))


def _grid(rows: list[_Row], told: Sequence[Sequence[str]], above: tuple[Line, ...] = (), *, headed: bool) -> Grid:
    lines = [line for line, _ in rows]
    if not headed:
        return Grid((), above, tuple(zip(lines, map(tuple, told), strict=True)))
    return Grid(tuple(told[0]), (*above, lines[0]), tuple(zip(lines[1:], map(tuple, told[1:]), strict=True)))
