"""The benchmark of many clients runs, and counts what it says."""

from collections import Counter
from pathlib import Path

import pytest

from tests.bench import crowd
from tests.bench.material import Material
from tests.qa.seeded import SEEDS, open_samples
from vectorstore.embedding import open_embedding

QUESTIONS = ("How many people were evacuated?", "How many US troops are being sent?", "Who warned Ben Wallace?")


def test_every_question_is_asked_once_and_then_all_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "CLIENTS", 3)
    monkeypatch.setattr(crowd, "_TOO_MANY", 12)
    open_samples(tmp_path / "data", open_embedding("wordllama", None, None, 0)).close()
    figures = crowd.measure_crowd(Material(SEEDS, (), (), QUESTIONS), tmp_path, 100.0)
    assert (len(figures.waits), figures.errors, figures.without_hint) == (3, 0, 0)
    assert figures.told == {200: 12}


def test_the_share_is_of_the_readers_limit() -> None:
    figures = crowd.CrowdFigures(50.0, 4.0, [1.0] * 60, 0, Counter({200: 2, 503: 1}), 0)
    assert figures.share == pytest.approx(0.75)
    assert "2 with 200, 1 with 503" in str(figures)
