import gzip
import json
from pathlib import Path

from qa.training.squad import Example, read_squad

CONTEXT = "It rained. Kabul fell on Friday. It was hot."
START = CONTEXT.index("Friday")
EXPECTED = [
    Example("War", CONTEXT, "When did it fall?", ("Friday", "on Friday"), (START, START - 3)),
    Example("War", CONTEXT, "Who fell?", (), ()),
]
LINE = {
    "title": "War", "context": CONTEXT, "question": "When did it fall?",
    "answers": ["Friday", "on Friday"], "answer_starts": [START, START - 3],
}  # fmt: skip
UNANSWERABLE = {"title": "War", "context": CONTEXT, "question": "Who fell?", "answers": [], "answer_starts": []}


def test_one_question_a_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "squad.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, (LINE, UNANSWERABLE))).encode()))
    assert read_squad(path) == EXPECTED


def test_squads_own_json_is_read(tmp_path: Path) -> None:
    answers = [{"text": "Friday", "answer_start": START}, {"text": "on Friday", "answer_start": START - 3}]
    asked = [{"question": "When did it fall?", "answers": answers}, {"question": "Who fell?", "answers": []}]
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "War", "paragraphs": [{"context": CONTEXT, "qas": asked}]}]}))
    assert read_squad(path) == EXPECTED


def test_the_sentence_is_the_one_in_which_the_answers_begin() -> None:
    assert EXPECTED[0].sentence == "Kabul fell on Friday."


def test_an_answer_that_begins_with_white_space_is_of_the_sentence_before() -> None:
    space = CONTEXT.index(" Kabul")
    assert Example("War", CONTEXT, "Which city fell?", (" Kabul",), (space,)).sentence == "It rained."
