"""Which row of a table, and which cell of it, a question asks for: by the words it shares with them. Pure.

A reader of sentences was taught none of this: in "Town: Calder; Inhabitants: 8,150; Schools: 4" it takes any number.
"""

from collections.abc import Sequence
from dataclasses import replace

from qa.language.figures import find_quantities
from qa.language.terms import content_words, key_of, keys_of, synonyms_of
from qa.question.understand import NUMERIC, Question
from qa.reading.candidates import Candidate
from qa.reading.spans.answer_span import AnswerSpan, Likeness, figure_span
from vectorstore.rows import Named

_LIKE = 0.45  # from this cosine on, two words are taken to mean much the same
_JUST_THAT = 1.0  # how well a figure fits that stands in the cell asked for


def of_rows_asked(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates, of each table only the rows that hold most of what the question names.

    Of a table of which no row holds any of it, all rows stay.
    """
    asked = frozenset(map(key_of, question.words))
    held = [len(asked & _values(one)) if one.row and one.row.cells else 0 for one in candidates]
    most: dict[tuple[str, int | None], int] = {}
    for one, count in zip(candidates, held, strict=True):
        if one.row and one.row.cells:
            most[_table(one)] = max(count, most.get(_table(one), 0))
    return [
        one
        for one, count in zip(candidates, held, strict=True)
        if not (one.row and one.row.cells) or count == most[_table(one)]
    ]


def cell_asked(question: Question, one: Candidate, likeness: Likeness) -> Named | None:
    """The cell whose column the question names, of a row that it names; None for other rows and sentences.

    Cells that hold words of the question say of what it asks, and not what. Where a question names no row, none may be
    what it asks about.
    """
    cells = one.row.cells if one.row else ()
    asked = frozenset(map(key_of, question.words))
    if asked.isdisjoint(_values(one)) or not _holds_whole_names(question, _values(one)):
        return None
    named = [cell for cell in cells if cell.name]
    others = [cell for cell in named if asked.isdisjoint(keys_of(one.text[cell.start : cell.end]))]
    words = [word for word in question.words if key_of(word) not in _values(one)]
    shares = [_share_named(words, cell, likeness) for cell in others]
    best = max(shares, default=0.0)
    return others[shares.index(best)] if best > 0 and shares.count(best) == 1 else None


def spans_in(question: Question, reading: str, cell: Named, found: Sequence[AnswerSpan]) -> tuple[AnswerSpan, ...]:
    """The spans of a row that are in a cell of it, where what is asked for is there; of a figure that is just that."""
    inside = tuple(span for span in found if cell.start <= span.start and span.end <= cell.end)
    if question.asked not in NUMERIC:
        return inside
    quantities = [one for one in find_quantities(reading) if cell.start <= one.start < cell.end]
    told = inside or [figure_span(one, _JUST_THAT) for one in quantities]
    return tuple(replace(span, fit=_JUST_THAT) for span in told)


def _table(one: Candidate) -> tuple[str, int | None]:
    return one.hit.article.id, one.row.table if one.row else None


def _values(one: Candidate) -> frozenset[str]:
    """The keys of the words in the cells of a row."""
    cells = one.row.cells if one.row else ()
    return frozenset(key for cell in cells for key in keys_of(one.text[cell.start : cell.end]))


def _holds_whole_names(question: Question, values: frozenset[str]) -> bool:
    """Whether values that hold words of a name hold all of it: "East Bay" is not "West Bay"."""
    names = (frozenset(map(key_of, name)) for name in question.names)
    return all(name <= values or name.isdisjoint(values) for name in names)


def _share_named(words: Sequence[str], cell: Named, likeness: Likeness) -> float:
    """How far some of the words say what a cell's column is called, from 0 to the number of words."""
    names = content_words(cell.name) or [cell.name]
    keys = {key_of(name) for name in names}
    total = 0.0
    for word in words:
        if not keys.isdisjoint(synonyms_of(key_of(word))):
            total += 1.0
        elif (near := max(likeness(word, name) for name in names)) >= _LIKE:
            total += near
    return total
