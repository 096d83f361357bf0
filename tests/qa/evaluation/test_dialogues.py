import json
from pathlib import Path

import pytest

from qa.evaluation.dialogues import Dialogue, holds_dialogues, read_dialogues, read_passages
from qa.evaluation.errors import DatasetError

TURNS = {
    "conversation": "c",
    "turns": [
        {"speaker": "user", "text": "How many?"},
        {"speaker": "agent", "text": "Ten."},
        {"speaker": "user", "text": "When?"},
    ],
    "relevant": ["p1"],
    "answerability": "answerable",
}


def written(folder: Path, *rows: object) -> Path:
    place = folder / "rows.jsonl"
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return place


def test_turns_become_what_came_before_and_a_question(tmp_path: Path) -> None:
    (told,) = read_dialogues(written(tmp_path, TURNS))
    assert told == Dialogue("c", (("How many?", "Ten."),), "When?", ("p1",), "answerable")


def test_questions_with_a_rewriting_have_no_answers(tmp_path: Path) -> None:
    row = {"conversation": "c", "questions": ["How many?", "When?"], "rewrite": "When did ten come?"}
    (told,) = read_dialogues(written(tmp_path, row))
    assert told == Dialogue("c", (("How many?", ""),), "When?", rewrite="When did ten come?")


def test_halves_are_told_by_the_conversation_alone() -> None:
    assert Dialogue("a", (), "x").half == Dialogue("a", (), "y").half
    assert {Dialogue(name, (), "x").half for name in "abcdef"} == {"tuned", "apart"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"turns": []}, "its last turn is no question"),
        ({"turns": [*TURNS["turns"], {"speaker": "agent", "text": "May."}]}, "its last turn is no question"),
        ({"turns": [{"speaker": "user"}]}, 'with "speaker" and "text"'),
        ({"turns": [], "relevant": "p1"}, '"relevant" is no list'),
        ({"rewrite": "x", "questions": []}, '"questions" must be a list'),
    ],
)
def test_what_is_no_conversation_is_told_with_its_line(tmp_path: Path, row: object, told: str) -> None:
    with pytest.raises(DatasetError, match=f"line 2: .*{told}"):
        read_dialogues(written(tmp_path, TURNS, row))


def test_a_file_of_questions_holds_none(tmp_path: Path) -> None:
    assert holds_dialogues(written(tmp_path, TURNS))
    assert not holds_dialogues(written(tmp_path, {"question": "When?", "answers": None}))


def test_blank_passages_are_left_out(tmp_path: Path) -> None:
    rows = written(tmp_path, {"id": "p1", "text": "It froze.", "title": ""}, {"id": "p2", "text": " "})
    assert [(one.key, one.title) for one in read_passages(rows)] == [("p1", None)]
    with pytest.raises(DatasetError, match='line 1: a passage needs "id" and "text"'):
        read_passages(written(tmp_path, {"text": "It froze."}))
