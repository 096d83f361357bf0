"""Which rows of a table may bear a claim out: each tells of another, and facts of two of them make no third. Pure."""

from collections.abc import Sequence

from qa.verification.figure_match import Match

Table = tuple[int, int | None]  # the number of its source, and where it begins in that


def that_may_bear_out(tables: Sequence[Table | None], met: Sequence[Sequence[Match]]) -> list[int]:
    """Return the places of the sentences that are no rows, and of the rows that lack no fact which another row of
    their table has.

    tables: the table that each sentence is a row of; None for none. met: how far each bears out each of the facts.
    Where "Calder" stands in one row and "9" in another, neither may bear out "Calder has 9 schools".

    >>> that_may_bear_out([(1, 0), (1, 0), None], [[Match.MET, Match.MISSING], [Match.MISSING, Match.MET], [Match.MET]])
    [2]
    """
    most: dict[Table, list[Match]] = {}
    for table, held in zip(tables, met, strict=True):
        if table:
            most[table] = [max(pair) for pair in zip(held, most.get(table, held), strict=True)]
    return [at for at, table in enumerate(tables) if table is None or list(met[at]) == most[table]]
