"""The answers to every question of the samples: over our own articles, and over the originals where they are there."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from qa.engine import Engine
from qa.language.similarity import Similarity
from qa.records import Answer, Request
from tests.qa.fakes import quotes_of
from tests.vectorstore.originals import FILES, FOLDER, needs_originals
from vectorstore.embedder import Embedder
from vectorstore.readers import read_paths
from vectorstore.store import Store

SEEDS = Path(__file__).parents[2] / "seeds"
NOT_REPORTS = [
    "READ MORE",
    "Watch:",
    "Cover image",
    "The National:",
    "Around 600 British troops are being sent to Afghanistan to assist in evacuating British Nationals",
    "The summary has come to an end",
    "our website",
]


class Asked(NamedTuple):
    """A question with what its answer must name, each in any of its spellings, and the articles that say so.

    names: None where the articles don't say. articles: how their ids begin; one of them must be cited.
    """

    question: str
    names: list[list[str]] | None
    articles: list[str]


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


OURS = [
    Asked(record["question"], record["answers"], record["articles"]) for record in records(SEEDS / "questions.jsonl")
]
THEIRS = [
    Asked(record["q"], record["names"], record.get("article", "").split("|"))
    for record in records(FOLDER / "questions.jsonl")
]


def opened(folder: Path, embedder: Embedder, paths: Sequence[Path]) -> Engine:
    store = Store.open(folder, embedder)
    results = store.ingest(read_paths(paths))
    assert [result.outcome for result in results] == ["added"] * 4
    return Engine(store, Similarity(embedder))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, wordllama: Embedder) -> Iterator[Engine]:
    engine = opened(tmp_path_factory.mktemp("sample") / "data", wordllama, [SEEDS / "articles"])
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory, wordllama: Embedder) -> Iterator[Engine]:
    engine = opened(tmp_path_factory.mktemp("originals") / "data", wordllama, FILES)
    yield engine
    engine.close()


def assert_answers(engine: Engine, asked: Asked) -> None:
    answer = engine.ask(Request(asked.question))
    assert_cited(engine.store, answer)
    if asked.names is None:
        assert (answer.status, answer.citations, answer.figures) == ("no_answer", (), ())
        return
    assert answer.status == "answered"
    text = answer.text.casefold()
    assert [names for names in asked.names if not any(name.casefold() in text for name in names)] == []
    assert any(one.article_id.startswith(tuple(asked.articles)) for one in quotes_of(answer))


def assert_cited(store: Store, answer: Answer) -> None:
    """Every quote stands where it says, reports, and has its marker in the answer."""
    for citation in answer.citations:
        assert f"[{citation.marker}]" in answer.text
    for one in quotes_of(answer):
        assert store.article(one.article_id, one.revision).text[one.start : one.end] == one.quote
        assert [words for words in NOT_REPORTS if words in one.quote] == []


@pytest.mark.parametrize("asked", OURS, ids=lambda asked: asked.question)
def test_the_sample_articles_answer(sample: Engine, asked: Asked) -> None:
    assert_answers(sample, asked)


@needs_originals
@pytest.mark.parametrize("asked", THEIRS, ids=lambda asked: asked.question)
def test_the_originals_answer(originals: Engine, asked: Asked) -> None:
    assert_answers(originals, asked)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("how many were evacuated", "15,000 people"),
        ("How many US troops are being sent?", "3,000 US troops"),
        ("Who is leading the UK's talks with the Taliban?", "Simon Gass"),
        ("Which operation evacuated 15,000 people?", "Operation Pitting"),
        ("By when does Joe Biden want the war to end?", "11 September 2021"),
    ],
)
def test_the_short_answer_is_just_what_was_asked_for(sample: Engine, question: str, short: str) -> None:
    assert sample.ask(Request(question)).short_answer == short


@pytest.mark.parametrize("question", ["How many troops is the UK sending to Kabul?", "how many uk troops are sent"])
def test_sources_that_agree_give_one_figure(sample: Engine, question: str) -> None:
    answer = sample.ask(Request(question))
    assert {figure.value for figure in answer.figures} == {600}
    assert answer.independent_sources >= 2


def test_sources_that_differ_each_give_their_figure(sample: Engine) -> None:
    answer = sample.ask(Request("How many provincial capitals have fallen to the Taliban?"))
    assert [(figure.value, figure.as_of) for figure in answer.figures] == [(12, "2021-08-13"), (11, None)]
    assert len({citation.article_id for citation in answer.citations}) == 2


@pytest.mark.parametrize(
    "question",
    [
        "How many people were evacuated from Iraq by UK troops?",
        "How many people were evacuated from Afghanistan by German troops?",
        "How many people were evacuated by UK troops in Operation Shader?",
        "How many French troops will reach Kabul in 24 to 48 hours?",
        "How many provincial capitals in Syria have the Taliban captured in a week?",
        "Who is the French ambassador to Afghanistan who landed back in the UK on Sunday?",
        "Where did Emmanuel Macron fly for talks with the Taliban?",
        "When did Laurie Bristow land back in Germany?",
        "How many people were evacuated from Afghanistan by French troops in Operation Pitting?",
        "How many people were evacuated from Syria in Operation Pitting by UK troops?",
        "How many crisis response specialists did Germany send to neighbouring countries?",
    ],
)
def test_one_wrong_name_in_a_question_is_enough_to_refuse_it(sample: Engine, question: str) -> None:
    answer = sample.ask(Request(question))
    assert (answer.status, answer.citations) == ("no_answer", ())


@needs_originals
@pytest.mark.parametrize(
    "question",
    [
        "What was the point of all that suffering in Afghanistan?",
        "How are the military and veterans helping Afghan refugees in the UK?",
        "Why must we help the Afghan people once we've gone?",
        "How many British troops are being sent to assist in evacuating British Nationals?",
        "How many people were evacuated in the picture by the MOD?",
        "What has the summary come to?",
        "Where can further details about support be found?",
        "Which website has more information?",
    ],
)
def test_promotions_and_captions_are_not_cited_even_where_they_are_asked_for(originals: Engine, question: str) -> None:
    assert_cited(originals.store, originals.ask(Request(question)))
