import math
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.language.similarity import Similarity
from tests.qa.fakes import FakeEmbedder

KNOWN = {"troops": (1.0, 0.0), "soldiers": (0.8, 0.6), "cake": (0.0, 1.0), "peace": (-1.0, 0.0)}


def test_a_word_of_the_question_is_held_against_the_nearest_word_of_each_sentence() -> None:
    nearness = Similarity(FakeEmbedder(KNOWN)).nearest(["troops", "cake"], [["soldiers", "cake"], ["peace"]])
    assert nearness == pytest.approx(np.array([[0.8, -1.0], [1.0, 0.0]]))


def test_each_word_is_held_against_each_other() -> None:
    between = Similarity(FakeEmbedder(KNOWN)).between(["troops", ""], ["soldiers", "cake", "peace"])
    assert between == pytest.approx(np.array([[0.8, 0, -1], [0, 0, 0]]))


def test_a_sentence_without_words_is_near_to_nothing() -> None:
    nearness = Similarity(FakeEmbedder(KNOWN)).nearest(["troops"], [[], ["troops"], []])
    assert nearness.tolist() == [[0, 1, 0]]


@pytest.mark.parametrize(("question", "sentences"), [([], [["cake"]]), (["cake"], []), (["cake"], [[], []]), ([], [])])
def test_nothing_to_compare_gives_zeros_for_each_sentence(question: list[str], sentences: list[list[str]]) -> None:
    embedder = FakeEmbedder(KNOWN)
    nearness = Similarity(embedder).nearest(question, sentences)
    assert nearness.shape == (len(question), len(sentences))
    assert not nearness.any()
    assert embedder.calls == []


def test_words_that_the_model_does_not_know_give_no_nan() -> None:
    nearness = Similarity(FakeEmbedder(KNOWN)).nearest(["xyzzy"], [["plugh"], ["cake"]])
    assert nearness.tolist() == [[0, 0]]


def test_the_cosine_of_two_words() -> None:
    similarity = Similarity(FakeEmbedder(KNOWN))
    assert similarity.of_words("troops", "soldiers") == pytest.approx(0.8)
    assert similarity.of_words("troops", "troops") == 1
    assert similarity.of_words("troops", "") == 0


def test_each_word_is_embedded_once() -> None:
    embedder = FakeEmbedder(KNOWN)
    similarity = Similarity(embedder)
    similarity.nearest(["troops"], [["cake", "cake", "troops"]])
    similarity.nearest(["cake"], [["troops", "soldiers"]])
    assert embedder.calls == [["troops", "cake"], ["soldiers"]]


def test_past_the_kept_words_all_are_forgotten_and_asked_for_anew() -> None:
    embedder = FakeEmbedder(KNOWN)
    similarity = Similarity(embedder, kept_words=4)
    similarity.of_words("troops", "soldiers")
    similarity.of_words("cake", "peace")
    assert similarity.of_words("troops", "soldiers") == pytest.approx(0.8)
    assert embedder.calls == [["troops", "soldiers"], ["cake", "peace"], ["troops", "soldiers"]]


def test_more_words_at_once_than_are_kept_are_compared_all_the_same() -> None:
    many = [f"w{number}" for number in range(50)]
    nearness = Similarity(FakeEmbedder(KNOWN), kept_words=3).nearest(["troops"], [[*many, "soldiers"], many])
    assert nearness == pytest.approx(np.array([[0.8, 0.0]]))


def test_forgetting_makes_room_for_the_words_that_were_known_too() -> None:
    similarity = Similarity(FakeEmbedder(KNOWN), kept_words=4)
    similarity.of_words("troops", "cake")
    nearness = similarity.nearest(["troops"], [["cake", "soldiers", "peace"]])
    assert nearness == pytest.approx(np.array([[0.8]]))


def test_a_sentence_without_words_is_near_to_nothing_after_forgetting_too() -> None:
    similarity = Similarity(FakeEmbedder({**KNOWN, "": (1.0, 0.0)}), kept_words=4)
    similarity.of_words("cake", "soldiers")
    assert similarity.nearest(["troops"], [["peace"], []]).tolist() == [[-1, 0]]


def degrees(number: int) -> tuple[float, float]:
    return math.cos(math.radians(number)), math.sin(math.radians(number))


class YieldingEmbedder(FakeEmbedder):
    """Lets the other threads run while it embeds, as a real model does."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(0.0002)
        return super().embed_passages(texts)


def test_threads_do_not_get_each_others_words_while_words_are_forgotten() -> None:
    embedder = YieldingEmbedder({f"w{number}": degrees(number) for number in range(180)})
    similarity = Similarity(embedder, kept_words=40)

    def compare(seed: int) -> float:
        random = Random(seed)
        wrong = 0.0
        for _ in range(60):
            asked, *held = (random.randrange(180) for _ in range(12))
            words = similarity.nearest([f"w{asked}"], [[f"w{number}"] for number in held])[0]
            right = [math.cos(math.radians(asked - number)) for number in held]
            wrong = max(wrong, float(np.abs(words - right).max()))
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert max(pool.map(compare, range(8))) < 1e-5


@given(
    st.lists(st.sampled_from(sorted(KNOWN)), min_size=1, max_size=4),
    st.lists(st.lists(st.sampled_from(sorted(KNOWN)), max_size=14), min_size=1, max_size=5),
)
def test_every_nearness_is_the_best_of_its_words(question: list[str], sentences: list[list[str]]) -> None:
    similarity = Similarity(FakeEmbedder(KNOWN))
    nearness = similarity.nearest(question, sentences)
    for row, word in enumerate(question):
        for column, sentence in enumerate(sentences):
            best = max((similarity.of_words(word, other) for other in sentence), default=0.0)
            assert nearness[row, column] == pytest.approx(best)
