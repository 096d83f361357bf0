"""What `qa eval --from-feedback` does: the questions that were answered badly, as the lines of a data set on stdout."""

from collections.abc import Iterator

from clients.cli.session import ERROR, open_client
from clients.cli.terminal import complain, write_json
from clients.client import Client
from qa.conversations.records import Judged
from qa.evaluation.from_feedback import TO_FILL_IN, lines_of

_PAGE = 200


def print_cases() -> int:
    """Print a line for each question with a thumb down. 1 where there is none, else 0."""
    with open_client() as client:
        lines = tuple(lines_of(_thumbs_down(client)))
    if not lines:
        complain(
            "No answer has a thumb down, so there is nothing to make cases of. The page's thumbs and POST "
            "/answers/{id}/feedback give them."
        )
        return ERROR
    write_json("\n".join(lines).encode())
    complain(
        f'{len(lines):,} to fill in: write the expected answer in the place of "{TO_FILL_IN}", or null for "answers" '
        "where the articles don't say. Then: qa eval FILE"
    )
    return 0


def _thumbs_down(client: Client) -> Iterator[Judged]:
    """All of them, the last given first."""
    cursor = None
    while True:
        page = client.feedback(limit=_PAGE, cursor=cursor, verdict="down")
        yield from page.items
        cursor = page.next_cursor
        if cursor is None:
            return
