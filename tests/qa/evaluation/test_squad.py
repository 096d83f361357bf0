"""The figures are worked out by hand from the script's definitions."""

import pytest

from qa.evaluation.squad import exact_match, f1, normalised, words_f1


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The Normans", "normans"),
        ("  15,000   people ", "15000 people"),
        ("an A.I. theatre", "ai theatre"),  # articles as whole words only, after punctuation
        ("“Squid Game”", "“squid game”"),  # ASCII's punctuation only, as the script has it
        ("the", ""),
    ],
)
def test_normalised(answer: str, expected: str) -> None:
    assert normalised(answer) == expected


@pytest.mark.parametrize(
    ("answer", "golds", "em", "overlap"),
    [
        ("the Normans.", ["Normans"], 1.0, 1.0),
        ("15,000 people", ["15,000", "fifteen thousand"], 0.0, 2 / 3),  # precision 1/2, recall 1
        ("in the 10th century", ["10th and 11th centuries", "10th century"], 0.0, 0.8),  # precision 2/3, recall 1
        ("to be or to be", ["to be to"], 0.0, 0.75),  # words count as often as both have them: 3 of 5, 3 of 3
        ("Paris", ["London"], 0.0, 0.0),
        ("the", ["Normans"], 0.0, 0.0),
        (None, ["Normans"], 0.0, 0.0),
        ("a", ["the", "London"], 0.0, 0.0),  # "the" is no gold answer once it is normalised
        ("a", ["the"], 1.0, 1.0),  # and where all are none, saying nothing is right
    ],
)
def test_exact_match_and_f1(answer: str | None, golds: list[str], em: float, overlap: float) -> None:
    assert exact_match(answer, golds) == em
    assert f1(answer, golds) == pytest.approx(overlap)


@pytest.mark.parametrize(
    ("said", "gold", "score"),
    [
        ("The Friday!", "friday", 1.0),
        ("on Friday", "Friday", 2 / 3),
        ("Monday", "Friday", 0.0),
        ("", "the", 1.0),
        ("well, well", "well", 2 / 3),
    ],
)
def test_f1_is_of_words_without_marks_and_articles(said: str, gold: str, score: float) -> None:
    assert words_f1(normalised(said).split(), normalised(gold).split()) == pytest.approx(score)
