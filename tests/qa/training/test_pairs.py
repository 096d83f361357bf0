import gzip
import json
from pathlib import Path

import pytest

from qa.training.pairs import is_kept_apart, made, published

TEXT = "Ada Lun founded the hospital in Orley in 1990. Tom Hale, a nurse, praised her on Monday. It has 40 beds."
ASKED = [
    ("Who founded the hospital in Orley?", "Ada Lun"),
    ("Who praised Ada Lun?", "Tom Hale"),
    ("How many beds are there in Orley?", "40"),
    ("Where is the hospital?", "Orley"),
]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    return path


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    rows = [
        {"title": "Orley", "context": TEXT, "question": question, "answers": [answer],
         "answer_starts": [TEXT.index(answer)], "unanswerable": False}
        for question, answer in ASKED
    ]  # fmt: skip
    return write(tmp_path / "asked.jsonl.gz", rows)


def test_every_question_gives_a_true_sentence_and_a_false_one(questions: Path) -> None:
    pairs = list(made([questions], seed=1))
    assert pairs == list(made([questions], seed=1))
    told = {pair.claim: pair.borne_out for pair in pairs if pair.kind != "unsure source"}
    assert told["Ada Lun founded the hospital in Orley."] is True
    assert told["Tom Hale praised Ada Lun."] is True
    assert told["Where is the hospital? Orley."] is True
    assert {pair.borne_out for pair in pairs if pair.kind == "statement, wrong"} == {False}
    assert len([pair for pair in pairs if not pair.borne_out]) >= 4


def test_published_pairs_are_kept_apart_by_their_source(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"set": "made", "premise": f"Bell {number} rang.", "hypothesis": text, "label": label}
        for number in range(50)
        for text, label in (
            ("A bell rang.", "entailment"),
            ("No bell rang.", "contradiction"),
            ("It rained.", "neutral"),
        )
    ]
    path = write(tmp_path / "pairs.jsonl.gz", rows)
    apart, others = published(path, apart=True), published(path, apart=False)
    assert len(apart) == 39
    assert len(apart) < len(others)
    assert not any(is_kept_apart(pair.claim) for pair in others)
    assert {pair.source for pair in apart}.isdisjoint(pair.source for pair in others)
    assert all(is_kept_apart(pair.source) for pair in apart)
    assert sum(pair.borne_out for pair in apart) == 13
