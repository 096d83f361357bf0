"""The cursors of listings: the number of the last row that was given, in words that a client hands back."""

from vectorstore.errors import BadCursorError


def number_of(cursor: str) -> int:
    """A cursor of ours as the number that it is. Raises BadCursorError."""
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise BadCursorError(f"There is no page {cursor[:40]!r}. Begin again without a cursor.")
    return int(cursor)
