import json
from pathlib import Path

from qa.language.linear import LinearClassifier, plain_words, total, words_and_pairs


def test_words_are_seen_with_the_one_before_them() -> None:
    assert words_and_pairs(plain_words(["It", "cost", "50"])) == ["it", "cost", "#", "^ it", "it cost", "cost #"]
    assert words_and_pairs([]) == []


def test_signs_that_weigh_nothing_count_nothing() -> None:
    assert total({"": -1.0, "it": 0.5, "cost": 2.0}, ["it", "rained"]) == -0.5


def test_weights_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    classifier = LinearClassifier(tmp_path / "weights.json", lambda sentence: frozenset(sentence.split()))
    classifier.path.write_text(json.dumps({"": -1.0, "rain": 3.0}))
    assert [classifier.score(one) for one in ("rain today", "sun")] == [2.0, -1.0]
