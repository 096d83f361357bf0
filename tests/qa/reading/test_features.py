"""Each feature of a sentence, worked out by hand; all words of a question weigh the same."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import qa.reading.judge
from qa.language.similarity import Similarity
from qa.question.understand import understand
from qa.reading.coverage import SHARES
from qa.reading.evidence import Examined, examine
from qa.reading.features import _shortest_stretch
from qa.reading.judge import load_judge
from tests.qa.fakes import FakeEmbedder, article, hit, hits, nothing_alike
from vectorstore.records import Hit

WHY = "Why did the ferry burn?"


def examined(question: str, found: Sequence[Hit], similarity: Similarity | None = None) -> Examined:
    return examine(understand(question), found, lambda _: 1.0, similarity or nothing_alike())


def feature(
    name: str, question: str, text: str, sentence: str | None = None, similarity: Similarity | None = None
) -> float:
    """A feature of a sentence of a text, which is its only sentence unless one is given."""
    found = examined(question, hits(text), similarity)
    place = [one.text for one in found.candidates].index(sentence or text)
    return float(found.features[name][place])


def test_the_features_are_those_of_the_kept_judge_in_its_order() -> None:
    names = list(examined(WHY, hits("The ferry burned.")).features)
    assert names == list(load_judge().names)
    told = json.loads(Path(qa.reading.judge.__file__).with_name("judge.json").read_text(encoding="utf-8"))
    assert names == told["features"]


def test_exact_is_the_share_of_the_words_that_it_holds() -> None:
    assert feature("exact", WHY, "The ferry burned.") == 1
    assert feature("exact", WHY, "The ferry left.") == 0.5
    assert feature("exact", WHY, "The boat left.") == 0
    assert feature("exact", "Why did the European Union burn?", "The EU burned.") == 1


def test_exact_is_weighted_by_rarity() -> None:
    rarity = {"ferry": 3.5, "burn": 0.5}.__getitem__
    found = examine(understand(WHY), hits("The ferry left."), rarity, nothing_alike())
    assert found.features["exact"].tolist() == pytest.approx([5 / 7])  # (1.5 + 3.5) / (1.5 + 3.5 + 1.5 + 0.5)


def test_soft_counts_words_as_far_as_they_are_alike() -> None:
    likes = Similarity(FakeEmbedder({"ferry": (1.0, 0.0), "vaporetto": (0.6, 0.8), "cake": (-1.0, 0.0)}))
    assert feature("soft", WHY, "The vaporetto burned.", similarity=likes) == pytest.approx((0.6 + 1) / 2)
    assert feature("exact", WHY, "The vaporetto burned.", similarity=likes) == 0.5
    assert feature("soft", WHY, "The cake burned.", similarity=likes) == 0.5


def test_around_counts_words_beside_the_sentence_in_full() -> None:
    text = "It burned. The ferry left. One. Two. Three."
    assert feature("around", WHY, text, "The ferry left.") == 1
    assert feature("exact", WHY, text, "The ferry left.") == 0.5
    assert feature("around", WHY, text, "Three.") == 0


def test_plain_leaves_names_out() -> None:
    assert feature("plain", "Why did Carter resign?", "Nobody resigned.") == 1
    assert feature("plain", "Why did Carter resign?", "Carter spoke.") == 0
    assert feature("plain", "Who is Ned Price?", "Ned Price spoke.") == -1


def test_coverage_said_and_absent_are_what_is_met() -> None:
    text = "It burned. The ferry left."
    assert feature("coverage", WHY, text, "The ferry left.") == pytest.approx((1 + SHARES.near) / 2)
    question = "Why did Carter resign?"
    assert feature("said", question, "Carter resigned.") == 1
    assert feature("said", question, "Carter spoke.") == 0
    assert feature("absent", question, "Carter spoke.") == 0
    assert feature("absent", question, "Nobody resigned.") == 1


def test_other_number_is_the_share_of_the_numbers_that_it_does_not_have() -> None:
    question = "Why did 600 troops leave on 3 May?"
    assert feature("other_number", question, "On 3 May 600 troops left.") == 0
    assert feature("other_number", question, "On 4 May 600 troops left.") == 0.5
    assert feature("other_number", question, "They left.") == 1
    assert feature("other_number", WHY, "They left.") == 0


def test_opposite_is_of_a_word_that_stands_there_instead() -> None:
    assert feature("opposite", "Why did prices rise?", "Prices fell.") == 1
    assert feature("opposite", "Why did prices rise?", "Prices rose and fell.") == 0
    assert feature("opposite", "Why did prices rise?", "Prices were paid.") == 0


def test_denial_is_of_a_word_that_is_denied_on_one_side_only() -> None:
    assert feature("denial", "Did the ferry burn?", "The ferry did not burn.") == 1
    assert feature("denial", "Did the ferry burn?", "The ferry burned.") == 0
    assert feature("denial", "Why did the ferry not burn?", "The ferry burned.") == 1
    assert feature("denial", "Why did the ferry not burn?", "The ferry did not burn.") == 0
    assert feature("denial", "Did the ferry burn?", "The ferry burned, and no one left.") == 0


def test_other_limits_are_words_such_as_most_that_it_does_not_have() -> None:
    question = "Who left most often before May?"
    assert feature("other_limits", question, "Most people left Before May.") == 0
    assert feature("other_limits", question, "Most people left after May.") == 1
    assert feature("other_limits", question, "People left after May.") == 2
    assert feature("other_limits", WHY, "People left after May.") == 0


def test_pairs_are_neighbours_in_both() -> None:
    assert feature("pairs", WHY, "The ferry burned.") == 1  # "the ferry", "ferry burn"
    assert feature("pairs", WHY, "The ferry left.") == 0.5
    assert feature("pairs", WHY, "Burned ferry.") == 0
    assert feature("pairs", "Why?", "Burned ferry.") == 0


def test_stretch_is_the_shortest_with_all_the_words_it_has() -> None:
    assert feature("stretch", WHY, "The ferry on the lake burned.") == pytest.approx(math.log(5))
    assert feature("stretch", WHY, "The ferry burned.") == pytest.approx(math.log(2))
    assert feature("stretch", WHY, "The ferry left.") == 0
    assert feature("stretch", WHY, "The boat left.") == 0


@pytest.mark.parametrize(
    ("keys", "shortest"),
    [("", 1), ("x", 1), ("a", 1), ("a b", 2), ("b x x a", 4), ("a x b a", 2), ("a x b x x a b", 2), ("a x c b", 4)],
)
def test_the_shortest_stretch(keys: str, shortest: int) -> None:
    assert _shortest_stretch(keys.split(), frozenset("abc")) == shortest


@given(st.lists(st.sampled_from("abcxy"), max_size=12))
def test_the_shortest_stretch_is_the_shortest_of_all_stretches(keys: list[str]) -> None:
    wanted = frozenset("abc") & frozenset(keys)
    stretches = [
        end - start for start in range(len(keys)) for end in range(start, len(keys) + 1) if wanted <= {*keys[start:end]}
    ]
    assert _shortest_stretch(keys, frozenset("abc")) == max(1, min(stretches, default=1))


def test_likeness_and_window_are_cosines() -> None:
    likes = Similarity(FakeEmbedder({"ferry": (1.0, 0.0), "burn": (1.0, 0.0), "boat": (0.6, 0.8), "cake": (0.0, 1.0)}))
    text = "Boat boat boat boat boat boat boat boat cake cake.".lower()
    assert feature("likeness", WHY, text, similarity=likes) == pytest.approx(4.8 / math.hypot(4.8, 8.4))
    assert feature("window", WHY, text, similarity=likes) == pytest.approx(0.6)


def test_a_passages_score_is_told_against_the_best() -> None:
    found = [
        hit(article("Kabul fell.", name), number=n, score=score) for n, name, score in ((1, "a", 1.6), (2, "b", 0.4))
    ]
    assert examined("Why did Kabul fall?", found).features["passage_score"].tolist() == pytest.approx([1, 0.25])
    below = [hit(article("Kabul fell."), score=-0.5)]
    assert examined("Why did Kabul fall?", below).features["passage_score"].tolist() == [0]


def test_a_passages_likeness_is_its_own() -> None:
    found = [replace(hit(article("Kabul fell.")), similarity=0.75)]
    assert examined("Why did Kabul fall?", found).features["passage_likeness"].tolist() == [0.75]


def test_behind_is_how_much_less_it_meets_than_the_best_of_its_passage() -> None:
    text = "The ferry burned. The ferry left. One."
    assert feature("behind", WHY, text, "The ferry burned.") == 0
    assert feature("behind", WHY, text, "The ferry left.") == -0.5
    found = examined(WHY, hits("The ferry burned.", "The ferry left."))
    assert found.features["behind"].tolist() == [0, 0]


def test_a_heading_is_told() -> None:
    assert feature("heading", WHY, "The ferry burned") == 1
    assert feature("heading", WHY, "The ferry burned.") == 0


def test_a_pronoun_in_front_is_told() -> None:
    assert feature("pronoun", WHY, "It burned.") == 1
    assert feature("pronoun", WHY, "Then it burned.") == 0


def test_a_subject_is_among_the_first_four_words() -> None:
    assert feature("subject", WHY, "On a lake ferries burned.") == 1
    assert feature("subject", WHY, "Far on a lake ferries burned.") == 0


def test_new_is_the_share_of_its_words_that_are_not_the_questions() -> None:
    assert feature("new", WHY, "The ferry burned badly.") == pytest.approx(1 / 3)
    assert feature("new", WHY, "The ferry burned.") == 0
    assert feature("new", WHY, "It was so.") == 0


@pytest.mark.parametrize(
    ("question", "text", "of_kind"),
    [
        ("When did the ferry burn?", "The ferry burned on Friday.", "fit_when"),
        ("Who burned the ferry?", "Ned Price burned the ferry.", "fit_who"),
        ("How many ferries burned?", "Then 12 ferries burned.", None),
    ],
)
def test_fit_is_that_of_the_best_span_and_by_kind(question: str, text: str, of_kind: str | None) -> None:
    (spans,) = examined(question, hits(text)).spans
    fit = feature("fit", question, text)
    assert fit == pytest.approx(spans[0].fit)
    assert fit >= 0.45
    for name in ("fit_who", "fit_when"):
        assert feature(name, question, text) == (fit if name == of_kind else 0)
    assert feature("unfit", question, text) == 0
    assert feature("unfit", question, "The ferry burned badly.") == 1


def test_nothing_is_unfit_where_no_kind_of_thing_is_needed() -> None:
    assert feature("unfit", WHY, "The ferry burned badly.") == 0
    assert feature("fit", WHY, "The ferry burned badly.") == 0


WORDS = st.lists(
    st.sampled_from("He not Nick Carter Kabul US the foreign secretary ferry sank. troops, 600 1950s EU ?".split())
)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=3), st.floats(-1, 2))
def test_whatever_is_asked_of_whatever_every_sentence_has_finite_features(
    asked: list[str], texts: list[list[str]], score: float
) -> None:
    found = [
        replace(hit(article(" ".join(text), str(number)), number=number, score=score), similarity=score / 2)
        for number, text in enumerate(texts)
    ]
    examples = examined(" ".join(["What", *asked]), found)
    for name, values in examples.features.items():
        assert values.shape == (len(examples.candidates),), name
        assert values.dtype == np.float32, name
        assert np.isfinite(values).all(), name


@given(st.text(max_size=120), st.text(max_size=200))
def test_any_text_has_finite_features(question: str, text: str) -> None:
    for name, values in examined(question, hits(text)).features.items():
        assert np.isfinite(values).all(), name
