"""The lying model against the verifier; `python -m tests.qa.lies` prints what these bounds were set by."""

from collections import Counter

import pytest

from qa.language.similarity import Similarity
from tests.qa.lies import lies, tally, truths
from vectorstore.embedder import Embedder

ALL_CAUGHT = ["figure", "percentage or money", "bound", "what is counted", "date", "name", "quotation"]
ALL_CAUGHT += ["unknown number", "no marker", "what became of them"]


@pytest.fixture(scope="module")
def caught(wordllama: Embedder) -> dict[str, Counter[str]]:
    return tally(lies(), Similarity(wordllama))


@pytest.fixture(scope="module")
def believed(wordllama: Embedder) -> dict[str, Counter[str]]:
    return tally(truths(), Similarity(wordllama))


def test_there_are_enough_cases(caught: dict[str, Counter[str]], believed: dict[str, Counter[str]]) -> None:
    assert sum(count.total() for count in caught.values()) >= 300
    assert believed["true, in other words"].total() >= 60


@pytest.mark.parametrize("kind", ALL_CAUGHT)
def test_altered_facts_are_all_caught(kind: str, caught: dict[str, Counter[str]]) -> None:
    assert caught[kind].total() >= 10
    assert caught[kind]["unsupported"] == caught[kind].total()


@pytest.mark.parametrize(
    ("kind", "unsupported", "verified"),
    [
        ("negation", 0.95, 0.02),
        ("citation of another source", 0.95, 0.03),
        ("name of the same source", 0.80, 0.20),
        ("opposite word", 0.70, 0.08),
        ("roles changed over", 0.70, 0.25),
    ],
)
def test_other_lies_are_caught_as_often_as_was_measured(
    kind: str, unsupported: float, verified: float, caught: dict[str, Counter[str]]
) -> None:
    """unsupported: the least share; verified: the largest."""
    count = caught[kind]
    assert count["unsupported"] >= unsupported * count.total()
    assert count["verified"] <= verified * count.total()


def test_true_sentences_are_kept(believed: dict[str, Counter[str]]) -> None:
    for kind, count in believed.items():
        assert count["unsupported"] < 0.05 * count.total(), kind
    assert believed["word for word"]["verified"] == believed["word for word"].total()
    assert believed["true, in other words"]["verified"] >= 0.7 * believed["true, in other words"].total()
