"""The benchmark of follow-ups runs, and asks what it says."""

from pathlib import Path

import pytest

from tests.bench import conversing
from tests.bench.material import Material
from tests.qa.seeded import SEEDS, open_samples
from vectorstore.embedding import open_embedding

QUESTIONS = ("How many people were evacuated?", "How many US troops are being sent?")


def test_each_question_is_followed_and_asked_of_both_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversing, "STORED_TURNS", 10)
    monkeypatch.setattr(conversing, "MAX_TURNS", 5)
    open_samples(tmp_path / "data", open_embedding("wordllama", None, None, 0)).close()
    figures = conversing.measure_conversing(Material(SEEDS, (), (), QUESTIONS), tmp_path)
    assert len(figures.stored) == 2
    assert len(figures.followed) == len(figures.again) == 2 - figures.asked_back > 0
    assert "10 stored turns" in str(figures)
