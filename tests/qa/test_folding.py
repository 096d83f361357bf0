"""Case, accents, ligatures and either form of Unicode make no difference, from the question to what is checked."""

import unicodedata
from collections.abc import Iterator

import pytest

from qa.engine import Engine
from qa.language.names_compare import same_name
from qa.language.similarity import Similarity
from qa.language.terms import key_of
from qa.reading.trained import packaged
from qa.records import Request
from tests.qa.verification.test_verify import judge, sources
from vectorstore.embedder import Embedder
from vectorstore.records import Article, Source
from vectorstore.store import Store

TEXT = "Mayor Orbáth resigned on Tuesday after nine years in office. In Łódź, 340 people voted against her."


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, wordllama: Embedder) -> Iterator[Engine]:
    store = Store.open(tmp_path_factory.mktemp("data"), wordllama)
    ligated = TEXT.replace("ffi", "\ufb03")
    store.ingest([Source("a", Article("a", unicodedata.normalize("NFD", ligated), "Vote", published_at="2024-05-03"))])
    opened = Engine(store, Similarity(wordllama), reader=packaged())
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("When did Mayor Orbáth resign?", "Tuesday"),
        ("When did mayor orbath resign?", "Tuesday"),
        ("When did MAYOR ORBÁTH resign?", "Tuesday"),
        ("How long was Orbath in of\ufb01ce?", "nine years"),
        ("How many people voted against her in Łódź?", "340 people"),
        ("How many people voted against her in Lodz?", "340 people"),
        ("How many people voted against her in LÓDŹ?", "340 people"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_question_in_any_spelling(engine: Engine, question: str, short: str, form: str) -> None:
    told = engine.ask(Request(unicodedata.normalize(form, question)))  # type: ignore[arg-type]
    assert (told.short_answer or "").startswith(short)
    assert told.citations[0].quote in TEXT


def test_words_and_names_are_compared_without_accents() -> None:
    assert key_of("Łódź") == key_of("lodz")
    assert key_of("Straße") == key_of("STRASSE")
    assert same_name("Søren Ærø", "Soren Aero")


@pytest.mark.parametrize(
    "claim", ["Mayor Orbath resigned on Tuesday. [1]", "340 people in Lodz voted against her. [1]"]
)
def test_a_model_may_leave_accents_out(claim: str, wordllama: Embedder) -> None:
    assert judge(claim, sources(TEXT, title="Vote"), Similarity(wordllama)).support == "verified"
