import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.judge import STANDING, Judge, Linear, load_judge, softmax, standing
from tests.qa.fakes import judge_of

SCORES = st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=20)


def floats(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


@given(SCORES)
def test_shares_are_of_one_and_in_the_order_of_the_scores(scores: list[float]) -> None:
    shares = softmax(floats(*scores))
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert (shares >= 0).all()
    assert shares[int(np.argmax(scores))] == shares.max()


def test_softmax_by_hand_and_of_scores_however_high() -> None:
    assert softmax(floats(0, math.log(3))).tolist() == pytest.approx([0.25, 0.75])
    assert softmax(floats(1e30, 1e30)).tolist() == [0.5, 0.5]
    assert softmax(floats(-1e30, 0)).tolist() == [0, 1]


def test_standing_is_the_best_score_its_margin_its_share_and_the_spread() -> None:
    low, high = 0.25, 0.75
    spread = -(low * math.log(low) + high * math.log(high))
    score = math.log(3)
    assert standing(floats(0, score)).tolist() == pytest.approx([score, score, high, spread])
    assert standing(floats(score, 0)).tolist() == pytest.approx([score, score, high, spread])
    assert len(standing(floats(0, score))) == len(STANDING)


def test_one_sentence_alone_stands_out_by_one() -> None:
    assert standing(floats(-2)).tolist() == pytest.approx([-2, 1, 1, 0], abs=1e-6)


def test_equal_sentences_do_not_stand_out() -> None:
    assert standing(floats(3, 3, 3, 3)).tolist() == pytest.approx([3, 0, 0.25, math.log(4)])


def test_a_linear_model_standardises_and_adds_its_bias() -> None:
    linear = Linear(weights=floats(2, -1), means=floats(1, 0), scales=floats(2, 0.5), bias=0.25)
    assert linear.of(floats(3, 1, 1, 0).reshape(2, 2)).tolist() == pytest.approx([2 * 1 - 2 + 0.25, 0.25])


def test_sentences_are_ranked_by_the_features_that_it_names_whatever_else_there_is() -> None:
    judge = judge_of({"b": 1.0, "a": math.log(3)})
    features = {"a": floats(0, 1), "c": floats(9, -9), "b": floats(2, 2)}
    assert judge.rank(features).tolist() == pytest.approx([0.25, 0.75])
    assert judge.rank(dict(reversed(features.items()))).tolist() == pytest.approx([0.25, 0.75])


def test_confidence_is_from_the_best_sentence_and_how_it_stands() -> None:
    judge = judge_of({"a": 1.0}, {"a": 2.0, "margin": 10.0}, bias=-1.0)
    features = {"a": floats(0.25, 0.5)}
    assert judge.assure(features, 1) == pytest.approx(1 / (1 + math.exp(-(2 * 0.5 + 10 * 0.25 - 1))))
    assert judge.assure(features, 0) == pytest.approx(1 / (1 + math.exp(-(2 * 0.25 + 10 * 0.25 - 1))))


def test_one_sentence_only_is_surely_the_best_and_has_a_confidence_of_its_own() -> None:
    kept = load_judge()
    features = {name: floats(0.5) for name in kept.names}
    assert kept.rank(features).tolist() == [1]
    assert 0 < kept.assure(features, 0) < 1


def test_the_kept_file_holds_what_it_should() -> None:
    judge = load_judge()
    wide = len(judge.names)
    assert len(set(judge.names)) == wide
    for linear, width in ((judge.ranks, wide), (judge.assures, wide + len(STANDING))):
        for part in (linear.weights, linear.means, linear.scales):
            assert part.shape == (width,)
            assert np.isfinite(part).all()
        assert (linear.scales > 0).all()
        assert linear.weights.any()
    assert load_judge() is judge


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    def linear(*weights: float, bias: float) -> dict[str, object]:
        return {"weights": weights, "means": [0] * len(weights), "scales": [1] * len(weights), "bias": bias}

    path = tmp_path / "judge.json"
    told = {"features": ["a"], "ranks": linear(2, bias=0), "assures": linear(1, 0, 0, 0, 0, bias=-1)}
    path.write_text(json.dumps(told), encoding="utf-8")
    judge = load_judge(path)
    assert judge.names == ("a",)
    assert judge.rank({"a": floats(0, math.log(3) / 2)}).tolist() == pytest.approx([0.25, 0.75])
    assert judge.assure({"a": floats(1)}, 0) == pytest.approx(0.5)


@pytest.fixture(scope="module")
def kept() -> Judge:
    return load_judge()


@given(st.lists(st.floats(-1, 5, width=32), min_size=1, max_size=8), st.integers(0, 1000))
def test_the_kept_judges_chances_are_chances(kept: Judge, values: list[float], seed: int) -> None:
    shuffled = np.random.default_rng(seed)
    features = {name: shuffled.permutation(floats(*values)) for name in kept.names}
    chances = kept.rank(features)
    assert chances.sum() == pytest.approx(1, abs=1e-5)
    assert 0 <= kept.assure(features, int(chances.argmax())) <= 1
