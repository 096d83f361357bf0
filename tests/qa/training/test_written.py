"""The lessons that were written for Dateline: what they must be for the trainings to read them."""

import gzip
import json
from collections import Counter

from qa.training.pairs import published
from qa.training.reader_lessons import WRITTEN, is_kept_apart
from qa.training.squad import read_squad

PAIRS = WRITTEN.with_name("written_pairs.jsonl.gz")


def test_each_answer_stands_where_it_is_said_to() -> None:
    questions = read_squad(WRITTEN)
    assert len(questions) == 5_250
    for one in questions:
        assert [
            one.context[start : start + len(answer)] for answer, start in zip(one.answers, one.starts, strict=True)
        ] == [*one.answers]


def test_both_kinds_of_questions_and_of_pairs_are_there_kept_apart_and_not() -> None:
    asked = Counter((bool(one.answers), is_kept_apart(one.context)) for one in read_squad(WRITTEN))
    assert (asked[True, True], asked[False, True]) == (557, 473)
    assert min(asked.values()) == 473
    for apart in (True, False):
        told = Counter(pair.borne_out for pair in published(PAIRS, apart=apart))
        assert 0.35 < told[True] / told.total() < 0.5


def test_no_pair_is_both() -> None:
    labels: dict[tuple[str, str], set[str]] = {}
    with gzip.open(PAIRS, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            labels.setdefault((row["premise"], row["hypothesis"]), set()).add(row["label"])
    assert all(len(told) == 1 for told in labels.values())
