"""Which pairs are kept out of the lessons, and how a judge is measured on them."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.bench.pairs import Pair, is_kept_out, kept_out, scores_of, shares


def pair(hypothesis: str, borne_out: bool) -> Pair:
    return Pair("A fell.", hypothesis, borne_out, "med")


def test_a_fifth_is_kept_out_and_always_the_same() -> None:
    premises = [f"{number} people left." for number in range(1_000)]
    kept = [premise for premise in premises if is_kept_out(premise)]
    assert 150 < len(kept) < 250
    assert kept[:3] == ["1 people left.", "5 people left.", "9 people left."]


def test_the_pairs_of_one_premise_stay_together(tmp_path: Path) -> None:
    rows = [
        {"set": "med", "premise": f"{number} people left.", "hypothesis": hypothesis, "label": label}
        for number in range(40)
        for hypothesis, label in [("People left.", "entailment"), ("All left.", "neutral"), ("None", "contradiction")]
    ]
    path = tmp_path / "pairs.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    pairs = kept_out(path)
    assert pairs
    assert all(is_kept_out(pair.premise) for pair in pairs)
    assert [pair.borne_out for pair in pairs] == [True, False, False] * (len(pairs) // 3)


def test_shares_count_each_side_by_itself() -> None:
    pairs = [pair("a", True), pair("b", True), pair("c", False), pair("d", False), pair("e", False)]
    passes = np.array([True, False, False, False, True])
    assert shares(pairs, passes) == pytest.approx((1 / 2, 2 / 3))
    assert np.isnan(shares(pairs[:2], passes[:2])[1])


def test_a_judge_is_asked_for_all_pairs_in_order() -> None:
    def judge(asked: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        return np.array([len(hypothesis) for _, hypothesis in asked], dtype=np.float32)

    pairs = [pair("x" * number, True) for number in range(600)]
    assert scores_of(judge, pairs).tolist() == list(range(600))
