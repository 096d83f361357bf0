import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from qa.engine import Engine
from qa.errors import BadFiltersError, BadQuestionError, ModelNotConfiguredError
from qa.language.similarity import Similarity
from qa.reading.trained import packaged
from qa.records import Answer, GivenFilters, Request
from tests.qa.fakes import quotes_of
from vectorstore.embedder import Embedder
from vectorstore.identity import article_id
from vectorstore.records import Article, Filters, Source
from vectorstore.store import Store

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parents[1] / "answer.schema.json").read_text("utf-8")))

EARLY = Article(
    key="early",
    title="Airlift from Kabul begins",
    source="Meridian Wire",
    url="https://example.org/early",
    published_at="2021-08-13",
    text="Britain has evacuated 3,000 people from Kabul, the Ministry of Defence said.\n\n"
    "READ MORE: How many people were evacuated from Kabul?\n\nGeneral Nick Carter warned of a vacuum.",
)
LATE = Article(
    key="late",
    title="Airlift from Kabul ends",
    source="Thameside Courier",
    url="https://example.org/late",
    published_at="2021-08-29T09:00:00+01:00",
    text="In all, 15,000 people were evacuated from Kabul 🙂 by British troops.\r\n\r\nThe last flight has left Kabul "
    "airport, where Laurie Bristow spent two weeks processing the papers of families.",
)
UNDATED = Article(
    key="undated",
    title="Looking back at Kabul",
    text="Some 14,500 people were evacuated from Kabul, a charity reckons. Simon Gass has flown to Doha for talks.",
)
# The report of "late" once more, as another paper prints it.
REPRINT = replace(LATE, key="reprint", source="Northgate Review", url="https://example.org/reprint")
REPRINT = replace(REPRINT, text=f"By our staff.\n\n{REPRINT.text}")
AGREEING = Article(
    key="agreeing",
    title="What the troops say about Kabul",
    source="Clydebank Dispatch",
    published_at="2021-09-02",
    text="Soldiers back home say that 15,000 people were evacuated from Kabul in a fortnight of heat and fear.",
)
HOW_MANY = "How many people were evacuated from Kabul?"


@pytest.fixture(scope="module")
def similarity(wordllama: Embedder) -> Similarity:
    return Similarity(wordllama)


def opened(folder: Path, embedder: Embedder, similarity: Similarity, *articles: Article) -> Engine:
    store = Store.open(folder, embedder)
    store.ingest(Source(one.key, one) for one in articles)
    return Engine(store, similarity)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, wordllama: Embedder, similarity: Similarity) -> Iterator[Engine]:
    engine = opened(tmp_path_factory.mktemp("engine") / "data", wordllama, similarity, EARLY, LATE, UNDATED)
    yield engine
    engine.close()


@pytest.fixture
def changing(tmp_path: Path, wordllama: Embedder, similarity: Similarity) -> Iterator[Engine]:
    """An engine over an empty library, for tests that change it."""
    engine = opened(tmp_path / "data", wordllama, similarity)
    yield engine
    engine.close()


def put(engine: Engine, *articles: Article) -> None:
    results = engine.store.ingest(Source(one.key, one) for one in articles)
    assert all(result.outcome in {"added", "updated"} for result in results)


def cited(answer: Answer) -> set[str]:
    """The articles that an answer names, by the keys of this module."""
    known = {article_id(one.key): one.key for one in (EARLY, LATE, UNDATED, REPRINT, AGREEING)}
    return {known[one.article_id] for one in quotes_of(answer)}


def assert_true(answer: Answer, store: Store) -> None:
    """Every word that an answer quotes stands in the article, where it says."""
    for one in (*quotes_of(answer), *answer.nearest):
        assert one.quote
        assert store.article(one.article_id, one.revision).text[one.start : one.end] == one.quote


QUESTIONS = [
    HOW_MANY,
    "how many were evacuated",
    "Who has flown to Doha?",
    "When did the last flight leave?",
    "What did Nick Carter warn of?",
    "Where did Simon Gass go?",
    "What is the capital of France?",
    "how many were there?",
    "HOW MANY PEOPLE WERE EVACUATED FROM KABUL",
    "🙂",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_keeps_to_the_schema_and_to_the_articles(engine: Engine, question: str) -> None:
    answer = engine.ask(Request(question))
    SCHEMA.validate(json.loads(json.dumps(asdict(answer), allow_nan=False)))
    assert_true(answer, engine.store)
    assert [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert len(answer.citations) <= 3
    if answer.status == "no_answer":
        assert (answer.short_answer, answer.figures, answer.independent_sources) == (None, (), 0)
    else:
        assert answer.nearest == ()
        shown = " ".join(f"{' '.join(one.quote.split())} [{one.marker}]" for one in answer.citations)
        assert answer.text == shown


def test_what_the_question_names_is_a_filter_and_is_told(engine: Engine) -> None:
    by_then = engine.ask(Request("How many people had been evacuated from Kabul by 20 August 2021?"))
    assert cited(by_then) == {"early"}
    assert by_then.understood_filters
    assert (by_then.understood_filters.since, by_then.understood_filters.until) == (None, "2021-08-20")
    assert by_then.standalone_question == by_then.question
    SCHEMA.validate(json.loads(json.dumps(asdict(by_then))))
    by_whom = engine.ask(Request("According to Thameside Courier, how many people were evacuated from Kabul?"))
    assert cited(by_whom) == {"late"}
    assert by_whom.searched.articles == 1
    assert (
        engine.ask(Request("How many people were evacuated from Kabul on 29 August 2021?")).understood_filters is None
    )
    found = engine.search(Request("people evacuated from Kabul before 20 August 2021"))
    assert {passage.title for passage in found.passages} == {EARLY.title}
    assert found.understood_filters


@pytest.mark.parametrize("question", [HOW_MANY, "What is the capital of France?", "What did he say?"])
def test_an_answer_tells_the_filters_that_it_was_asked_with(engine: Engine, question: str) -> None:
    asked = engine.ask(Request(question, Filters(until=date(2021, 8, 29), sources=("meridian wire",))))
    told = "Only articles of meridian wire until 29 August 2021, as the filters say."
    assert asked.given_filters == GivenFilters(None, "2021-08-29", None, ("meridian wire",), told)
    SCHEMA.validate(json.loads(json.dumps(asdict(asked))))
    assert engine.ask(Request(question)).given_filters is None


def test_a_follow_up_takes_no_filters_over(engine: Engine) -> None:
    name = engine.conversations.start().id
    first = engine.ask(Request(HOW_MANY, Filters(sources=("Meridian Wire",)), conversation_id=name))
    assert (cited(first), first.searched.articles) == ({"early"}, 1)
    follow_up = engine.ask(Request("and from Kabul airport?", conversation_id=name))
    assert follow_up.standalone_question != follow_up.question
    assert (follow_up.given_filters, follow_up.searched.articles) == (None, 3)
    kept = engine.conversations.conversation(name)
    assert [turn.answer.given_filters for turn in kept.turns] == [first.given_filters, None]


def test_filters_that_are_given_and_filters_that_the_question_names_are_told_apart(engine: Engine) -> None:
    question = "How many people had been evacuated from Kabul by 20 August 2021?"
    answer = engine.ask(Request(question, Filters(sources=("Meridian Wire",))))
    assert answer.limits_told == (
        "Only articles of Meridian Wire, as the filters say.",
        "Only articles until 20 August 2021, as the question says.",
    )
    refused = engine.ask(Request(question, Filters(sources=("Thameside Courier",))))
    assert refused.status == "no_answer"
    assert refused.understood_filters
    assert refused.text.endswith(refused.understood_filters.told)
    assert refused.limits_told == ("Only articles of Thameside Courier, as the filters say.",)


def test_where_nothing_is_left_the_refusal_says_what_was_named(engine: Engine) -> None:
    answer = engine.ask(Request("How many people had been evacuated from Kabul by 1 August 2021?"))
    assert (answer.status, answer.searched.articles) == ("no_answer", 0)
    assert answer.text == "The articles don't say. Only articles until 1 August 2021, as the question says."
    given = engine.ask(Request(answer.question, Filters(until=date(2021, 8, 20))))
    assert given.understood_filters is None


GERMAN = Article(
    key="german",
    title="Bombe in Kelheim gefunden",
    published_at="2024-03-06",
    text="Rund 2.300 Menschen mussten am Mittwoch in Kelheim ihre Häuser verlassen, weil eine Bombe gefunden wurde.",
)


def test_a_question_is_answered_in_its_language(changing: Engine) -> None:
    put(changing, GERMAN)
    answer = changing.ask(Request("Wie viele Menschen mussten ihre Häuser verlassen?"))
    assert (answer.status, answer.short_answer) == ("answered", "2.300 Menschen")
    assert [(one.value, one.unit) for one in answer.figures] == [(2300, "Menschen")]
    assert_true(answer, changing.store)
    dated = changing.ask(Request("Wann mussten Menschen ihre Häuser verlassen?"))
    assert dated.short_answer == "Mittwoch, 6. März 2024"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many people had to leave their houses in Kelheim?", "are in German, and the question is not"),
        ("Combien de personnes ont quitté leur maison à Kelheim ?", "are in German, and the question is not"),
    ],
)
def test_articles_in_another_language_than_the_question(changing: Engine, question: str, told: str) -> None:
    put(changing, GERMAN)
    answer = changing.ask(Request(question))
    assert (answer.status, answer.reason, answer.other_languages) == ("no_answer", "no_match", ("de",))
    assert told in answer.text
    assert [near.article_id for near in answer.nearest] == [article_id("german")]
    SCHEMA.validate(json.loads(json.dumps(asdict(answer))))
    put(changing, EARLY)
    assert changing.ask(Request(HOW_MANY)).status == "answered"


def test_an_answer_tells_what_was_asked_and_what_was_searched(engine: Engine) -> None:
    answer = engine.ask(Request(f"  {HOW_MANY}\n"))
    assert answer.question == f"  {HOW_MANY}\n"
    assert answer.standalone_question == HOW_MANY
    assert answer.searched.articles == 3
    assert answer.searched.passages == engine.store.counts().passages
    assert (answer.mode, answer.model, answer.degraded, answer.usage) == ("extractive", None, False, None)
    assert set(answer.timings_ms) == {"search", "read", "answer", "total"}
    assert answer.id != engine.ask(Request(HOW_MANY)).id


def test_a_citation_names_its_article(engine: Engine) -> None:
    (citation,) = engine.ask(Request("Who has flown to Doha?")).citations
    assert (citation.article_id, citation.revision) == (article_id("undated"), 1)
    assert (citation.title, citation.url, citation.source) == ("Looking back at Kabul", None, None)
    (first, *_) = engine.ask(Request(HOW_MANY, Filters(sources=("Thameside Courier",)))).citations
    assert (first.url, first.source, first.published_at) == (LATE.url, LATE.source, LATE.published_at)


def test_the_short_answer_is_a_stretch_of_the_first_quote(engine: Engine) -> None:
    answer = engine.ask(Request("Who has flown to Doha?"))
    assert answer.short_answer == "Simon Gass"
    assert "Simon Gass" in answer.citations[0].quote


def test_differing_figures_stand_in_order_of_time_with_the_undated_last(engine: Engine) -> None:
    answer = engine.ask(Request(HOW_MANY))
    assert [(figure.value, figure.text, figure.source, figure.as_of) for figure in answer.figures] == [
        (3000, "3,000", EARLY.source, EARLY.published_at),
        (15000, "15,000", LATE.source, LATE.published_at),
        (14500, "14,500", None, None),
    ]
    quotes = {citation.marker: citation.quote for citation in answer.citations}
    assert all(figure.text in quotes[marker] for figure in answer.figures for marker in figure.markers)


def test_a_range_has_both_its_ends(changing: Engine) -> None:
    put(changing, replace(EARLY, text="An estimated 800 to 1,100 Afghans were left behind in Kabul."))
    (figure,) = changing.ask(Request("How many Afghans were left behind?")).figures
    assert (figure.value, figure.unit, figure.text) == ((800, 1100), "Afghans", "800 to 1,100")


def test_a_promotion_is_not_cited_though_it_repeats_the_question(engine: Engine) -> None:
    answer = engine.ask(Request(HOW_MANY, Filters(sources=("Meridian Wire",))))
    assert [citation.quote for citation in answer.citations] == [EARLY.text.split("\n")[0]]


def test_a_reprint_is_named_but_is_no_independent_source(changing: Engine) -> None:
    put(changing, LATE, REPRINT)
    answer = changing.ask(Request(HOW_MANY))
    assert cited(answer) == {"late", "reprint"}
    assert len(answer.citations) == 1
    assert answer.independent_sources == 1
    put(changing, AGREEING)
    answer = changing.ask(Request(HOW_MANY))
    assert cited(answer) == {"late", "reprint", "agreeing"}
    assert answer.independent_sources == 2


def test_more_reprints_than_passages_are_read_are_all_named(changing: Engine) -> None:
    reprints = [replace(REPRINT, key=f"reprint{n}", source=f"Paper {n}", url=None) for n in range(10)]
    put(changing, LATE, *reprints)
    (citation, *_) = (told := changing.ask(Request(HOW_MANY))).citations
    assert len(citation.also_in) == 10
    assert told.independent_sources == 1
    assert_true(told, changing.store)
    early = changing.ask(Request(HOW_MANY, Filters(sources=("Thameside Courier", "Paper 3"))))
    assert [one.source for one in quotes_of(early)] in (
        ["Thameside Courier", "Paper 3"],
        ["Paper 3", "Thameside Courier"],
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {"early", "late", "undated"}),
        (Filters(since=date(2021, 8, 14)), {"late"}),
        (Filters(until=date(2021, 8, 14)), {"early"}),
        (Filters(since=date(2021, 8, 13), until=date(2021, 8, 29)), {"early", "late"}),
        (Filters(as_of=date(2021, 8, 20), sources=("Meridian Wire", "Thameside Courier")), {"early"}),
        (Filters(sources=("thameside courier",)), {"late"}),
    ],
)
def test_filters_limit_what_is_cited_and_what_counts_as_searched(
    engine: Engine, filters: Filters, expected: set[str]
) -> None:
    answer = engine.ask(Request(HOW_MANY, filters))
    assert cited(answer) == expected
    assert answer.searched.articles == len(expected)


def test_as_of_leaves_out_what_was_published_later(engine: Engine) -> None:
    assert "late" not in cited(engine.ask(Request(HOW_MANY, Filters(as_of=date(2021, 8, 28)))))
    assert "late" in cited(engine.ask(Request(HOW_MANY, Filters(as_of=date(2021, 8, 29)))))


def test_an_older_revision_is_cited_only_as_of_a_moment_at_which_it_stood(changing: Engine) -> None:
    put(changing, EARLY)
    then = datetime.now(UTC)
    put(changing, replace(EARLY, text=EARLY.text.replace("3,000", "4,000")))
    (now,) = changing.ask(Request(HOW_MANY)).citations
    (old,) = changing.ask(Request(HOW_MANY, Filters(as_of=then))).citations
    assert ("4,000" in now.quote, now.revision, now.standing) == (True, 2, "intact")
    assert ("3,000" in old.quote, old.revision, old.standing) == (True, 1, "changed")
    assert changing.store.article(old.article_id, 1).text[old.start : old.end] == old.quote
    found = [one for one in changing.search(Request(HOW_MANY, Filters(as_of=then))).passages if "3,000" in one.text]
    assert [(one.revision, one.current) for one in found] == [(1, False)]


def test_a_publisher_of_an_older_revision_may_be_asked_for_as_of_then(changing: Engine) -> None:
    put(changing, EARLY)
    then = datetime.now(UTC)
    put(changing, replace(EARLY, source="The Meridian"))
    (old,) = changing.ask(Request(HOW_MANY, Filters(as_of=then, sources=("Meridian Wire",)))).citations
    assert (old.source, old.standing) == ("Meridian Wire", "intact")
    with pytest.raises(BadFiltersError, match="The sources are: The Meridian"):
        changing.ask(Request(HOW_MANY, Filters(sources=("Meridian Wire",))))


def test_filters_that_let_nothing_through_give_no_match(engine: Engine) -> None:
    answer = engine.ask(Request(HOW_MANY, Filters(until=date(1999, 1, 1))))
    assert (answer.status, answer.reason, answer.nearest) == ("no_answer", "no_match", ())
    assert (answer.searched.articles, answer.searched.passages) == (0, 0)


def test_an_empty_library_gives_no_match(changing: Engine) -> None:
    answer = changing.ask(Request(HOW_MANY))
    assert (answer.status, answer.reason, answer.citations) == ("no_answer", "no_match", ())
    assert (answer.searched.articles, answer.searched.passages) == (0, 0)
    SCHEMA.validate(json.loads(json.dumps(asdict(answer))))


def test_what_the_articles_do_not_say_is_refused_with_the_nearest_words(engine: Engine) -> None:
    answer = engine.ask(Request("How many helicopters crashed in Norway?"))
    assert (answer.status, answer.reason, answer.citations) == ("no_answer", "weak_evidence", ())
    assert 1 <= len(answer.nearest) <= 3
    assert answer.searched.articles == 3


def test_where_a_question_takes_the_contrary_for_granted_the_articles_say_otherwise(
    engine: Engine, similarity: Similarity
) -> None:
    reading = Engine(engine.store, similarity, reader=packaged())
    answer = reading.ask(Request("Why did the last flight reach Kabul airport?"))
    assert (answer.status, answer.reason, answer.citations) == ("no_answer", "contradicted", ())
    first = answer.nearest[0]
    assert answer.text == f"The articles say otherwise: {first.quote}"
    assert first.quote.startswith("The last flight has left Kabul airport")
    assert len({(one.article_id, one.start) for one in answer.nearest}) == len(answer.nearest)
    SCHEMA.validate(json.loads(json.dumps(asdict(answer))))


def test_a_deleted_article_is_never_cited(changing: Engine) -> None:
    put(changing, LATE, UNDATED)
    assert cited(changing.ask(Request(HOW_MANY))) == {"late", "undated"}
    changing.store.delete(article_id("late"))
    assert cited(changing.ask(Request(HOW_MANY))) == {"undated"}
    changing.store.delete(article_id("undated"))
    assert changing.ask(Request(HOW_MANY)).reason == "no_match"


def test_a_replaced_article_is_cited_in_its_new_revision_only(changing: Engine) -> None:
    put(changing, LATE)
    put(changing, replace(LATE, text=LATE.text.replace("15,000", "15,300")))
    answer = changing.ask(Request(HOW_MANY))
    assert [(citation.revision, "15,300" in citation.quote) for citation in answer.citations] == [(2, True)]
    assert "15,000" not in answer.text
    assert_true(answer, changing.store)


def test_a_generated_answer_needs_a_model(engine: Engine) -> None:
    with pytest.raises(ModelNotConfiguredError, match="auto"):
        engine.ask(Request(HOW_MANY, mode="generated"))


def test_a_bad_question_is_told_before_a_missing_model(engine: Engine) -> None:
    with pytest.raises(BadQuestionError):
        engine.ask(Request(" ", mode="generated"))


def test_auto_and_extractive_answer_alike(engine: Engine) -> None:
    auto, extractive = engine.ask(Request(HOW_MANY)), engine.ask(Request(HOW_MANY, mode="extractive"))
    assert replace(auto, id="", timings_ms={}) == replace(extractive, id="", timings_ms={})


def test_the_longest_question_is_answered(engine: Engine) -> None:
    question = f"{HOW_MANY} {'Tell me, I want to know. ' * 100}"[:2_000].ljust(2_000, "?")
    answer = engine.ask(Request(question))
    assert len(answer.standalone_question) == 2_000
    assert_true(answer, engine.store)


def test_brackets_of_the_article_do_not_pass_for_markers(changing: Engine) -> None:
    put(changing, replace(LATE, text="In all, 15,000 people were evacuated from Kabul [2], officials said [7]."))
    answer = changing.ask(Request(HOW_MANY))
    assert answer.text.count("[") == len(answer.citations) == 1


def test_threads_get_the_answers_that_one_would(engine: Engine) -> None:
    def asked(question: str) -> Answer:
        return replace(engine.ask(Request(question)), id="", timings_ms={})

    alone = [asked(question) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asked, QUESTIONS * 4)) == alone * 4
