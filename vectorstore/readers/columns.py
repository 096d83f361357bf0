"""Which field of a dump's records is which of ours, where a person says so: "text=body"."""

from collections.abc import Iterable, Mapping

from vectorstore.errors import ReadError

FIELDS = ("text", "title", "url", "source", "author", "published", "language", "id")


def columns_of(pairs: Iterable[str]) -> dict[str, str]:
    """{our field: theirs} of "text=body", "published=pub_date"... ReadError says which of them is no such pair."""
    columns: dict[str, str] = {}
    for pair in pairs:
        ours, equals, theirs = pair.partition("=")
        ours, theirs = ours.strip().lower(), theirs.strip()
        if not equals or ours not in FIELDS or not theirs:
            known = ", ".join(FIELDS)
            raise ReadError(f"{pair!r} maps no field; write FIELD=NAME, like text=body, FIELD one of {known}")
        if ours in columns:
            raise ReadError(f"{ours} is mapped twice, to {columns[ours]} and to {theirs}; leave one of them out")
        columns[ours] = theirs
    return columns


def renamed(record: Mapping[str, object], columns: Mapping[str, str]) -> Mapping[str, object]:
    """The record with its fields under our names; those that are mapped count before others of the same name."""
    if not columns:
        return record
    taken = set(columns.values())
    rest = {name: value for name, value in record.items() if name not in taken and name not in columns}
    return {ours: record[theirs] for ours, theirs in columns.items() if theirs in record} | rest
