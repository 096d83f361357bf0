import gzip
import json
from dataclasses import replace
from pathlib import Path

from qa.language.corrections import signs_of
from qa.language.linear import LinearClassifier, total
from qa.training.linear import Lessons, Recipe, learn, lessons_of, others_of, save

LESSONS = Lessons(
    told=["An earlier version misstated the sum."] * 8,
    near=["An earlier version of the law failed."] * 8,
    others=["It rained all day."] * 40,
)
RECIPE = Recipe(rounds=800, fewest=4, telling=4.0, sparse=1e-4)


def test_texts_give_their_sentences_once(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl.gz"
    records = [{"context": "It rained. It poured."}] * 2 + [{"sentence": "He left."}]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    assert sorted(others_of([path])) == ["He left.", "It poured.", "It rained."]


def test_lessons_are_told_apart_by_their_mark(tmp_path: Path) -> None:
    path = tmp_path / "lessons.tsv"
    path.write_text("1\tRead more\n0\tIt rained.\n1\tShare\n")
    assert lessons_of(path) == (["Read more", "Share"], ["It rained."])


def test_what_is_learned_parts_what_is_told_from_others(tmp_path: Path) -> None:
    weights = learn(LESSONS, signs_of, RECIPE)
    classifier = LinearClassifier(tmp_path / "weights.json", signs_of)
    save(weights, classifier.path)
    told, near, other = (classifier.score(some[0]) for some in (LESSONS.told, LESSONS.near, LESSONS.others))
    assert told > 0 > max(near, other)
    assert told == total(weights, signs_of(LESSONS.told[0]))


def test_what_is_seen_too_seldom_is_no_sign() -> None:
    assert set(learn(LESSONS, signs_of, replace(RECIPE, fewest=17))) == {""}
