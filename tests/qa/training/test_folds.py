import re
import sys
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from qa.judge import Linear, load_judge
from qa.language.similarity import Similarity
from qa.short_answer.model import StretchModel, load_model
from qa.training import folds, train_judge
from qa.training.squad import read_squad
from tests.qa.training.test_train_judge import squad_file
from vectorstore.embedder import Embedder


def test_every_question_is_asked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    squad = squad_file(tmp_path / "squad.json")
    monkeypatch.setattr(sys, "argv", ["folds", str(squad), "--folds", "2"])
    learned: list[set[str]] = []
    learn = train_judge.learn

    def learning(lessons: list[train_judge.Lesson], names: tuple[str, ...]) -> object:
        learned.append({lesson.title for lesson in lessons})
        return learn(lessons, names)

    monkeypatch.setattr(train_judge, "learn", learning)
    folds.main()
    told = capsys.readouterr().out
    assert learned == [{"Herat", "Leeds"}, {"Ghazni", "Kabul"}]
    assert [int(count) for count in re.findall(r" of (\d+)$", told, re.MULTILINE)] == [12] * 6
    assert re.search(r"^ans@1 \d\.\d{3} of 12$", told, re.MULTILINE)


def test_what_was_learned_is_what_answers(tmp_path: Path, wordllama: Embedder) -> None:
    examples = read_squad(squad_file(tmp_path / "squad.json"))
    titles = frozenset(example.title for example in examples)
    kept, model = load_judge(), load_model()
    undecided = StretchModel(*(np.zeros_like(getattr(model, part.name)) for part in fields(model)))
    with train_judge.library(examples, titles, tmp_path / "store") as store:

        def answered(bias: float, stretches: StretchModel) -> tuple[float, float]:
            assures = Linear(kept.assures.weights * 0, kept.assures.means, kept.assures.scales, bias)
            told = list(folds.ask(examples, store, Similarity(wordllama), replace(kept, assures=assures), stretches))
            return sum(one.get("answered", 0.0) for _, one, _ in told), sum(one.get("F1", 0.0) for _, one, _ in told)

        assert answered(9.0, model)[0] == 12
        assert answered(-9.0, model) == (0, 0)
        assert answered(9.0, undecided)[1] < answered(9.0, model)[1]
