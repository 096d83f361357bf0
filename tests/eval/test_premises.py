"""Questions that take something false for granted, and true ones, over the same articles: `premises.jsonl`."""

from pathlib import Path

from tests.eval.cases import ask

PREMISES = Path(__file__).with_name("premises.jsonl")
LEAST = 15  # of the 31 false ones that were told to be contradicted when they were first asked


def test_false_premises_are_contradicted_and_true_ones_never_are() -> None:
    told = list(ask(PREMISES))
    false = [one for one in told if one.right is None]
    assert sum(one.answer.reason == "contradicted" for one in false) >= LEAST
    true = [one for one in told if one.right is not None]
    assert [one.question for one in true if one.answer.reason == "contradicted"] == []
    assert (len(false), len(true)) == (31, 30)
