"""Answers that a model wrote, from the question to the Answer, over the samples."""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from jsonschema import Draft202012Validator

from qa.answering.answer import REFUSAL
from qa.engine import Engine
from qa.errors import (
    BadQuestionError,
    ModelCancelledError,
    ModelError,
    ModelNotConfiguredError,
    ModelRefusedError,
    ModelReplyError,
    ModelUnavailableError,
)
from qa.events import AnswerEvent, EvidenceEvent, TextEvent
from qa.language.similarity import Similarity
from qa.reading.trained import packaged
from qa.records import Answer, Request, Usage
from qa.writing.generate import Writer
from tests.qa.fake_model import FakeChatModel, Scripted
from tests.qa.fakes import quotes_of
from tests.qa.seeded import engine_over, open_samples, says
from vectorstore.embedder import Embedder
from vectorstore.records import Article, Filters, Source
from vectorstore.store import Store

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parents[1] / "answer.schema.json").read_text("utf-8")))
HOW_MANY = "how many were evacuated"
TRUE = "British troops evacuated 15,000 people from Afghanistan in Operation Pitting. {15,000 people}"
FALSE = "British troops evacuated 16,000 people from Afghanistan. {15,000 people}"
UNASKED = "Who won the presidential election in Iran?"
ERRORS = [
    ModelUnavailableError("The model is too busy."),
    ModelRefusedError("The model's server refuses the key."),
    ModelReplyError("The model's reply is empty."),
    ModelError("The model failed."),
]


@pytest.fixture(scope="module")
def similarity(wordllama: Embedder) -> Similarity:
    return Similarity(wordllama)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, wordllama: Embedder) -> Iterator[Store]:
    store = open_samples(tmp_path_factory.mktemp("generated") / "data", wordllama)
    yield store
    store.close()


class Samples(NamedTuple):
    """The samples, with what is needed to ask them."""

    store: Store
    similarity: Similarity

    def engine(self, *replies: Scripted, flag: bool = False) -> tuple[Engine, FakeChatModel]:
        model = FakeChatModel([says(reply) if isinstance(reply, str) else reply for reply in replies])
        return engine_over(self.store, self.similarity, model, flag=flag), model

    def ask(self, question: str, *replies: Scripted, flag: bool = False) -> Answer:
        engine, _ = self.engine(*replies, flag=flag)
        answer = engine.ask(Request(question))
        self.check(answer)
        return answer

    def check(self, answer: Answer) -> None:
        SCHEMA.validate(json.loads(json.dumps(asdict(answer), allow_nan=False)))
        assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        for one in (*quotes_of(answer), *answer.nearest):
            assert one.quote
            assert self.store.article(one.article_id, one.revision).text[one.start : one.end] == one.quote


@pytest.fixture(scope="module")
def samples(store: Store, similarity: Similarity) -> Samples:
    return Samples(store, similarity)


def embedded(samples: Samples, question: str) -> Answer:
    return Engine(samples.store, samples.similarity).ask(Request(question))


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers say the same, whoever gave them."""
    blank = {"id": "", "timings_ms": {}, "degraded": False, "usage": None}
    return replace(one, **blank) == replace(other, **blank)  # type: ignore[arg-type]


class Good(NamedTuple):
    """A well-behaved reply, and what must come of it. quotes: words that its citations hold, in order."""

    question: str
    reply: str
    text: str
    short: str | None
    sources: int
    figures: list[object]
    quotes: list[str]


GOOD = [
    Good(
        HOW_MANY,
        TRUE,
        "British troops evacuated 15,000 people from Afghanistan in Operation Pitting. [1]",
        "15,000 people",
        1,
        [15000],
        ["15,000 people were evacuated by UK troops"],
    ),
    Good(
        "How many troops is the UK sending to Kabul?",
        "The UK is sending 600 troops, Defence Secretary Ben Wallace said. {sending 600}",
        "The UK is sending 600 troops, Defence Secretary Ben Wallace said. [1]",
        "600 troops",
        3,
        [600],
        ["sending 600 troops"],
    ),
    Good(
        "How many troops is the UK sending to Kabul?",
        "About six hundred British troops are being sent to Afghanistan.{sending about 600}",
        "About six hundred British troops are being sent to Afghanistan. [1]",
        "About six hundred British troops",
        3,
        [600],
        ["about 600 troops"],
    ),
    Good(
        "How many US troops are being sent?",
        "The Pentagon says 3,000 American soldiers will arrive in Kabul within 24 to 48 hours {3,000 US}.",
        "The Pentagon says 3,000 American soldiers will arrive in Kabul within 24 to 48 hours. [1]",
        "3,000 American soldiers",
        1,
        [3000],
        ["3,000 US troops"],
    ),
    Good(
        "How many provincial capitals have fallen to the Taliban?",
        "The Clydebank Dispatch says the Taliban captured 11 provincial capitals {captured 11}, while the Meridian "
        "Wire reports that they have seized a dozen. {a dozen provincial}",
        "The Clydebank Dispatch says the Taliban captured 11 provincial capitals, while the Meridian Wire reports "
        "that they have seized a dozen. [1][2]",
        "11 provincial capitals",
        1,
        [12, 11],
        ["captured 11", "a dozen provincial capitals"],
    ),
    Good(
        "How many Afghans were left behind?",
        "Between 800 and 1,100 Afghans were left behind. {800 to 1,100}",
        "Between 800 and 1,100 Afghans were left behind. [1]",
        "800 and 1,100 Afghans",
        1,
        [(800, 1100)],
        ["800 to 1,100 Afghans"],
    ),
    Good(
        "How many crisis response specialists were deployed and where?",
        "Britain sent fifteen crisis response specialists to three neighbouring countries. {15 crisis}",
        "Britain sent fifteen crisis response specialists to three neighbouring countries. [1]",
        "fifteen crisis response specialists",
        1,
        [15],
        ["15 crisis response specialists"],
    ),
    Good(
        "How many countries joined the statement with the UK and the US?",
        "The joint statement came from the UK, the US and more than 90 other countries. {more than 90}",
        "The joint statement came from the UK, the US and more than 90 other countries. [1]",
        "more than 90 other countries",
        1,
        [90],
        ["more than 90"],
    ),
    Good(
        "By when does Joe Biden want the war to end?",
        "Joe Biden wants the war to be finished by 11 September. {September 11}",
        "Joe Biden wants the war to be finished by 11 September. [1]",
        "11 September",
        1,
        [],
        ["by September 11"],
    ),
    Good(
        "When did Laurie Bristow return to the UK?",
        "{landed back} Laurie Bristow returned to the UK on Sunday.",
        "Laurie Bristow returned to the UK on Sunday. [1]",
        "Sunday",
        1,
        [],
        ["landed back in the UK on Sunday"],
    ),
    Good(
        "Who is leading the UK's talks with the Taliban?",
        "Simon Gass, the Prime Minister's special representative for Afghan transition, leads them. {Simon Gass}",
        "Simon Gass, the Prime Minister's special representative for Afghan transition, leads them. [1]",
        "Simon Gass",
        1,
        [],
        ["Simon Gass, special representative"],
    ),
    Good(
        "What is Afghanistan's second largest city?",
        "Kandahar is Afghanistan's second largest city. {second largest}",
        "Kandahar is Afghanistan's second largest city. [1]",
        None,
        1,
        [],
        ["second largest city"],
    ),
    Good(
        "Did the US embassy stay open?",
        "Yes, the US embassy would stay open, State Department spokesman Ned Price said. {stay open}",
        "Yes, the US embassy would stay open, State Department spokesman Ned Price said. [1]",
        None,
        1,
        [],
        ["the embassy would stay open"],
    ),
    Good(
        "What did Nick Carter call the situation?",
        'General Sir Nick Carter spoke of a "humanitarian tragedy" {humanitarian tragedy}. He had earlier spoken of '
        'a "humanitarian calamity" {humanitarian calamity}.',
        'General Sir Nick Carter spoke of a "humanitarian tragedy". [1] He had earlier spoken of '
        'a "humanitarian calamity". [2]',
        "humanitarian tragedy",
        1,
        [],
        ["humanitarian tragedy", "humanitarian calamity"],
    ),
    Good(
        "What does Boris Johnson demand before the Taliban get recognition and aid?",
        "Boris Johnson says the Taliban must guarantee “safe passage” to everyone who wants to leave. {safe passage}",
        "Boris Johnson says the Taliban must guarantee “safe passage” to everyone who wants to leave. [1]",
        None,
        1,
        [],
        ["“safe passage” to everyone"],
    ),
]


@pytest.mark.parametrize("good", GOOD, ids=lambda good: good.reply[:40])
def test_a_good_reply_comes_out_right(samples: Samples, good: Good) -> None:
    answer = samples.ask(good.question, good.reply)
    assert (answer.mode, answer.model, answer.degraded, answer.status) == ("generated", "fake-model", False, "answered")
    assert answer.text == good.text
    assert answer.short_answer == good.short
    assert answer.independent_sources == good.sources
    assert [figure.value for figure in answer.figures] == good.figures
    assert len(answer.citations) == len(good.quotes)
    for citation, words in zip(answer.citations, good.quotes, strict=True):
        assert words.replace("“", '"').replace("”", '"') in citation.quote.replace("“", '"').replace("”", '"')
    assert answer.usage == Usage(100, 10)


def test_a_figure_that_the_model_kept_back_is_added(samples: Samples) -> None:
    question = "How many provincial capitals have fallen to the Taliban?"
    answer = samples.ask(question, "The Taliban have captured 11 provincial capitals. {captured 11}")
    assert answer.text.startswith("The Taliban have captured 11 provincial capitals. [1] ")
    assert "seized a dozen provincial capitals" in answer.text
    assert [(figure.value, figure.markers) for figure in answer.figures] == [(12, (2,)), (11, (1,))]
    assert (answer.mode, answer.independent_sources) == ("generated", 1)


def test_what_fails_is_dropped_and_the_rest_stands(samples: Samples) -> None:
    answer = samples.ask(HOW_MANY, f"{TRUE} {FALSE}", f"{TRUE} {FALSE}")
    assert answer.text == "British troops evacuated 15,000 people from Afghanistan in Operation Pitting. [1]"
    assert (answer.degraded, answer.usage) == (False, Usage(200, 20))


def test_what_fails_is_shown_marked_where_that_is_set(samples: Samples) -> None:
    answer = samples.ask(HOW_MANY, f"{TRUE} {FALSE}", f"{TRUE} {FALSE}", flag=True)
    assert answer.text.endswith(" [1] British troops evacuated 16,000 people from Afghanistan. [unsupported]")
    assert len(answer.citations) == 1


@pytest.mark.parametrize("flag", [False, True])
def test_when_nothing_stands_the_embedded_answerer_answers(
    samples: Samples, caplog: pytest.LogCaptureFixture, *, flag: bool
) -> None:
    answer = samples.ask(HOW_MANY, FALSE, FALSE, flag=flag)
    assert (answer.mode, answer.model, answer.degraded, answer.usage) == ("extractive", None, True, Usage(200, 20))
    assert same(answer, embedded(samples, HOW_MANY))
    assert "borne out" in caplog.text


def test_when_nothing_stands_and_there_is_no_embedded_answer_it_says_so(samples: Samples) -> None:
    answer = samples.ask(UNASKED, "Ebrahim Raisi won the election. [1]", "Ebrahim Raisi won the election. [1]")
    assert (answer.status, answer.reason, answer.degraded) == ("no_answer", "unverified", True)
    assert (answer.text, answer.citations) == (REFUSAL, ())


@pytest.mark.parametrize("reply", [REFUSAL, "The articles don’t say.", "The articles do not say who won. [1]"])
def test_the_models_refusal_is_no_answer(samples: Samples, reply: str) -> None:
    for question in (UNASKED, HOW_MANY):
        answer = samples.ask(question, reply)
        assert (answer.status, answer.reason, answer.text) == ("no_answer", "weak_evidence", REFUSAL)
        assert (answer.mode, answer.model, answer.degraded) == ("generated", "fake-model", False)
        assert answer.nearest
        assert answer.usage == Usage(100, 10)


@pytest.mark.parametrize("reply", [REFUSAL, "She signed it in 1921. [1]"])
def test_what_the_articles_say_to_the_contrary_is_told_where_the_model_has_no_answer(
    tmp_path: Path, wordllama: Embedder, similarity: Similarity, reply: str
) -> None:
    store = Store.open(tmp_path / "data", wordllama)
    text = "President Mara Dovan vetoed the fisheries bill, saying that it would ruin small ports."
    store.ingest([Source("veto", Article(key="veto", title="Dovan vetoes fisheries bill", text=text))])
    writer = Writer(FakeChatModel(always=reply), similarity)
    engine = Engine(store, similarity, writer, reader=packaged())
    answer = engine.ask(Request("Why did President Dovan sign the fisheries bill?"))
    assert (answer.reason, answer.text) == ("contradicted", f"The articles say otherwise: {text}")
    engine.close()


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_model_that_fails_is_stood_in_for(
    samples: Samples, caplog: pytest.LogCaptureFixture, error: ModelError
) -> None:
    answer = samples.ask(HOW_MANY, error)
    assert (answer.mode, answer.model, answer.degraded, answer.usage) == ("extractive", None, True, None)
    assert same(answer, embedded(samples, HOW_MANY))
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert str(error) in caplog.text
    refused = samples.ask(UNASKED, error)
    assert (refused.reason, refused.degraded) == ("weak_evidence", True)


def test_a_repair_that_fails_is_no_failure(samples: Samples) -> None:
    answer = samples.ask(HOW_MANY, f"{TRUE} {FALSE}", ERRORS[0])
    assert (answer.mode, answer.degraded, answer.usage) == ("generated", False, Usage(100, 10))
    answer = samples.ask(HOW_MANY, FALSE, ERRORS[0])
    assert (answer.mode, answer.degraded, answer.usage) == ("extractive", True, Usage(100, 10))


def test_a_call_given_up_is_told(samples: Samples) -> None:
    engine, _ = samples.engine(ModelCancelledError("given up"))
    with pytest.raises(ModelCancelledError):
        engine.ask(Request(HOW_MANY))


def test_what_the_caller_does_not_want_of_the_model_is_not_asked(samples: Samples) -> None:
    engine, model = samples.engine()
    extractive = engine.ask(Request(HOW_MANY, mode="extractive"))
    assert (extractive.mode, extractive.degraded) == ("extractive", False)
    nothing = engine.ask(Request(HOW_MANY, Filters(until=date(1999, 1, 1))))
    assert (nothing.reason, nothing.mode, nothing.degraded) == ("no_match", "extractive", False)
    with pytest.raises(BadQuestionError):
        engine.ask(Request(" "))
    assert model.calls == []


def test_mode_generated_is_given_by_the_model_and_needs_one(samples: Samples) -> None:
    engine, _ = samples.engine(TRUE)
    assert engine.ask(Request(HOW_MANY, mode="generated")).mode == "generated"
    with pytest.raises(ModelNotConfiguredError, match="QA_LLM_MODEL"):
        Engine(samples.store, samples.similarity).ask(Request(HOW_MANY, mode="generated"))


def test_a_stream_tells_evidence_then_text_then_the_answer(samples: Samples) -> None:
    engine, model = samples.engine(f"{TRUE} {FALSE}", TRUE)
    first, *rest, last = engine.stream(Request(HOW_MANY))
    assert isinstance(first, EvidenceEvent)
    assert isinstance(last, AnswerEvent)
    texts = [event.delta for event in rest if isinstance(event, TextEvent)]
    assert len(texts) == len(rest) > 1
    assert "16,000" in "".join(texts)
    assert "16,000" not in last.answer.text
    assert len(model.calls) == 2
    samples.check(last.answer)
    for source in first.sources:
        assert samples.store.article(source.article_id).text[source.start : source.end] == source.quote
    number = says("{15,000 people}")(model.calls[0])
    assert "15,000 people" in first.sources[int(number.strip("[]")) - 1].quote


def test_a_stream_that_is_closed_closes_the_call(samples: Samples) -> None:
    engine, model = samples.engine(TRUE)
    events = engine.stream(Request(HOW_MANY))
    assert isinstance(next(events), EvidenceEvent)
    assert isinstance(next(events), TextEvent)
    events.close()
    assert model.closed == 1


def test_ask_and_stream_give_the_same_answer(samples: Samples) -> None:
    scripts: list[list[Scripted]] = [[TRUE], [f"{TRUE} {FALSE}", TRUE], [FALSE, FALSE], [ERRORS[0]], [REFUSAL]]
    for replies in scripts:
        asked = samples.ask(HOW_MANY, *replies)
        *_, last = samples.engine(*replies)[0].stream(Request(HOW_MANY))
        assert isinstance(last, AnswerEvent)
        assert same(asked, last.answer)
        assert (asked.degraded, asked.usage) == (last.answer.degraded, last.answer.usage)


def test_what_was_dropped_is_told_where_it_is_asked_for(samples: Samples) -> None:
    engine, _ = samples.engine(f"{TRUE} {FALSE}", f"{TRUE} {FALSE}")
    answer = engine.ask(Request(HOW_MANY, explain=True))
    assert answer.mode == "generated"
    assert answer.dropped is not None
    assert [one.text for one in answer.dropped] == ["British troops evacuated 16,000 people from Afghanistan."]
    assert "16,000" in answer.dropped[0].problems[0]
    engine, _ = samples.engine(FALSE, FALSE)
    stood_in = engine.ask(Request(HOW_MANY, explain=True))
    assert (stood_in.degraded, len(stood_in.dropped or ())) == (True, 1)
    assert samples.ask(HOW_MANY, TRUE).dropped is None


BESIDE = [
    ("How many were evacuated?", "Boris Johnson set out his terms on Sunday. {Boris Johnson}"),
    ("How many US troops are being sent?", "Ben Wallace authorised the extra personnel. {Ben Wallace}"),
    ("How many Afghans were left behind?", "The Taliban promised safe passage. {Taliban}"),
]


@pytest.mark.parametrize(("question", "reply"), BESIDE)
def test_a_true_sentence_that_answers_something_else_gives_way_to_the_draft(
    samples: Samples, question: str, reply: str
) -> None:
    answer = samples.ask(question, reply, reply)
    assert (answer.mode, answer.degraded) == ("extractive", True)
    assert answer.short_answer == embedded(samples, question).short_answer


@pytest.mark.parametrize("reply", ["800 to 1,100. {800 to 1,100}", "800 to 1,100 Afghans {800 to 1,100}"])
def test_a_few_words_are_read_with_their_question(samples: Samples, reply: str) -> None:
    answer = samples.ask("How many Afghans were left behind?", reply, reply)
    assert "800 to 1,100" in answer.text


GERMAN = Article(
    key="german",
    title="Bombe in Kelheim gefunden",
    text="Rund 2.300 Menschen mussten in Kelheim ihre Häuser verlassen, weil eine Bombe gefunden wurde.",
)


def test_a_model_writes_in_the_language_of_the_question(
    tmp_path: Path, wordllama: Embedder, similarity: Similarity
) -> None:
    store = Store.open(tmp_path / "data", wordllama)
    store.ingest([Source("german", GERMAN)])
    model = FakeChatModel([says("In Kelheim mussten 2.300 Menschen ihre Häuser verlassen. {2.300 Menschen}")])
    engine = engine_over(store, similarity, model)
    answer = engine.ask(Request("Wie viele Menschen mussten ihre Häuser verlassen?"))
    assert (answer.mode, answer.short_answer, answer.figures) == ("generated", "2.300 Menschen", ())
    assert answer.citations[0].quote == GERMAN.text
    refused = engine.ask(Request("How many people had to leave their houses in Kelheim?"))
    assert (refused.other_languages, len(model.calls)) == (("de",), 1)
    engine.close()
