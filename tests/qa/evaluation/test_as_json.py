"""`qa eval --json`: the summary as a baseline holds it, and of each case what the figures were worked out from."""

import json
from pathlib import Path

from qa.evaluation.as_json import to_json
from qa.evaluation.baseline import read_summary
from tests.qa.evaluation.made import answer, evaluation, outcome, refused, retrieved


def test_each_case_has_what_the_figures_are_made_of() -> None:
    first = outcome(
        answer(short_answer="1963", confidence=0.87),
        ranking=retrieved(False, True, True),
        seconds=0.0123456,
        verdicts={"Hits@1": 0.0, "ans@3": 1.0},
        relevant=("a1", "a2"),
    )
    rows = json.loads(to_json(evaluation(first, outcome(refused(), id="q2", line=3, answerable=False))))["outcomes"]
    assert rows[0] == {
        "id": "q1", "line": 1, "question": "When did the harbour freeze?", "answerable": True, "answered": True,
        "confidence": 0.87, "chance": 0.87, "short_answer": "1963", "ranks": [2, 3],
        "verdicts": {"Hits@1": 0.0, "ans@3": 1.0},
        "latency_ms": 12.346,
    }  # fmt: skip
    assert (rows[1]["id"], rows[1]["line"], rows[1]["answered"], rows[1]["answerable"]) == ("q2", 3, False, False)


def test_two_runs_have_the_same_order() -> None:
    orders: tuple[dict[str, float], ...] = ({"ans@3": 1.0, "EM": 0.0}, {"EM": 0.0, "ans@3": 1.0})
    one, other = (to_json(evaluation(outcome(answer(), verdicts=verdicts))) for verdicts in orders)
    assert one == other


def test_a_rank_that_is_not_known_is_no_rank_that_was_missed() -> None:
    known, unknown = (outcome(answer(), ranking=retrieved(False), relevant=names) for names in (("a9",), ()))
    rows = json.loads(to_json(evaluation(known, unknown)))["outcomes"]
    assert [row["ranks"] for row in rows] == [[], None]


def test_it_is_read_as_the_summary_that_it_holds(tmp_path: Path) -> None:
    told = evaluation(outcome(answer()))
    path = tmp_path / "ice.json"
    path.write_bytes(to_json(told))
    assert read_summary(path) == told.summary


def test_words_that_utf_8_can_t_hold_are_escaped() -> None:
    told = to_json(evaluation(outcome(answer(short_answer="à Gand"), id="\ud800")))
    row = json.loads(told.decode("utf-8"))["outcomes"][0]
    assert (row["id"], row["short_answer"]) == ("\ud800", "à Gand")
