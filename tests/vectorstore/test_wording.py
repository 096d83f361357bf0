import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.wording import Wording, compare

WEIGHTS = {"troop": 2.0, "kabul": 1.0, "left": 1.0}


def stem(word: str) -> str:
    return {"countries": "countri", "country": "countri"}.get(word, word.removesuffix("s"))


def sentence_shares(*texts: str, weights: dict[str, float] = WEIGHTS) -> list[float]:
    return [float(share) for share in compare(texts, Wording.of("", weights, stem)).sentence]


def pair_shares(question: str, *texts: str) -> list[float]:
    return [float(share) for share in compare(texts, Wording.of(question, WEIGHTS, stem)).pairs]


def test_a_wording_as_its_docstring_says() -> None:
    wording = Wording.of("How many US troops left?", {"troop": 2.0}, stem)
    assert wording.pairs == {"troop": [("us troops", 3), ("troops left", 0)]}


def test_words_that_something_is_between_are_no_pair() -> None:
    assert Wording.of("troops, left  troops: left", WEIGHTS, stem).pairs == {"left": [("left troops", 0)]}


def test_compare_as_its_docstring_says() -> None:
    wording = Wording.of("How many US troops left?", WEIGHTS, stem)
    likeness = compare(["Troops left. Kabul fell.", "Kabul"], wording)
    assert likeness.sentence == pytest.approx([0.75, 0.25])
    assert likeness.whole == pytest.approx([1, 0.25])
    assert likeness.pairs == pytest.approx([0.5, 0])


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Kabul left Kabul left", 0.5),  # each word once
        ("trooper, trooped, paratroops", 0),  # words of other stems, and a stem within a word
        ("the (Troops)", 0.5),
        ("Troops\nleft", 0.5),
        ('"Troops!" left', 0.5),
        ("Troops had 3.5 tons and left", 0.75),
        ("“Troops left.” Kabul", 0.75),
        ("", 0),
    ],
)
def test_the_best_sentence(text: str, share: float) -> None:
    assert sentence_shares("plum", text) == pytest.approx([0, share])


def test_a_stem_may_differ_from_its_words_in_its_last_letter() -> None:
    assert sentence_shares("A country", "count", "countries", weights={"countri": 1.0}) == [1, 0, 1]


def test_pairs_are_met_as_they_stand() -> None:
    question = "Why did US troops stay in Kabul?"  # "us troops", "troops stay" and "in kabul"
    assert pair_shares(question, "The US troops; US troops", "us  troops", "virus troops", "Kabul: begin Kabul") == (
        pytest.approx([1 / 3, 0, 0, 0])
    )
    assert pair_shares(question, "troops stay", "In Kabul", "troops stayed in Kabul") == pytest.approx(
        [1 / 3, 1 / 3, 2 / 3]
    )


def test_a_pair_that_would_begin_before_the_text_is_not_met() -> None:
    assert pair_shares("an overwhelming troops", "troops", "a troops") == [0, 0]


def test_nothing_to_compare() -> None:
    assert sentence_shares() == []
    assert sentence_shares("Troops", weights={}) == [0]
    assert pair_shares("", "Troops") == [0]


@given(
    texts=st.lists(st.text(max_size=60), max_size=5),
    words=st.lists(st.text(min_size=1, max_size=5), max_size=4),
    question=st.text(max_size=40),
)
def test_shares_of_any_text_are_shares(texts: list[str], words: list[str], question: str) -> None:
    weights = {word.lower(): 1.0 for word in words}
    likeness = compare(texts, Wording.of(" ".join([question, *words]), weights, stem))
    for found in (likeness.sentence, likeness.whole, likeness.pairs):
        assert found.shape == (len(texts),)
        assert found.dtype == np.float32
        assert np.all((found >= 0) & (found <= 1.00001))
