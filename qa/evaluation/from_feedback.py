"""Thumbs down -> lines of a data set, in which a person writes what the answer should have been. Pure."""

import json
from collections.abc import Iterable, Iterator

from qa.conversations.records import Judged

TO_FILL_IN = "?"
"""Stands for the expected answer until a person writes it. A data set in which one is left is refused."""


def lines_of(judged: Iterable[Judged]) -> Iterator[str]:
    """One JSON object for each question that was answered badly, in the order in which they come first.

    `id` is the answer's, `question` as it was searched, so that a follow-up stands alone, `comments` what people said
    of it. Who said so is left out. What is judged "up" is passed over.
    """
    cases: dict[str, dict[str, object]] = {}
    comments: dict[str, list[str]] = {}
    for one in judged:
        if one.verdict != "down":
            continue
        known = " ".join(one.question.split()).casefold()
        cases.setdefault(known, {"id": one.answer_id, "question": one.question, "answers": [TO_FILL_IN]})
        said = comments.setdefault(known, [])
        if one.comment is not None and one.comment not in said:
            said.append(one.comment)
    for known, case in cases.items():
        yield json.dumps(case | {"comments": comments[known]}, ensure_ascii=False)
