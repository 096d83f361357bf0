"""Thumbs down as lines of a data set."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.conversations.records import Judged
from qa.evaluation.dataset import read_dataset
from qa.evaluation.errors import DatasetError
from qa.evaluation.from_feedback import TO_FILL_IN, lines_of
from qa.records import Verdict


def judged(
    question: str,
    answer_id: str = "x1",
    comment: str | None = None,
    asker: str | None = None,
    verdict: Verdict = "down",
) -> Judged:
    return Judged(answer_id, verdict, comment, asker, question, datetime(2026, 1, 1, tzinfo=UTC))


def test_a_question_is_one_case_with_all_that_was_said_of_it() -> None:
    given = [
        judged("How many left?", "x3", "old figure", "ada"),
        judged("Who leads?", "x2", verdict="up"),
        judged("how many  left?", "x1", "wrong – “figure”", "bo"),
        judged("How many left?", "x1", "old figure"),
        judged("Why?", "x0"),
    ]
    assert [json.loads(line) for line in lines_of(given)] == [
        {"id": "x3", "question": "How many left?", "answers": ["?"], "comments": ["old figure", "wrong – “figure”"]},
        {"id": "x0", "question": "Why?", "answers": ["?"], "comments": []},
    ]


def test_once_filled_in_it_is_a_data_set_and_not_before(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    lines = "\n".join(lines_of([judged("How many left?"), judged("Why?", "x0")]))
    path.write_text(lines.replace(f'["{TO_FILL_IN}"]', '["15,000"]', 1), "utf-8")
    with pytest.raises(DatasetError, match=r'line 2: "answers" holds an answer without words: write it out'):
        read_dataset(path)
    path.write_text(path.read_text("utf-8").replace(f'["{TO_FILL_IN}"]', "null"), "utf-8")
    filled, refused = read_dataset(path).cases
    assert (filled.id, filled.question, filled.answerable) == ("x1", "How many left?", True)
    assert "15,000" in filled.golds[0]
    assert not refused.answerable
