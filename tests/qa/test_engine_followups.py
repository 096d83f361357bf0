"""A follow-up with a model: rewritten by it first, then answered."""

from pathlib import Path

import pytest

from qa.errors import ModelUnavailableError
from qa.language.similarity import Similarity
from qa.records import Exchange, Request, Usage
from tests.qa.fake_model import TOKENS, FakeChatModel
from tests.qa.seeded import engine_over, open_samples, says
from vectorstore.embedder import Embedder

EVACUATED = Exchange(
    "how many were evacuated",
    "how many were evacuated",
    "In Operation Pitting, 15,000 people were evacuated.",
    "15,000",
)
REWRITTEN = "By whom were people evacuated in Operation Pitting?"
ANSWER = says("15,000 people were evacuated by UK troops. {15,000 people were evacuated}")


@pytest.mark.parametrize(
    ("first", "searched", "calls"),
    [
        (REWRITTEN, REWRITTEN, 2),
        (ModelUnavailableError("busy"), "by whom? (evacuated; Operation Pitting)", 1),
    ],
)
def test_a_follow_up_is_rewritten_before_it_is_searched_and_what_that_costs_is_counted(
    tmp_path: Path, wordllama: Embedder, first: str | Exception, searched: str, calls: int
) -> None:
    model = FakeChatModel([first], always=ANSWER)
    engine = engine_over(open_samples(tmp_path / "data", wordllama), Similarity(wordllama), model)
    answer = engine.ask(Request("by whom?", before=(EVACUATED,)))
    engine.close()
    assert (answer.standalone_question, answer.status) == (searched, "answered")
    assert answer.usage == Usage(calls * TOKENS.prompt_tokens, calls * TOKENS.completion_tokens)


def test_it_is_counted_where_the_model_fails_afterwards(tmp_path: Path, wordllama: Embedder) -> None:
    model = FakeChatModel([REWRITTEN], always=ModelUnavailableError("busy"))
    engine = engine_over(open_samples(tmp_path / "data", wordllama), Similarity(wordllama), model)
    answer = engine.ask(Request("by whom?", before=(EVACUATED,)))
    engine.close()
    assert (answer.degraded, answer.usage) == (True, TOKENS)


def test_a_first_question_costs_no_call_more(tmp_path: Path, wordllama: Embedder) -> None:
    model = FakeChatModel([ANSWER])
    engine = engine_over(open_samples(tmp_path / "data", wordllama), Similarity(wordllama), model)
    engine.ask(Request("how many were evacuated"))
    engine.close()
    assert len(model.calls) == 1
