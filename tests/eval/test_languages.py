"""Small articles with questions in six languages: how many are answered rightly, and by which sentence."""

from pathlib import Path

import pytest

from tests.eval.cases import ask

SETS = Path(__file__).with_name("languages")


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "pt", "nl"])
def test_questions_in_another_language_are_answered(language: str) -> None:
    told = list(ask(SETS / f"{language}.jsonl"))
    assert len(told) == 12
    assert sum(one.is_right for one in told) >= 11


def test_those_that_were_written_afterwards() -> None:
    told = list(ask(SETS / "kept.jsonl"))
    assert sum(one.is_right for one in told) >= 53
    answered = [one for one in told if one.right is None and one.answer.status == "answered"]
    assert len(answered) <= 1
