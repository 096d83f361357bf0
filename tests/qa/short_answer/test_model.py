from pathlib import Path

import numpy as np
import pytest

from qa.language.similarity import Similarity
from qa.question import understand
from qa.short_answer.model import WEIGHTS, StretchModel, load_model
from qa.short_answer.signs import lay_out
from qa.short_answer.wanted import want
from tests.qa.fakes import nothing_alike

BY_HAND = StretchModel(
    signs=np.array([[1, -1]], np.float32),
    asked=np.array([[0, 2]], np.float32),
    bias=np.array([1, 0], np.float32),
    out=np.array([10, 1], np.float32),
    direct=np.array([100], np.float32),
)


def test_a_score_is_that_of_the_units_and_of_the_signs() -> None:
    scores = BY_HAND.score(np.array([3], np.float32), np.array([[2], [-4]], np.float32))
    assert scores.tolist() == [10 * 3 + 4 + 200, 10 - 400]


def test_weights_are_read_as_they_were_written(tmp_path: Path) -> None:
    BY_HAND.save(tmp_path / "weights.npz")
    read = load_model(tmp_path / "weights.npz")
    assert all(
        (getattr(read, name) == getattr(BY_HAND, name)).all() for name in ("signs", "asked", "bias", "out", "direct")
    )


@pytest.fixture
def similarity() -> Similarity:
    return nothing_alike()


def test_the_kept_weights_are_for_the_signs_there_are(similarity: Similarity) -> None:
    wanted = want(understand("Who left?"))
    laid = lay_out(wanted, "Simon Gass left.", (), similarity)
    model = load_model()
    assert model.signs.shape[0] == laid.signs.shape[1] == len(model.direct)
    assert model.asked.shape[0] == len(wanted.signs)
    assert WEIGHTS.stat().st_size < 500_000
