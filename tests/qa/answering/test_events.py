from dataclasses import replace

import pytest

from qa.answering.compose import compose
from qa.answering.events import always_one, same_event_by
from qa.language.similarity import Similarity
from qa.question.understand import understand
from qa.reading.evidence import Findings
from tests.qa.composing import counted
from tests.qa.fakes import article, nothing_alike
from vectorstore.embedder import Embedder

SANK = article("At least 12 people died when the ferry Aurora sank off Porto Lume.", "sank", title="Ferry sinks")
TOLL = article("The toll of the ferry that sank off Porto Lume has risen to 31.", "toll", title="Ferry toll rises")
QUAKE = article("An earthquake killed 210 people in the Arden valley on Sunday.", "quake", title="Quake hits Arden")


def test_articles_of_one_event_are_told_from_those_of_another(wordllama: Embedder) -> None:
    same = same_event_by(Similarity(wordllama))
    assert same(SANK, TOLL)
    assert not same(SANK, QUAKE)
    assert not same(TOLL, QUAKE)


def test_an_article_and_its_reprint_are_of_one_event(wordllama: Embedder) -> None:
    same = same_event_by(Similarity(wordllama))
    assert same(SANK, SANK)
    assert same(replace(SANK, cluster=3), replace(QUAKE, cluster=3))


def test_where_nothing_tells_they_are_of_one() -> None:
    assert same_event_by(nothing_alike())(SANK, QUAKE)
    assert always_one(SANK, QUAKE)


@pytest.mark.parametrize(
    ("question", "short"), [("How many people were killed?", None), ("How many people were killed in Arden?", "12")]
)
def test_no_event_is_picked_where_the_question_names_none(
    wordllama: Embedder, question: str, short: str | None
) -> None:
    texts = (
        "12 people were killed when the ferry sank off Porto Lume.",
        "An earthquake in Arden: 210 people were killed.",
    )
    found = tuple(counted(text, text, score=0.5, question=question) for text in texts)
    draft = compose(understand(question), Findings(found, 0.5, 0.5), Similarity(wordllama))
    assert len(draft.statements) == 2
    assert (draft.statements[0].short or "")[:2] == (short or "")
