"""A real model, where QA_TEST_LLM_BASE_URL names one (docs/trying-a-model.md): whatever it writes, the rules hold.

Whether what is shown is true, only a person can tell; `python -m tests.qa.real_model` writes it down to be read.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from api.app import create_app
from qa.records import Answer, Request
from qa.writing.generate import Written
from tests.qa.real_model import Watched, shown_sentences, watched

SCHEMA = Path(__file__).parents[1] / "answer.schema.json"
ASKED = [
    "how many were evacuated",
    "How many troops is the UK sending to Kabul?",
    "Who leads the talks with the Taliban?",
    "Which cities have fallen to the Taliban?",
    "What did General Carter warn of?",
    "Why does President Biden want the war finished?",
    "When did Maria Holt resign?",
    "Who won the cricket?",
]


@pytest.fixture(scope="module")
def served(model_url: str) -> Iterator[Watched]:
    with watched(model_url) as engine:
        yield engine


@pytest.fixture(scope="module")
def answers(served: Watched) -> list[tuple[Answer, Written | None]]:
    return [(served.ask(question), served.writer.written) for question in ASKED]


def test_the_server_can_be_used(served: Watched) -> None:
    assert served.engine.check_model() is None


def test_every_quote_is_exact(served: Watched, answers: list[tuple[Answer, Written | None]]) -> None:
    for answer, _ in answers:
        for cited in answer.citations:
            article = served.engine.store.article(cited.article_id, cited.revision)
            assert article.text[cited.start : cited.end] == cited.quote


def test_every_sentence_shown_cites_what_there_is(answers: list[tuple[Answer, Written | None]]) -> None:
    for answer, _ in answers:
        markers = {cited.marker for cited in answer.citations}
        for sentence in re.split(r"(?<=\])\s+(?=[^\[])", answer.text) if answer.status == "answered" else []:
            found = {int(number) for number in re.findall(r"\[(\d+)\]", sentence)}
            assert found, f"{sentence!r} of {answer.text!r} cites nothing"
            assert found <= markers


def test_nothing_is_shown_that_was_not_borne_out(answers: list[tuple[Answer, Written | None]]) -> None:
    """What is shown under the model's name is among the sentences that passed, and those of the articles."""
    for answer, written in answers:
        if shown_sentences(answer):
            assert written is not None
            assert any(verdict.support != "unsupported" for verdict in written.verdicts)
            dropped = {verdict.claim.text for verdict in written.verdicts if verdict.support == "unsupported"}
            assert not any(text in answer.text for text in dropped)


def test_the_answers_are_as_the_schema_has_them(served: Watched) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    with TestClient(create_app(served.engine)) as http:
        for question in ASKED[:3]:
            response = http.post("/ask", json={"question": question})
            assert response.status_code == 200
            validator.validate(response.json())


def test_a_stream_ends_with_an_answer(served: Watched) -> None:
    *_, last = served.engine.stream(Request(ASKED[0]))
    assert type(last).__name__ == "AnswerEvent"
