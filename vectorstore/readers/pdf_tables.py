"""The tables of a PDF's page: what stands under each other there is a row of cells in the text. Pure."""

from collections.abc import Sequence

from vectorstore.grids import grids_of


def with_tables(plain: str, layout: str) -> str:
    """The lines of a page, each row of a table as a line with its cells between bars.

    plain: the page in the order of reading. layout: the same with its columns kept apart by spaces, or "".

    >>> print(with_tables("Town Seats\\nNorth 14\\nEast 11", "Town    Seats\\nNorth      14\\nEast       11"))
    | Town | Seats |
    | North | 14 |
    | East | 11 |
    """
    lines = plain.splitlines()
    for grid in grids_of(layout):
        rows = [cells for _, cells in grid.rows]
        for row in [grid.head, *rows] if grid.head else rows:
            lines = _with_row(lines, row)
    return "\n".join(lines)


def _with_row(lines: Sequence[str], cells: Sequence[str]) -> list[str]:
    """The lines with the first run of them that holds just these cells as one."""
    wanted = _squeezed("".join(cells))
    for first in range(len(lines)):
        held = ""
        for last in range(first, min(first + len(cells), len(lines))):
            held += _squeezed(lines[last])
            if held == wanted:
                return [*lines[:first], f"| {' | '.join(cells)} |", *lines[last + 1 :]]
            if not wanted.startswith(held):
                break
    return list(lines)


def _squeezed(text: str) -> str:
    return "".join(text.split())
